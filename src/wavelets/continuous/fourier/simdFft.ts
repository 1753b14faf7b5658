import { instantiate, type WasmFunctions } from "../../../wasm/instantiate.ts";
import { growTo } from "../../filterBank/simd/memory.ts";
import type { Pass } from "./passes.ts";
import type { Planes } from "./planes.ts";
import { simdFirstPass, simdPass, simdRadices } from "./simdPasses.ts";

/** Two pairs of planes in a memory, and passes from one pair to the other. */
export interface SimdFft {
  /** Views of the planes; a later call can make them invalid. */
  readonly pairs: readonly [Planes, Planes];
  /** Runs a pass from pair `from` to the other one; false if there are no vectors for it. */
  run(pass: Pass, from: 0 | 1): boolean;
}

/** The passes of WebAssembly with their memory, and whose roots it holds. */
interface Workplace {
  readonly wasm: WasmFunctions<PassName>;
  roots?: Planes;
  views?: { readonly buffer: ArrayBuffer; readonly size: number; readonly fft: SimdFft };
}
type PassName = `pass${(typeof simdRadices)[number]}` | "first4";

/** The most pages of memory that are used, 256 MB: it stays. */
const mostPages = 4096;
/** Fewer numbers are transformed sooner than they are copied. */
export const least = 32;

// Kept between transforms. No transform reads what another one left there, except roots, which it compares by identity.
const kept: { place?: Workplace | null } = {};

/**
 * Working memory of WebAssembly for a transform of `size` numbers with these roots, which are written if the last transform had
 * others. Undefined without WebAssembly's vectors, and where a transform is too short or too long for them.
 */
export function simdFft(roots: Planes, size: number): SimdFft | undefined {
  if (size < least) return undefined;
  if (kept.place === undefined) kept.place = started();
  const { place } = kept;
  if (!place) return undefined;
  const { memory, functions } = place.wasm;
  const count = roots.re.length;
  const bytes = 16 * count + 32 * size;
  if (!growTo(memory, bytes, mostPages)) return undefined;
  const same = place.roots === roots && place.views?.buffer === memory.buffer;
  if (same && place.views?.size === size) return place.views.fft;
  const at = (index: number) => 16 * count + 8 * size * index;
  const view = (byte: number, length: number) => new Float64Array(memory.buffer, byte, length);
  if (!same) {
    view(0, count).set(roots.re);
    view(8 * count, count).set(roots.im);
  }
  const pair = (i: 0 | 1): Planes => ({ re: view(at(2 * i), size), im: view(at(2 * i + 1), size) });
  const fft: SimdFft = {
    pairs: [pair(0), pair(1)],
    run({ radix, stride, turn, n }, from) {
      const [source, target] = [at(2 * from), at(2 - 2 * from)];
      const memory = [source, source + 8 * size, target, target + 8 * size] as const;
      if (radix === 4 && stride === 1 && turn === 1 && n % 8 === 0) {
        functions.first4(...memory, 2 * n, 0, 8 * count);
        return true;
      }
      const pass = functions[`pass${radix}` as PassName];
      if (!pass || stride % 2 !== 0) return false;
      pass(...memory, ...[8 * stride, (8 * stride * n) / radix], ...[0, 8 * count, 8 * turn]);
      return true;
    },
  };
  place.roots = roots;
  place.views = { buffer: memory.buffer, size, fft };
  return fft;
}

function started(): Workplace | null {
  const passes = Object.fromEntries(simdRadices.map((radix) => [`pass${radix}`, simdPass(radix)]));
  const functions = { ...passes, first4: simdFirstPass() };
  const wasm = instantiate(functions as Record<PassName, ReturnType<typeof simdPass>>, 2); // all names
  return wasm ? { wasm } : null;
}
