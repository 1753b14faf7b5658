import { checkScale, differentiating, filterLines, smoothing, type Taps } from "./gaussian.ts";

/** Numbers in three axes: `data[(z · height + y) · width + x]`. */
export interface Volume<A extends ArrayLike<number> = ArrayLike<number>> {
  readonly depth: number;
  readonly height: number;
  readonly width: number;
  readonly data: A;
}

/** A gradient at every voxel: along the last axis, the one before it, and the first. */
export interface VolumeGradient {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
}

/**
 * The wavelet transform of a volume at one scale a, in voxels, with the three derivatives of a Gaussian: `a · ∇(f ∗ G_a)`, as
 * `gaussianGradient` of a picture, with its borders and limits. Throws RangeError for a volume of no voxels or other than
 * it says, a value that is not finite, or a scale that is not a positive number.
 */
export function volumeGradient(volume: Volume, scale: number): VolumeGradient {
  const { depth, height, width, data } = volume;
  if (data.length === 0 || data.length !== depth * height * width) {
    throw new RangeError(
      `a volume of ${depth} x ${height} x ${width} voxels cannot have ${data.length} values`,
    );
  }
  const values = Float64Array.from(data);
  const index = values.findIndex((value) => !Number.isFinite(value));
  if (index >= 0) throw new RangeError(`the volume holds ${values[index]} at place ${index}`);
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
      filterLines(source!, to!, taps, lines); // two of them
    }
  }
  return target;
}
