import { UserError } from "../../../errors/userError.ts";
import { constant, type Tensor } from "../../../graph/index.ts";
import { zeros } from "../../../nn/initializers.ts";
import type { Scope } from "../../../nn/parameters.ts";
import type { FieldSize, Octaves, SolvedFamily, Start } from "../../family.ts";
import { describeSignal, pointsOf } from "../../signal/signal.ts";
import { channelRotation } from "./channelRotation.ts";
import { splineAt, splineCoefficients } from "./cubicSpline.ts";
import { type DyadicGrid, dyadicGrid, forEachPlace, mosaicPlace, placeAt } from "./dyadicGrid.ts";
import { prepare } from "./prepare.ts";
import { type Expansion, type SparseFitOptions, sparseFit } from "./sparseFit.ts";
import { splineViewer } from "./splineViewer.ts";
import { synthesisGraph } from "./synthesisGraph.ts";

/** Positions are stored as float32, which represents all integers up to here. */
const mostPlaces = 2 ** 24;

/**
 * A sparse multiresolution expansion: `f(r) = Σ_n a_n φ_n(r)` with `width` atoms, the scaling functions and wavelets of the
 * Cohen-Daubechies-Feauveau 9/7 family that reduce the error most; along several axes, products of them. Between samples, an
 * atom is the cubic spline through its values, so f has two continuous derivatives. An atom has two real parameters: its
 * coefficient and its position. Channels are rotated to their mean and differences (`channelRotation`), so that color needs few
 * atoms.
 *
 * The coefficients are computed directly (see `sparseFit`); nothing is trained. The part `smooth` is the sum of the scaling
 * functions, `wavelet` that of the wavelets.
 *
 * @example
 * ```ts
 * const signal = await loadSignal("photo.png");
 * const shape = { dimensions: 2, channels: signal.channels, grid: signal.size };
 * const width = widthFor(expansion(), { ...shape, parameters: 100_000 });
 * const field = buildField(expansion(), { ...shape, width });
 * const parameters = await solve(field, signal, createRandom(1));
 * const enlarged = await renderField({ ...field, parameters, signal }, wholeView(signal.size, 4));
 * ```
 */
export function expansion(options: SparseFitOptions = {}): SolvedFamily {
  return {
    kind: "solved",
    meaning: "a sparse sum of scaling functions and wavelets on a dyadic grid, fitted directly",
    values(p, points, size, without = 0) {
      const grid = gridOf(size);
      const mosaic = mosaicOf(p, size, grid);
      const at = (left: number) => {
        const values = synthesisGraph(mosaic, grid, Math.min(left, grid.depth));
        const turned = splineAt(splineCoefficients(values), points, grid.samples);
        return turned.matmul(rotation(size.channels, points));
      };
      const [all, smooth] = [at(without), at(grid.depth)];
      return { all, smooth, wavelet: all.sub(smooth) };
    },
    multiresolution: {
      octaves: (size) => gridOf(size).depth,
      viewer: (parameters, size, octaves) => splineViewer(readExpansion(parameters, size, octaves)),
    },
    prepare,
    // A value and a place for each coefficient.
    mostParameters: ({ grid, channels }) => 2 * pointsOf(dyadicGrid(grid).size) * channels,
    solve(start) {
      const { size, signal } = start;
      writeExpansion(start, sparseFit(signal, size.width, options));
    },
  };
}

/** Writes an expansion with at most `width` nonzero coefficients into the parameters of a field. */
export function writeExpansion(
  { size, layout, parameters }: Pick<Start, "size" | "layout" | "parameters">,
  expansion: Expansion,
): void {
  const { grid, channels, coefficients } = expansion;
  const [values, places] = layout.parameters.map(({ offset }) =>
    parameters.subarray(offset, offset + size.width),
  ) as [Float32Array, Float32Array]; // as `mosaicOf` asks for them
  values.fill(0);
  places.fill(0);
  let kept = 0;
  forEachPlace(grid, (place, index) => {
    const row = mosaicPlace(place, grid).reduce((at, i, axis) => at * grid.size[axis]! + i, 0);
    for (let c = 0; c < channels; c++) {
      const value = coefficients[index * channels + c]!;
      if (value === 0) continue;
      values[kept] = value;
      places[kept++] = row * channels + c;
    }
  });
}

/** The expansion that the parameters of a field hold, restricted to some octaves: the inverse of `writeExpansion`. */
export function readExpansion(
  parameters: Float32Array,
  size: FieldSize,
  [from, to]: Octaves,
): Expansion {
  const grid = gridOf(size);
  const { channels, width } = size;
  const coefficients = new Float64Array(pointsOf(grid.size) * channels);
  const axes = [...grid.size.keys()].reverse();
  const inMosaic = grid.size.map(() => 0);
  for (let n = 0; n < width; n++) {
    const [value, at] = [parameters[n]!, parameters[width + n]!]; // as `mosaicOf` asks for them
    let row = Math.floor(at / channels);
    for (const axis of axes) {
      inMosaic[axis] = row % grid.size[axis]!;
      row = Math.floor(row / grid.size[axis]!);
    }
    const { place, level } = placeAt(inMosaic, grid);
    if (level < from || level >= to) continue;
    const index = place.reduce((sum, i, axis) => sum * grid.size[axis]! + i, 0);
    coefficients[index * channels + (at % channels)]! += value;
  }
  return { grid, channels, coefficients };
}

/** The grid of the signal that a field is fitted to. Throws UserError if it is missing or too large. */
function gridOf({ grid: samples, channels }: FieldSize): DyadicGrid {
  if (!samples) throw new UserError("a wavelet expansion needs the size of the signal it is for");
  const grid = dyadicGrid(samples);
  const places = pointsOf(grid.size) * channels;
  if (places > mostPlaces) {
    throw new UserError(
      `${describeSignal({ size: samples, channels })} need a grid of ${places} places; a wavelet expansion has at most ${mostPlaces}, so reduce the signal`,
      "sizes-do-not-fit",
    );
  }
  return grid;
}

/** The kept coefficients at their positions, zeros elsewhere: `[…grid.size, channels]`. */
function mosaicOf(p: Scope, { width, channels }: FieldSize, grid: DyadicGrid): Tensor {
  const values = p.get("values", [width], zeros);
  const places = p.get("places", [width], zeros).stopGradient().cast("int64");
  return values
    .scatterAdd(places, pointsOf(grid.size) * channels)
    .reshape([...grid.size, channels]);
}

const rotation = (channels: number, like: Tensor): Tensor =>
  constant(channelRotation(channels), [channels, channels], like.dtype);
