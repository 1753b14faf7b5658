import { pointsOf, type Signal } from "../../signal/signal.ts";
import { mirrored } from "./dyadicGrid.ts";

/** The cubic B-spline at its center and at the samples beside it. */
const atSamples = [4 / 6, 1 / 6] as const;
/** Its means over its own cell and over the cells beside it: the quartic B-spline. */
const overCells = [230 / 384, 76 / 384, 1 / 384] as const;
/** Each sweep leaves about a third of the error; after this many it is below the precision of float32. */
const sweeps = 24;

/**
 * Converts cell means to point values: samples of the cubic spline whose means over the cells equal the values of the signal. A
 * camera sensor measures means, and reducing by `box` computes them. Enlarging the result is sharper and closer to the original
 * than enlarging the means as if they were point values.
 */
export function fromCellMeans(signal: Signal): Signal {
  const { size, channels } = signal;
  const values = Float64Array.from(signal.values);
  for (const [axis, length] of size.entries()) {
    const stride = pointsOf(size.slice(axis + 1)) * channels;
    for (let from = 0; from < values.length; from++) {
      if (Math.floor(from / stride) % length !== 0) continue;
      const line = Float64Array.from({ length }, (_, i) => values[from + i * stride]!);
      const samples = filtered(splineOfMeans(line), atSamples);
      for (let i = 0; i < length; i++) values[from + i * stride] = samples[i]!;
    }
  }
  return { ...signal, values: Float32Array.from(values) };
}

/** Coefficients of the spline with these means, by Gauss-Seidel iteration. */
function splineOfMeans(means: Float64Array): Float64Array {
  const c = means.slice();
  const [middle, ...sides] = overCells;
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (let i = 0; i < c.length; i++) {
      let [own, others] = [middle as number, 0];
      for (const [k, weight] of sides.entries()) {
        for (const place of [i - k - 1, i + k + 1]) {
          const at = mirrored(place, c.length);
          if (at === i) own += weight;
          else others += weight * c[at]!;
        }
      }
      c[i] = (means[i]! - others) / own;
    }
  }
  return c;
}

/** Applies a symmetric filter, given by its middle and its side, to a line. */
const filtered = (line: Float64Array, [middle, side]: readonly [number, number]): Float64Array =>
  line.map(
    (x, i) =>
      middle * x +
      side * (line[mirrored(i - 1, line.length)]! + line[mirrored(i + 1, line.length)]!),
  );
