import { type WaveletLike, waveletOf } from "./wavelet.ts";

/** A function on a grid with dyadic steps; zero outside. */
export interface SampledFunction {
  /**
   * `values`: y are the values at the points x. `means`: y are the means over cells centered at x, for a function that jumps or
   * is unbounded at dyadic points.
   */
  readonly kind: "values" | "means";
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** A scaling function and its wavelet. */
export interface WaveletFunctions {
  /** 2⁻ᴶ, the distance between points. */
  readonly step: number;
  readonly phi: SampledFunction;
  readonly psi: SampledFunction;
}

/**
 * φ and ψ of synthesis at all multiples of 2⁻ᴶ, exact to rounding. φ at the integers is the fixed vector of the refinement
 * equation φ(x) = √2 Σ h[n] φ(2x − n) with sum 1; the equation itself gives the points in between. (PyWavelets' `wavefun`
 * iterates filters, with an error of one step.) A function without values at dyadic points has means over cells, which are
 * equally exact.
 *
 * Throws RangeError unless the level J is an integer from 1 to 16, and for a function without means: that of rbio3.1, the dual
 * of bior3.1.
 *
 * @example
 * ```ts
 * const { phi } = waveletFunctions("db2", 1); // at 0, ½, 1, …
 * console.log(phi.y.map((y) => Math.round(1000 * y) / 1000).join(" "));
 * // → 0 0.933 1.366 0 -0.366 0.067 0
 * ```
 */
export function waveletFunctions(wavelet: WaveletLike, level: number): WaveletFunctions {
  const { name, recLo, recHi } = waveletOf(wavelet);
  return refined(name, recLo, recHi, level);
}

/** φ and ψ of analysis, as {@link waveletFunctions}. For an orthogonal wavelet they are the same. */
export function dualFunctions(wavelet: WaveletLike, level: number): WaveletFunctions {
  const { name, decLo, decHi } = waveletOf(wavelet);
  return refined(`the dual of ${name}`, decLo.toReversed(), decHi.toReversed(), level);
}

/** The means over cells, whether there are values or not; of the functions of analysis if `dual`. */
export function cellMeans(wavelet: WaveletLike, level: number, dual: boolean): WaveletFunctions {
  const { name, recLo, recHi, decLo, decHi } = waveletOf(wavelet);
  return dual
    ? refined(`the dual of ${name}`, decLo.toReversed(), decHi.toReversed(), level, "means")
    : refined(name, recLo, recHi, level, "means");
}

function refined(
  name: string,
  lowPass: readonly number[],
  highPass: readonly number[],
  level: number,
  wanted?: "means",
): WaveletFunctions {
  if (!(Number.isInteger(level) && level >= 1 && level <= 16))
    throw new RangeError(`the level must be an integer from 1 to 16, not ${level}`);
  const h = lowPass.map((tap) => tap * Math.SQRT2);
  const g = highPass.map((tap) => tap * Math.SQRT2);
  const values = wanted ? undefined : fixedVector(h);
  // A mean over a cell of length 1 is a value of φ smoothed, whose filter has one more zero at ω = π.
  const means = values ?? fixedVector([...h, 0].map((tap, n) => (tap + (h[n - 1] ?? 0)) / 2));
  if (!means)
    throw new RangeError(
      `${name} has neither values nor means, because its scaling function is not integrable`,
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

/** An iteration has converged after this number of steps without improvement. */
const patience = 20;

/** The distance at which two starts have converged; tables with twelve digits reach only 10⁻¹¹. */
const settled = 1e-9;

/**
 * The vector v of sum 1 with v[k] = Σ c[2k − n] v[n], if the iteration converges from every start. Undefined otherwise: φ then
 * has no values at integers, and iterations from two starts diverge or differ.
 */
function fixedVector(c: readonly number[]): Float64Array<ArrayBuffer> | undefined {
  // Starts that are not polynomials and not symmetric, so that they share no invariant subspace.
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
