/** Orders of every family, as in PyWavelets. */
const daubechiesOrders = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27,
  28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38,
] as const;
const symletOrders = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20] as const;
const coifletOrders = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17] as const;
const biorthogonalOrders = [
  ...(["1.1", "1.3", "1.5", "2.2", "2.4", "2.6", "2.8"] as const),
  ...(["3.1", "3.3", "3.5", "3.7", "3.9", "4.4", "5.5", "6.8"] as const),
] as const;

export type DaubechiesOrder = (typeof daubechiesOrders)[number];
export type SymletOrder = (typeof symletOrders)[number];
export type CoifletOrder = (typeof coifletOrders)[number];
/** Vanishing moments of the synthesis and of the analysis wavelet. */
export type BiorthogonalOrder = (typeof biorthogonalOrders)[number];

/** The names that `wavelet` knows; they are PyWavelets' names. */
export type WaveletName =
  | "haar"
  | `db${DaubechiesOrder}`
  | `sym${SymletOrder}`
  | `coif${CoifletOrder}`
  | `bior${BiorthogonalOrder}`
  | `rbio${BiorthogonalOrder}`
  | "dmey";

/** Other names that are in use, and what they mean here. */
export const waveletAliases = {
  "cdf5/3": "bior2.2",
  "legall5/3": "bior2.2",
  "cdf9/7": "bior4.4",
} as const satisfies Readonly<Record<string, WaveletName>>;

/** A name that is in use for a wavelet which has another name here. */
export type WaveletAlias = keyof typeof waveletAliases;

/** Every name that `wavelet` knows, family by family. */
export const waveletNames: readonly WaveletName[] = [
  "haar",
  ...daubechiesOrders.map((n) => `db${n}` as const),
  ...symletOrders.map((n) => `sym${n}` as const),
  ...coifletOrders.map((n) => `coif${n}` as const),
  ...biorthogonalOrders.map((n) => `bior${n}` as const),
  ...biorthogonalOrders.map((n) => `rbio${n}` as const),
  "dmey",
];

const known: ReadonlySet<string> = new Set(waveletNames);

/** Whether `name` is one of {@link waveletNames}; aliases are not. */
export function isWaveletName(name: string): name is WaveletName {
  return known.has(name);
}
