import { decodePlanes } from "../codec/planes/decodePlanes.ts";
import type { NpyData } from "../data/formats/npy.ts";
import type { ArrayHead, Corrections } from "./arrayHead.ts";
import { type Axis, axesOf, sampleCount } from "./axes.ts";
import { realPlan, realSamples } from "./coefficients.ts";
import { type ElementType, rounderOf } from "./elements.ts";
import { decodeWhole } from "./wholeCode.ts";

/** The axes of a head's array, analyzed no more often than it says. */
export const axesOfHead = ({ shape, levels }: Pick<ArrayHead, "shape" | "levels">) =>
  limited(axesOf(shape), levels);

/** Axes that are analyzed at most so often. */
export const limited = (axes: readonly Axis[], levels: number): readonly Axis[] =>
  axes.map((axis) => ({ ...axis, levels: Math.min(axis.levels, levels) }));

/** A code, or the beginning of one. */
export interface PartOfCode {
  readonly bytes: Uint8Array;
  /** Whether nothing of it is missing. */
  readonly complete: boolean;
}

/** What codes tell of an array's samples. */
export interface SamplesOfCode {
  readonly data: NpyData;
  /** Whether the codes were decoded to their ends. */
  readonly finished: boolean;
}

/** The samples of an array, from its code and the corrections of it, as far as they are there. */
export function samplesOf(
  head: ArrayHead,
  code: PartOfCode,
  values: readonly number[] | undefined,
  corrections: (Omit<Corrections, "code"> & { readonly code: PartOfCode }) | undefined,
): SamplesOfCode {
  const { element, shape, coding, startingPlane } = head;
  const data = element.zeros(sampleCount(shape));
  if (data.length === 0) return { data, finished: true };
  const axes = axesOfHead(head);
  const complete = code.complete && !head.isCut;
  const round = rounderOf(element);
  switch (coding.type) {
    case "stored": {
      const count = Math.min(Math.floor(code.bytes.length / element.bytes), data.length);
      data.set(storedSamples(code.bytes, element, count));
      return { data, finished: count === data.length };
    }
    case "whole": {
      const { offset, unit, lowered } = coding;
      const part = { code: code.bytes, startingPlane, lowered };
      const { numbers, finished } = decodeWhole(part, axes, complete);
      const last = (values?.length ?? 0) - 1;
      for (let i = 0; i < data.length; i++)
        data[i] = values
          ? values[Math.min(Math.max(numbers[i]! + (values.length >> 1), 0), last)]!
          : round(offset + unit * numbers[i]!);
      return { data, finished };
    }
    case "smooth": {
      const { offset, unit } = coding;
      const arrays = realPlan(axes);
      const planes = decodePlanes(code.bytes, arrays.plan, startingPlane, complete);
      const samples = realSamples(planes.known, unit, axes, arrays);
      const isExact = planes.finished && complete;
      const wrong = isExact && corrections ? decodeCorrections(corrections, axes) : undefined;
      for (let i = 0; i < data.length; i++)
        data[i] = round(
          wrong && corrections
            ? corrected(offset + samples[i]!, corrections.unit, wrong.numbers[i]!)
            : offset + samples[i]!,
        );
      return { data, finished: planes.finished && (wrong?.finished ?? true) };
    }
  }
}

/** A sample with its correction. */
export const corrected = (sample: number, unit: number, n: number): number => sample + unit * n;

/** Corrections lie where samples do: nothing is analyzed. */
const decodeCorrections = (
  { startingPlane, code }: Omit<Corrections, "code"> & { readonly code: PartOfCode },
  axes: readonly Axis[],
) => decodeWhole({ code: code.bytes, startingPlane, lowered: 0 }, limited(axes, 0), code.complete);

/** The first samples of little-endian bytes. */
export function storedSamples(bytes: Uint8Array, element: ElementType, count: number): NpyData {
  const data = element.zeros(count);
  const width = element.bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; i < count; i++) {
    const at = i * width;
    if (!element.range)
      data[i] = width === 4 ? view.getFloat32(at, true) : view.getFloat64(at, true);
    else if (width === 4) data[i] = view.getInt32(at, true);
    else data[i] = width === 2 ? view.getInt16(at, true) : view.getInt8(at);
  }
  return data;
}

/** The bytes of samples, little-endian. */
export function storedBytes(data: NpyData): Uint8Array {
  const width = data.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(data.length * width);
  const view = new DataView(bytes.buffer);
  const isFloat = data instanceof Float32Array || data instanceof Float64Array;
  for (let i = 0; i < data.length; i++) {
    const at = i * width;
    const x = data[i]!;
    if (isFloat && width === 4) view.setFloat32(at, x, true);
    else if (isFloat) view.setFloat64(at, x, true);
    else if (width === 4) view.setInt32(at, x, true);
    else if (width === 2) view.setInt16(at, x, true);
    else view.setInt8(at, x);
  }
  return bytes;
}
