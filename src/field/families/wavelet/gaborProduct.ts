/** A Gabor atom of two dimensions: `amplitude · exp(i k·(r - c)) · exp(-(r - c)ᵀ A (r - c))` with a symmetric A. */
export interface GaborAtom {
  /** Complex. */
  readonly amplitude: readonly [re: number, im: number];
  /** c. */
  readonly center: readonly [number, number];
  /** k, in radians per unit. */
  readonly frequency: readonly [number, number];
  /** A as [xx, xy, yy]: σ² WᵀW. */
  readonly shape: readonly [number, number, number];
}

/**
 * The product of two Gabor atoms, which is a Gabor atom again: its frequency is the sum k₁ + k₂, its shape A₁ + A₂, its center
 * `(A₁ + A₂)⁻¹ (A₁ c₁ + A₂ c₂)`. Its amplitude has the factor `exp(-(c₁ - c₂)ᵀ (A₁⁻¹ + A₂⁻¹)⁻¹ (c₁ - c₂))`: products of distant
 * atoms vanish. This is the algebra behind the expansion of a wavelet network (Roddenberry et al. 2024, theorem 1).
 */
export function gaborProduct(a: GaborAtom, b: GaborAtom): GaborAtom {
  const shape = [0, 1, 2].map((i) => a.shape[i]! + b.shape[i]!) as [number, number, number];
  const center = apply(inverse(shape), plus(apply(a.shape, a.center), apply(b.shape, b.center)));
  const apart = minus(a.center, b.center);
  const inverses = [0, 1, 2].map((i) => inverse(a.shape)[i]! + inverse(b.shape)[i]!);
  const shrink = Math.exp(-dot(apart, apply(inverse(inverses as [number, number, number]), apart)));
  const phase =
    dot(a.frequency, minus(center, a.center)) + dot(b.frequency, minus(center, b.center));
  const [x, y] = times(a.amplitude, b.amplitude);
  return {
    amplitude: times([x * shrink, y * shrink], [Math.cos(phase), Math.sin(phase)]),
    center,
    frequency: plus(a.frequency, b.frequency),
    shape,
  };
}

/** The value of an atom at a point. */
export function gaborAt(atom: GaborAtom, r: Pair): Pair {
  const away = minus(r, atom.center);
  const envelope = Math.exp(-dot(away, apply(atom.shape, away)));
  const phase = dot(atom.frequency, away);
  return times(atom.amplitude, [envelope * Math.cos(phase), envelope * Math.sin(phase)]);
}

type Pair = readonly [number, number];
type Symmetric = readonly [number, number, number];
const plus = (a: Pair, b: Pair): Pair => [a[0] + b[0], a[1] + b[1]];
const minus = (a: Pair, b: Pair): Pair => [a[0] - b[0], a[1] - b[1]];
const dot = (a: Pair, b: Pair): number => a[0] * b[0] + a[1] * b[1];
const times = (a: Pair, b: Pair): Pair => [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
const apply = ([xx, xy, yy]: Symmetric, [x, y]: Pair): Pair => [xx * x + xy * y, xy * x + yy * y];
const inverse = ([xx, xy, yy]: Symmetric): Symmetric => {
  const determinant = xx * yy - xy * xy;
  return [yy / determinant, -xy / determinant, xx / determinant];
};
