import { checkOptions } from "../arguments/options.ts";
import { type Volume, volumeGradient } from "./gaussianVolume.ts";
import { type Chained, chained, type Maximum } from "./maximaChains.ts";
import {
  dyadicScales,
  type MaximaOptions,
  maximaOptionNames,
  resolveMaximaOptions,
} from "./maximaOptions.ts";
import { peak } from "./peak.ts";

/**
 * A point of a surface at one scale. Coordinates are in voxels, with integers at voxel centers: x along the last axis, y
 * along the middle axis, z along the first.
 */
export interface ModulusMaximum3 extends Chained {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Standard deviation of the Gaussian, in voxels. */
  readonly scale: number;
  /** The length of `a ∇(f ∗ G_a)` at its peak; a step of height 1 gives 1 / √(2π). */
  readonly modulus: number;
  /** The direction in which the volume becomes brighter, in radians from −π to π within a plane of constant z: 0 is x, π / 2 is y. */
  readonly angle: number;
  /** The angle of this direction out of the plane, in radians from −π / 2 to π / 2: positive toward z. */
  readonly elevation: number;
}

/**
 * The singularities of a volume, such as surfaces: the maxima of the modulus of its wavelet transform (`volumeGradient`)
 * along the gradient, for every scale, finest first and in the order of voxels. They are selected as for a picture
 * (`modulusMaxima`), with trilinear interpolation. Throws as `modulusMaxima` does.
 */
export function modulusMaxima3(
  volume: Volume,
  scales: readonly number[] = dyadicScales,
  options: MaximaOptions = {},
): ModulusMaximum3[] {
  checkOptions(options, maximaOptionNames);
  const resolved = resolveMaximaOptions(scales, options);
  const levels = scales.map((scale) => maximaAt(volume, scale, resolved.threshold));
  return chained(levels, resolved);
}

function maximaAt(volume: Volume, scale: number, threshold: number): Required<Maximum>[] {
  const { x: alongX, y: alongY, z: alongZ } = volumeGradient(volume, scale);
  const data = alongX.map((gx, i) => Math.hypot(gx, alongY[i]!, alongZ[i]!));
  const moduli = { ...volume, data };
  const least = threshold * data.reduce((most, modulus) => Math.max(most, modulus), 0);
  const maxima: Required<Maximum>[] = [];
  for (const [i, modulus] of data.entries()) {
    if (modulus === 0 || modulus < least) continue;
    const [dx, dy, dz] = [alongX[i]! / modulus, alongY[i]! / modulus, alongZ[i]! / modulus];
    const x = i % volume.width;
    const y = Math.floor(i / volume.width) % volume.height;
    const z = Math.floor(i / (volume.width * volume.height));
    const before = trilinear(moduli, [x - dx, y - dy, z - dz]);
    if (before >= modulus) continue;
    const top = peak(before, modulus, trilinear(moduli, [x + dx, y + dy, z + dz]), scale);
    if (!top) continue;
    const place = { x: x + top.offset * dx, y: y + top.offset * dy, z: z + top.offset * dz };
    const elevation = Math.asin(Math.max(-1, Math.min(1, dz)));
    maxima.push({ ...place, scale, modulus: top.height, angle: Math.atan2(dy, dx), elevation });
  }
  return maxima;
}

/** The value between voxels. Beyond the volume it is infinite, so that there is no peak at the border. */
function trilinear(
  { depth, height, width, data }: Volume<Float64Array>,
  [x, y, z]: readonly [number, number, number],
): number {
  const outside = (at: number, length: number) => at < -0.5 || at > length - 0.5;
  if (outside(x, width) || outside(y, height) || outside(z, depth)) return Number.POSITIVE_INFINITY;
  const [left, top, front] = [Math.floor(x), Math.floor(y), Math.floor(z)];
  let sum = 0;
  for (let corner = 0; corner < 8; corner++) {
    const [i, j, k] = [corner & 1, (corner >> 1) & 1, corner >> 2];
    const weight =
      (i ? x - left : left + 1 - x) * (j ? y - top : top + 1 - y) * (k ? z - front : front + 1 - z);
    const within = (at: number, length: number) => Math.max(0, Math.min(at, length - 1));
    const row = within(front + k, depth) * height + within(top + j, height);
    sum += weight * data[row * width + within(left + i, width)]!;
  }
  return sum;
}
