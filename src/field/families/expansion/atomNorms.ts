import { pointsOf } from "../../signal/signal.ts";
import { type DyadicGrid, forEachPlace, levelAt, levelOf, mirrored } from "./dyadicGrid.ts";
import { synthesize } from "./gridTransform.ts";

/** The Euclidean norm of each atom on the samples of the signal, stored at the position of the atom. */
export function atomNorms(grid: DyadicGrid): Float64Array<ArrayBuffer> {
  const axes = grid.size.map((_, axis) => axisNorms(grid, axis));
  const norms = new Float64Array(pointsOf(grid.size));
  forEachPlace(grid, (place, index) => {
    const level = levelAt(place, grid);
    let square = 1;
    for (let axis = 0; axis < place.length; axis++) square *= axes[axis]![level]![place[axis]!]!;
    norms[index] = Math.sqrt(square);
  });
  return norms;
}

/**
 * Squared norms of the functions of one axis whose products are the atoms, by level and position: wavelets and scaling
 * functions of the next level where the axis is split, else its coarsest scaling functions.
 */
function axisNorms({ samples, size, levels, depth }: DyadicGrid, axis: number): Float64Array[] {
  const [n = 1, length = 1, most = 0] = [samples[axis], size[axis], levels[axis]];
  return Array.from({ length: depth + 1 }, (_, level) => {
    const squares = new Float64Array(length);
    const [split, coarse] = [level < most, levelOf(most, level + 1)];
    const scaling = waveform(coarse, "scaling");
    for (let place = 0; place < length; place += 2 ** coarse) {
      squares[place] = squareOnSamples(scaling, place, n, length);
    }
    if (!split) return squares;
    const wavelet = waveform(coarse, "wavelet");
    for (let place = 2 ** level; place < length; place += 2 ** coarse) {
      squares[place] = squareOnSamples(wavelet, place, n, length);
    }
    return squares;
  });
}

/** A function far from both ends, as its values around its position: equally many before and after. */
function waveform(level: number, kind: "scaling" | "wavelet"): Float64Array {
  if (level === 0) return Float64Array.of(1);
  const step = 2 ** level;
  const size = 10 * step + 1;
  const values = new Float64Array(size);
  const place = kind === "scaling" ? 5 * step : 5 * step + step / 2;
  values[place] = 1;
  synthesize(values, { samples: [size], size: [size], levels: [level], depth: level }, 1);
  // Both kinds vanish four steps away.
  return values.subarray(place - 4 * step, place + 4 * step + 1);
}

/** The sum of squares, over the samples, of a function mirrored at both ends of the grid. */
function squareOnSamples(wave: Float64Array, place: number, samples: number, length: number) {
  const reach = (wave.length - 1) / 2;
  if (place > reach && place + reach < samples - 1) return wave.reduce((sum, x) => sum + x * x, 0);
  const folded = new Map<number, number>();
  for (const [k, value] of wave.entries()) {
    const at = mirrored(place + k - reach, length);
    if (at < samples) folded.set(at, (folded.get(at) ?? 0) + value);
  }
  // At an end, the function and its mirror image coincide, but folding adds the value only once; a function whose position is
  // an end is its own image.
  const isEnd = (at: number) => length > 1 && (at === 0 || at === length - 1);
  const own = isEnd(place) ? 0.5 : 1;
  return [...folded].reduce((sum, [at, x]) => sum + (own * (isEnd(at) ? 2 : 1) * x) ** 2, 0);
}
