import type { FloatArray } from "../arrays/floatArray.ts";
import type { DownKernel, DownLineKernel, UpKernel, UpLineKernel } from "./kernel.ts";
import {
  type PlainMemory,
  plainDownAcross,
  plainDownAlong,
  plainMemory,
  plainUpAcross,
  plainUpAlong,
} from "./plainKernel.ts";
import { doubleKind, singleKind } from "./simd/memory.ts";
import { simdDownAcross } from "./simd/simdDownAcross.ts";
import { simdDownAlong } from "./simd/simdDownAlong.ts";
import { type SimdMemory, simdMemory } from "./simd/simdMemory.ts";
import { simdUpAcross } from "./simd/simdUpAcross.ts";
import { simdUpAlong } from "./simd/simdUpAlong.ts";

/** Working memory of one type of numbers, and the parts of its kernel that were needed. */
interface Workplace {
  readonly simd: SimdMemory | undefined;
  readonly memory: PlainMemory | SimdMemory;
  downLine?: DownLineKernel;
  upLine?: UpLineKernel;
  down?: DownKernel;
  up?: UpKernel;
}

// Working memory, kept between transforms. No transform reads what another one left there.
const kept: { single?: Workplace; double?: Workplace } = {};

/** The kernel that takes lines of the type of `data` apart. */
export function downLineKernelFor(data: FloatArray): DownLineKernel {
  const place = placeFor(data);
  if (!place.downLine) {
    const { simd, memory } = place;
    place.downLine = {
      ...memory,
      ...((simd && simdDownAlong(simd)) ?? plainDownAlong(memory.current)),
    };
  }
  return place.downLine;
}

/** The kernel that takes arrays of the type of `data` apart. */
export function downKernelFor(data: FloatArray): DownKernel {
  const place = placeFor(data);
  if (!place.down) {
    const { simd, memory } = place;
    const across = (simd && simdDownAcross(simd)) ?? plainDownAcross(memory.current);
    place.down = { ...downLineKernelFor(data), ...across };
  }
  return place.down;
}

/** The kernel that puts lines of the type of `data` together. */
export function upLineKernelFor(data: FloatArray): UpLineKernel {
  const place = placeFor(data);
  if (!place.upLine) {
    const { simd, memory } = place;
    place.upLine = { ...memory, ...((simd && simdUpAlong(simd)) ?? plainUpAlong(memory.current)) };
  }
  return place.upLine;
}

/** The kernel that puts arrays of the type of `data` together. */
export function upKernelFor(data: FloatArray): UpKernel {
  const place = placeFor(data);
  if (!place.up) {
    const { simd, memory } = place;
    const across = (simd && simdUpAcross(simd)) ?? plainUpAcross(memory.current);
    place.up = { ...upLineKernelFor(data), ...across };
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
