import { dualTree, dualTreeAdjoint } from "../dualTree/dualTree.ts";
import type { Orientation } from "../dualTree/dualTree2.ts";
import type { DualTreeFilters } from "../dualTree/filters.ts";

/** Coefficients to either side, along each axis, that covariances are known of. */
export const reach = 2;
/** Distances along one axis: from −{@link reach} to {@link reach}. */
const lags = 2 * reach + 1;

/** Covariances of the coefficients of a plane by their distance, `[distance along axis 0, along axis 1]`. */
export type Covariances = Float64Array;

/** What white noise of standard deviation 1 is in a complex band of `dualTree2`. */
export interface BandNoise {
  readonly re: Covariances;
  readonly im: Covariances;
}

/** The noise of the six bands of a level. */
export type LevelNoise = Readonly<Record<Orientation, BandNoise>>;

/**
 * What white noise of standard deviation 1 becomes in the bands of `dualTree2`, finest level first. Each of its four
 * transforms is orthonormal, so their bands are white. Their sums and differences are not quite: filters of both trees
 * overlap. On the first level, where they are no Hilbert pair, even the variances of real and imaginary parts differ.
 */
export function treeNoise(filters: DualTreeFilters, levels: number): LevelNoise[] {
  return Array.from({ length: levels }, (_, level) => {
    const { low, high } = overlaps(filters, level + 1);
    return {
      [-15]: noiseOf(low, high, -1),
      15: noiseOf(low, high, 1),
      [-45]: noiseOf(high, high, -1),
      45: noiseOf(high, high, 1),
      [-75]: noiseOf(high, low, -1),
      75: noiseOf(high, low, 1),
    };
  });
}

/**
 * With transforms aa … bb of variance ¼ and the overlaps c₀ and c₁ of trees a and b along the axes, the covariance of the
 * parts (aa ± bb) / √2 is ¼ δ(d) ± ⅛ (c₀(d₀) c₁(d₁) + c₀(−d₀) c₁(−d₁)), and for ab and ba one distance changes its sign.
 * The sign is that of bb: −1 where both frequencies have the same sign.
 */
function noiseOf(along0: Float64Array, along1: Float64Array, sign: 1 | -1): BandNoise {
  const part = (partSign: number, mirror: 1 | -1): Covariances =>
    Float64Array.from({ length: lags ** 2 }, (_, i) => {
      const [d0, d1] = [Math.floor(i / lags) - reach, (i % lags) - reach];
      const product = (s: 1 | -1) => along0[reach + s * d0]! * along1[reach + s * mirror * d1]!;
      return (d0 === 0 && d1 === 0 ? 1 / 4 : 0) + (partSign / 8) * (product(1) + product(-1));
    });
  return { re: part(sign, 1), im: part(-sign, -1) };
}

/** ⟨function k of tree a, function k + d of tree b⟩ of a level, for the distances d, low-pass and high-pass. */
function overlaps(filters: DualTreeFilters, levels: number) {
  const middle = 8; // far from the borders of the level's 16 coefficients
  const zero = dualTree(new Float64Array(2 * middle * 2 ** levels), { levels, filters });
  const overlap = (bandOf: (tree: typeof zero) => { re: Float64Array; im: Float64Array }) => {
    const empty = dualTree(new Float64Array(zero.length), { levels, filters });
    bandOf(empty).re[middle] = 1;
    const { im } = bandOf(dualTree(dualTreeAdjoint(empty), { levels, filters }));
    // Both ways scale by 1 / √2.
    return im.slice(middle - reach, middle + reach + 1).map((x) => 2 * x);
  };
  return { low: overlap((tree) => tree.approximation), high: overlap((tree) => tree.details[0]!) };
}
