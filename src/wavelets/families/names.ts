import { nearNames } from "../arguments/nearNames.ts";

import {
  type BiorthogonalOrder,
  biorthogonalOrders,
  coifletOrders,
  daubechiesOrders,
  symletOrders,
} from "./constructions/orders.ts";

/** The names of discrete wavelets, the same as in PyWavelets. */
export type WaveletName =
  | "haar"
  | `db${(typeof daubechiesOrders)[number]}`
  | `sym${(typeof symletOrders)[number]}`
  | `coif${(typeof coifletOrders)[number]}`
  | `bior${BiorthogonalOrder}`
  | `rbio${BiorthogonalOrder}`
  | "dmey";

/** Other common names and their wavelets: the transforms of JPEG 2000, lossless and lossy. */
export const waveletAliases = Object.freeze({
  "cdf5/3": "bior2.2",
  "legall5/3": "bior2.2",
  "cdf9/7": "bior4.4",
} as const satisfies Readonly<Record<string, WaveletName>>);

/** A key of {@link waveletAliases}. */
export type WaveletAlias = keyof typeof waveletAliases;

/** All names of discrete wavelets, family by family, without aliases. */
export const waveletNames: readonly WaveletName[] = Object.freeze([
  "haar",
  ...daubechiesOrders.map((n) => `db${n}` as const),
  ...symletOrders.map((n) => `sym${n}` as const),
  ...coifletOrders.map((n) => `coif${n}` as const),
  ...biorthogonalOrders.map((n) => `bior${n}` as const),
  ...biorthogonalOrders.map((n) => `rbio${n}` as const),
  "dmey",
]);

const known: ReadonlySet<string> = new Set(waveletNames);

/** Whether `name` is one of {@link waveletNames}. */
export function isWaveletName(name: string): name is WaveletName {
  return known.has(name);
}

/** The wavelet name of a name or alias. Throws RangeError with similar names if there is none. */
export function resolveWaveletName(name: string): WaveletName {
  if (isWaveletName(name)) return name;
  if (Object.hasOwn(waveletAliases, name)) return waveletAliases[name as WaveletAlias];
  const near = namesNear(name);
  const meant = near.length > 0 ? `did you mean ${near.join(", ")}? All names: ` : "choose from ";
  throw new RangeError(
    `"${name}" is not a wavelet; ${meant}` +
      "haar, db1 … db38, sym2 … sym20, coif1 … coif17, bior1.1 … bior6.8, rbio1.1 … rbio6.8 and dmey",
  );
}

/** The names and aliases with the smallest edit distance, at most two; of these the five with the nearest number. */
function namesNear(name: string): readonly string[] {
  const given = name.toLowerCase().replaceAll(/[\s_-]/g, "");
  const far = (candidate: string) => Math.abs(numberIn(candidate) - numberIn(given));
  return nearNames(given, [...waveletNames, ...Object.keys(waveletAliases)], 2)
    .sort((a, b) => far(a) - far(b))
    .slice(0, 5);
}

/** 39 of "db39"; 0 without a number. */
const numberIn = (name: string): number => Number(/[\d.]+/.exec(name)?.[0] ?? 0);
