import {
  centralFrequency,
  dualFunctions,
  dualSpectra,
  frequencyResponse,
  type SampledFunction,
  type WaveletName,
  type WaveletProperties,
  wavelet,
  waveletFunctions,
  waveletSpectra,
} from "ondelette/wavelets";

/** Curves over a common axis; null where a curve has no point. */
export interface Curves {
  readonly x: Float64Array;
  readonly lines: readonly {
    readonly label: string;
    readonly values: readonly (number | null)[] | Float64Array;
  }[];
}

/** All that the page shows of a wavelet. */
export interface Shape {
  readonly properties: WaveletProperties;
  readonly centralFrequency: number | undefined;
  readonly scaling: Curves;
  readonly wavelet: Curves;
  readonly filters: Readonly<Record<"decLo" | "decHi" | "recLo" | "recHi", readonly number[]>>;
  /** |H| and |G| over cycles per sample. */
  readonly response: Curves;
  /** |φ̂| and |ψ̂| over cycles per unit. */
  readonly spectra: Curves;
}

/** About this many points make a curve. */
const curvePoints = 2400;

export function shapeOf(name: WaveletName): Shape {
  const { decLo, decHi, recLo, recHi, ...properties } = wavelet(name);
  const level = Math.max(4, Math.min(10, Math.floor(Math.log2(curvePoints / decLo.length))));
  const { orthogonal } = properties;
  const dual = attempt(() => dualFunctions(name, level));
  const own = attempt(() => waveletFunctions(name, level));
  const pair = (which: "phi" | "psi", letter: string): Curves =>
    joined([
      ...(own ? [{ label: `${letter}, synthesis`, ...trimmed(own[which]) }] : []),
      ...(dual && !orthogonal ? [{ label: `${letter}, analysis`, ...trimmed(dual[which]) }] : []),
    ]);
  const cycles = Float64Array.from({ length: 257 }, (_, i) => i / 512);
  const omegas = cycles.map((x) => 2 * Math.PI * x);
  const modulus = ({ re, im }: { readonly re: Float64Array; readonly im: Float64Array }) =>
    re.map((x, i) => Math.hypot(x, im[i]!));
  const filterLines = [
    { label: "decLo", values: modulus(frequencyResponse(decLo, omegas)) },
    { label: "decHi", values: modulus(frequencyResponse(decHi, omegas)) },
    ...(orthogonal
      ? []
      : [
          { label: "recLo", values: modulus(frequencyResponse(recLo, omegas)) },
          { label: "recHi", values: modulus(frequencyResponse(recHi, omegas)) },
        ]),
  ];
  const wide = Float64Array.from({ length: 401 }, (_, i) => i / 100);
  const wideOmegas = wide.map((x) => 2 * Math.PI * x);
  const spectra = waveletSpectra(name, wideOmegas);
  const others = orthogonal ? undefined : dualSpectra(name, wideOmegas);
  return {
    properties,
    centralFrequency: attempt(() => centralFrequency(name)),
    scaling: pair("phi", "φ"),
    wavelet: pair("psi", "ψ"),
    filters: { decLo, decHi, recLo, recHi },
    response: { x: cycles, lines: filterLines },
    spectra: {
      x: wide,
      lines: [
        { label: "φ, synthesis", values: modulus(spectra.phi) },
        { label: "ψ, synthesis", values: modulus(spectra.psi) },
        ...(others
          ? [
              { label: "φ, analysis", values: modulus(others.phi) },
              { label: "ψ, analysis", values: modulus(others.psi) },
            ]
          : []),
      ],
    },
  };
}

/** What a function gives; undefined where it throws, as of a function that does not exist. */
function attempt<T>(of: () => T): T | undefined {
  try {
    return of();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A function without the zeros before and after it, but for one on each side. */
export function trimmed({ x, y }: Pick<SampledFunction, "x" | "y">): {
  readonly x: Float64Array;
  readonly y: Float64Array;
} {
  const least = 1e-9 * y.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const counts = (value: number) => Math.abs(value) > least;
  const from = Math.max(0, y.findIndex(counts) - 1);
  const to = y.findLastIndex(counts) + 2;
  return { x: x.slice(from, to), y: y.slice(from, to) };
}

/** Curves with axes of their own over the union of these; of two curves on different grids each has gaps of one point. */
export function joined(
  curves: readonly { readonly label: string; readonly x: Float64Array; readonly y: Float64Array }[],
): Curves {
  const x = Float64Array.from(new Set(curves.flatMap((curve) => Array.from(curve.x)))).sort();
  const lines = curves.map((curve) => {
    const values = new Map(Array.from(curve.x, (at, i) => [at, curve.y[i]!]));
    return { label: curve.label, values: Array.from(x, (at) => values.get(at) ?? null) };
  });
  return { x, lines };
}
