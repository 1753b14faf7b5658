import { describe, expect, test } from "vitest";
import { createRandom } from "../../data/random/random.ts";
import { input, type Tensor } from "../../graph/index.ts";
import { emit } from "../../runtime/emit.ts";
import { loadNodeEngine } from "../../runtime/engines/node.ts";
import { writeModel } from "../../runtime/onnxProto.ts";
import { longSum } from "./longSum.ts";

const builds = {
  native: () => loadNodeEngine(),
  wasm: () =>
    loadNodeEngine({
      native: () => import("onnxruntime-web"),
      wasm: () => import("onnxruntime-web"),
    }),
};

/** How far a sum of positive numbers is from the same in 64 bits, relatively. */
async function errorOf(
  build: keyof typeof builds,
  size: number,
  sumOf: (x: Tensor) => Tensor,
): Promise<number> {
  const engine = await builds[build]();
  const session = await engine.open(writeModel(emit({ y: sumOf(input("x", [size])) })), {
    threads: 1,
  });
  const random = createRandom(size);
  const x = Float32Array.from({ length: size }, () => random.normal() ** 2);
  const y = new Float32Array(1);
  await session.run(
    { x: new engine.Tensor("float32", x, [size]) },
    { "y:out": new engine.Tensor("float32", y, []) },
  );
  await session.release();
  return Math.abs(y[0]! / x.reduce((sum, value) => sum + value, 0) - 1);
}

describe.each(["native", "wasm"] as const)("the %s build", (build) => {
  test.each([
    ["few", 1000],
    ["a multiple of many", 2 ** 20],
    ["a prime number of", 1_000_003],
  ])("sums %s numbers as in 64 bits", async (_, size) => {
    expect(await errorOf(build, size, longSum)).toBeLessThan(5e-7);
  });
});

test("which one sum in 32 bits does not", async () => {
  expect(await errorOf("wasm", 2 ** 20, (x) => x.sum())).toBeGreaterThan(1e-4);
});
