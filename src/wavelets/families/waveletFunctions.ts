import { type WaveletLike, waveletOf } from "./wavelet.ts";

/** A function on a grid of dyadic steps; zero outside. */
export interface SampledFunction {
  /**
   * Whether `y` are values at the points `x`, or, where a function jumps or grows without limit at dyadic points, its
   * means over the cells whose middles are `x`.
   */
  readonly kind: "values" | "means";
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** A scaling function and its wavelet. */
export interface WaveletFunctions {
  /** 2⁻ᴶ, the distance of the points. */
  readonly step: number;
  readonly phi: SampledFunction;
  readonly psi: SampledFunction;
}

/**
 * φ and ψ of synthesis at all multiples of 2⁻ᴶ, exact to rounding. φ at the whole numbers is the fixed vector of the
 * refinement equation φ(x) = √2 Σ h[n] φ(2x − n), with sum 1; the equation itself gives the points between. (PyWavelets'
 * `wavefun` iterates filters, and is off by its step.) A function that has no values at dyadic points has means over cells
 * instead, which are as exact.
 *
 * Throws RangeError for a level J that is not a whole number of 1 to 16, and for a function that has no means either: that of
 * rbio3.1, the dual one of bior3.1.
 */
export function waveletFunctions(wavelet: WaveletLike, level: number): WaveletFunctions {
  const { name, recLo, recHi } = waveletOf(wavelet);
  return refined(name, recLo, recHi, level);
}

/** The dual φ and ψ, those of analysis, as {@link waveletFunctions}; of an orthogonal wavelet they are the same. */
export function dualFunctions(wavelet: WaveletLike, level: number): WaveletFunctions {
  const { name, decLo, decHi } = waveletOf(wavelet);
  return refined(`the dual of ${name}`, decLo.toReversed(), decHi.toReversed(), level);
}

function refined(
  name: string,
  lowPass: readonly number[],
  highPass: readonly number[],
  level: number,
): WaveletFunctions {
  if (!(Number.isInteger(level) && level >= 1 && level <= 16))
    throw new RangeError(`the level must be a whole number of 1 to 16, not ${level}`);
  const h = lowPass.map((tap) => tap * Math.SQRT2);
  const g = highPass.map((tap) => tap * Math.SQRT2);
  const values = fixedVector(h);
  // A mean over a cell of length 1 is a value of φ smoothed, whose filter has one more zero at ω = π.
  const means = values ?? fixedVector([...h, 0].map((tap, n) => (tap + (h[n - 1] ?? 0)) / 2));
  if (!means)
    throw new RangeError(
      `${name} has neither values nor means: its scaling function is not integrable`,
    );
  const kind = values ? "values" : "means";
  const width = h.length - 1;
  let phi: Float64Array = kind === "values" ? means : means.slice(1, width + 1);
  for (let j = 1; j < level; j++) phi = refine(phi, h, 2 ** (j - 1), width, kind);
  const samples = (y: Float64Array): SampledFunction => ({
    kind,
    x: places(y.length, level, kind),
    y,
  });
  const unit = 2 ** (level - 1);
  return {
    step: 2 ** -level,
    phi: samples(refine(phi, h, unit, width, kind)),
    psi: samples(refine(phi, g, unit, width, kind)),
  };
}

function places(length: number, level: number, kind: SampledFunction["kind"]): Float64Array {
  const first = kind === "values" ? 0 : 0.5;
  return Float64Array.from({ length }, (_, i) => (i + first) / 2 ** level);
}

/** Σ c[n] φ(2x − n) on a grid twice as fine, where φ has `unit` points in each unit. */
function refine(
  phi: Float64Array,
  c: readonly number[],
  unit: number,
  width: number,
  kind: SampledFunction["kind"],
): Float64Array {
  const fine = new Float64Array(2 * unit * width + (kind === "values" ? 1 : 0));
  c.forEach((tap, n) => {
    if (tap === 0) return;
    for (let i = 0; i < phi.length; i++) fine[i + n * unit]! += tap * phi[i]!;
  });
  return fine;
}

/** Steps without coming nearer after which an iteration has come as near as it can. */
const patience = 20;

/** How near two starts have to come to one another; tables of twelve digits come no nearer than 10⁻¹¹. */
const settled = 1e-9;

/**
 * The vector v of sum 1 with v[k] = Σ c[2k − n] v[n], if iteration leads to it from everywhere. Undefined otherwise, where
 * φ has no values at whole numbers: two starts then go different ways, or grow.
 */
function fixedVector(c: readonly number[]): Float64Array<ArrayBuffer> | undefined {
  // Starts like no polynomial and without symmetry, lest what they have in common hides a second way.
  let a = ofSumOne(Float64Array.from(c, (_, n) => 2 + Math.cos(n * n)));
  let b = ofSumOne(Float64Array.from(c, (_, n) => 2 + Math.sin(3 * n * n)));
  let nearest = Number.POSITIVE_INFINITY;
  for (let since = 0; since < patience; since++) {
    [a, b] = [iterated(c, a), iterated(c, b)];
    const apart = a.reduce((most, value, n) => Math.max(most, Math.abs(value - b[n]!)), 0);
    if (apart < nearest) since = 0;
    nearest = Math.min(nearest, apart);
  }
  return nearest < settled ? a : undefined;
}

function iterated(c: readonly number[], v: Float64Array): Float64Array<ArrayBuffer> {
  const next = new Float64Array(v.length);
  for (let k = 0; k < v.length; k++) {
    for (let n = Math.max(0, 2 * k - c.length + 1); n <= Math.min(2 * k, v.length - 1); n++)
      next[k]! += c[2 * k - n]! * v[n]!;
  }
  return ofSumOne(next);
}

function ofSumOne(v: Float64Array): Float64Array<ArrayBuffer> {
  const sum = v.reduce((a, b) => a + b, 0);
  return Float64Array.from(v, (value) => value / sum);
}
