import { continuousWaveletNames, type WaveletName, waveletNames } from "ondelette/wavelets";

const titles = {
  haar: "Haar",
  db: "Daubechies",
  sym: "Symlets",
  coif: "Coiflets",
  bior: "Biorthogonal",
  rbio: "Reverse biorthogonal",
  dmey: "Discrete Meyer",
} as const;

const continuousTitles: Readonly<Record<string, string>> = {
  morlet: "Morlet",
  morse: "Morse",
  cauchy: "Cauchy",
  cmor: "Complex Morlet",
  cgau: "Complex Gaussian derivatives",
  shan: "Shannon",
  fbsp: "Frequency B-splines",
  gaus: "Gaussian derivatives",
  mexh: "Mexican hat",
  morl: "Morlet, real",
};

/** The letters that a name begins with: `db` of `db4`. */
export const familyOf = (name: string): string => /^[a-z]*/.exec(name)?.[0] ?? "";

/** All discrete wavelets of the library, by family. */
export const discreteGroups: Readonly<Record<string, readonly WaveletName[]>> = grouped(
  waveletNames,
  titles,
);

/** All continuous wavelets of the library, by family. */
export const continuousGroups: Readonly<Record<string, readonly string[]>> = grouped(
  continuousWaveletNames,
  continuousTitles,
);

/** Names by the title of their family, in the order of the titles. */
function grouped<T extends string>(
  names: readonly T[],
  titles: Readonly<Record<string, string>>,
): Record<string, T[]> {
  return Object.fromEntries(
    Object.entries(titles).map(([family, title]) => [
      title,
      names.filter((name) => familyOf(name) === family),
    ]),
  );
}
