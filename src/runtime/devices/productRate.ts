import { input } from "../../graph/index.ts";
import { type CompileOptions, compile } from "../compile.ts";
import type { Device } from "../engine.ts";

/** How fast a device multiplies matrices. */
export interface ProductRate {
  /** GFLOP/s, two operations for each product of two numbers: the best of some runs. */
  readonly rate: number;
  /** Side of the square matrices. */
  readonly size: number;
  /** Products one after another in a run, without a copy between them. */
  readonly products: number;
}

/** Sides that are tried, until a run takes long enough to be measured. */
const sides = [128, 256, 512, 1024, 2048, 4096];
const products = 8;
const longEnough = 50; // ms
const runs = 4;

/**
 * The rate of products of matrices in float32 through a graph of ours: `x ← x a`, several times, with factors that are made
 * on the device, so that copies to it do not count.
 */
export async function productRate(
  device: Device,
  options: Omit<CompileOptions, "device"> = {},
): Promise<ProductRate> {
  let found: ProductRate = { rate: 0, size: 0, products };
  for (const size of sides) {
    const [u, v] = [input("u", [size, 1]), input("v", [1, size])];
    const a = u.matmul(v);
    const last = Array.from({ length: products }).reduce<typeof a>((x) => x.matmul(a), a);
    await using executable = await compile({ sum: last.sum() }, { ...options, device });
    const column = (seed: number) =>
      Float32Array.from({ length: size }, (_, i) => (1 + ((i * seed) % 7) / 7) / Math.sqrt(size));
    const feeds = { u: column(3), v: column(5) };
    await executable.run(feeds);
    let least = Number.POSITIVE_INFINITY;
    for (let run = 0; run < runs; run++) {
      const begun = performance.now();
      await executable.run(feeds);
      least = Math.min(least, performance.now() - begun);
      if (least > 1000) break;
    }
    found = { rate: (2 * products * size ** 3) / least / 1e6, size, products };
    if (least >= longEnough) break;
  }
  return found;
}
