import { describe } from "../arguments/describe.ts";
import { checkScale, differentiating, filterLines, smoothing, type Taps } from "./gaussian.ts";

/** A volume: element (x, y, z) is `data[(z · height + y) · width + x]`. */
export interface Volume<A extends ArrayLike<number> = ArrayLike<number>> {
  readonly depth: number;
  readonly height: number;
  readonly width: number;
  readonly data: A;
}

/** A gradient at every voxel: x along the last axis, y along the middle axis, z along the first. */
export interface VolumeGradient {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
}

/**
 * The wavelet transform of a volume at one scale a, in voxels, with the three derivatives of a Gaussian: `a · ∇(f ∗ G_a)`, as
 * `gaussianGradient` of a matrix, with its boundaries and limits. Throws RangeError for a size that is not integers from 1 up
 * or does not match the data, a value that is NaN or infinite, and a scale out of range.
 */
export function volumeGradient(volume: Volume, scale: number): VolumeGradient {
  checkVolume(volume);
  const { data } = volume;
  const values = Float64Array.from(data);
  const index = values.findIndex((value) => !Number.isFinite(value));
  if (index >= 0)
    throw new RangeError(
      `the volume holds ${values[index]} at index ${index}; all values must be finite`,
    );
  const derivative = differentiating(checkScale(scale));
  const smooth = smoothing(scale);
  const component = (axis: number) => {
    let filtered: Float64Array = values;
    for (const k of [0, 1, 2]) {
      filtered = alongAxis({ ...volume, data: filtered }, k, k === axis ? derivative : smooth);
    }
    return filtered;
  };
  return { z: component(0), y: component(1), x: component(2) };
}

function checkVolume(volume: Volume): void {
  if (typeof volume !== "object" || volume === null || !Number.isInteger(volume.data?.length))
    throw new TypeError(
      `a volume must be { depth, height, width, data } with data a list of numbers, not ${describe(volume)}`,
    );
  const { depth, height, width, data } = volume;
  if (
    data instanceof BigInt64Array ||
    data instanceof BigUint64Array ||
    typeof data[0] === "object"
  )
    throw new TypeError(`volume.data must be a list of numbers, not ${describe(data)}`);
  if (![depth, height, width].every((size) => Number.isInteger(size) && size >= 1))
    throw new RangeError(
      `depth, height and width must be integers from 1 up, not ${depth}, ${height} and ${width}`,
    );
  if (data.length !== depth * height * width)
    throw new RangeError(
      `a volume of ${depth}×${height}×${width} has ${depth * height * width} values, not ${data.length}`,
    );
}

function alongAxis(volume: Volume<Float64Array>, axis: number, taps: Taps): Float64Array {
  const { depth, height, width, data } = volume;
  const target = new Float64Array(data.length);
  const plane = height * width;
  if (axis === 0) {
    filterLines(data, target, taps, { count: plane, length: depth, step: plane, hop: 1 });
  } else if (axis === 2) {
    filterLines(data, target, taps, { count: depth * height, length: width, step: 1, hop: width });
  } else {
    for (let from = 0; from < data.length; from += plane) {
      const [source, to] = [data, target].map((all) => all.subarray(from, from + plane));
      const lines = { count: width, length: height, step: width, hop: 1 };
      filterLines(source!, to!, taps, lines);
    }
  }
  return target;
}
