import { constant, type Tensor } from "../../../graph/index.ts";
import { zeros } from "../../../nn/initializers.ts";
import type { Scope } from "../../../nn/parameters.ts";
import type { FieldSize, SolvedFamily } from "../../family.ts";
import { pointsOf } from "../../signal/signal.ts";
import { packing } from "./bytes/packing.ts";
import { channelRotation } from "./channelRotation.ts";
import { splineAt, splineCoefficients } from "./cubicSpline.ts";
import { type DyadicGrid, dyadicGrid } from "./dyadicGrid.ts";
import { gridOf, readExpansion, writeExpansion } from "./expansionParameters.ts";
import { prepare } from "./prepare.ts";
import { type SparseFitOptions, sparseFit } from "./sparseFit.ts";
import { splineViewer } from "./splineViewer.ts";
import { synthesisGraph } from "./synthesisGraph.ts";

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
    packing,
  };
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
