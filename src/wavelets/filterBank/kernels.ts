import type { FloatArray } from "../arrays/floatArray.ts";
import type { DownKernel, UpKernel } from "./kernel.ts";
import { type PlainMemory, plainDown, plainMemory, plainUp } from "./plainKernel.ts";
import { doubleKind, singleKind } from "./simd/memory.ts";
import { simdDown } from "./simd/simdDown.ts";
import { type SimdMemory, simdMemory } from "./simd/simdMemory.ts";
import { simdUp } from "./simd/simdUp.ts";

/** Working memory of one type of numbers, and the halves of its kernel that were needed. */
interface Workplace {
  readonly simd: SimdMemory | undefined;
  readonly memory: PlainMemory | SimdMemory;
  down?: DownKernel;
  up?: UpKernel;
}

// Working memory, kept between transforms. No transform reads what another one left there.
const kept: { single?: Workplace; double?: Workplace } = {};

/** The kernel that takes arrays of the type of `data` apart. */
export function downKernelFor(data: FloatArray): DownKernel {
  const place = placeFor(data);
  if (!place.down) {
    const { simd, memory } = place;
    place.down = { ...memory, ...((simd && simdDown(simd)) ?? plainDown(memory.current)) };
  }
  return place.down;
}

/** The kernel that puts arrays of the type of `data` together. */
export function upKernelFor(data: FloatArray): UpKernel {
  const place = placeFor(data);
  if (!place.up) {
    const { simd, memory } = place;
    place.up = { ...memory, ...((simd && simdUp(simd)) ?? plainUp(memory.current)) };
  }
  return place.up;
}

function placeFor(data: FloatArray): Workplace {
  if (data instanceof Float32Array) {
    kept.single ??= workplace(simdMemory(singleKind), singleKind.make);
    return kept.single;
  }
  kept.double ??= workplace(simdMemory(doubleKind), doubleKind.make);
  return kept.double;
}

function workplace(simd: SimdMemory | undefined, make: (length: number) => FloatArray): Workplace {
  return { simd, memory: simd ?? plainMemory(make) };
}
