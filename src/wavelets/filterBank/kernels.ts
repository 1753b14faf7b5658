import type { FloatArray } from "../arrays/floatArray.ts";
import type { DownKernel, LineKernel, UpKernel } from "./kernel.ts";
import {
  type PlainMemory,
  plainDownAcross,
  plainDownAlong,
  plainMemory,
  plainUp,
} from "./plainKernel.ts";
import { doubleKind, singleKind } from "./simd/memory.ts";
import { simdDownAcross } from "./simd/simdDownAcross.ts";
import { simdDownAlong } from "./simd/simdDownAlong.ts";
import { type SimdMemory, simdMemory } from "./simd/simdMemory.ts";
import { simdUp } from "./simd/simdUp.ts";

/** Working memory of one type of numbers, and the parts of its kernel that were needed. */
interface Workplace {
  readonly simd: SimdMemory | undefined;
  readonly memory: PlainMemory | SimdMemory;
  line?: LineKernel;
  down?: DownKernel;
  up?: UpKernel;
}

// Working memory, kept between transforms. No transform reads what another one left there.
const kept: { single?: Workplace; double?: Workplace } = {};

/** The kernel that takes lines of the type of `data` apart. */
export function lineKernelFor(data: FloatArray): LineKernel {
  const place = placeFor(data);
  if (!place.line) {
    const { simd, memory } = place;
    place.line = {
      ...memory,
      ...((simd && simdDownAlong(simd)) ?? plainDownAlong(memory.current)),
    };
  }
  return place.line;
}

/** The kernel that takes arrays of the type of `data` apart. */
export function downKernelFor(data: FloatArray): DownKernel {
  const place = placeFor(data);
  if (!place.down) {
    const { simd, memory } = place;
    const across = (simd && simdDownAcross(simd)) ?? plainDownAcross(memory.current);
    place.down = { ...lineKernelFor(data), ...across };
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
