import { markdown, mean, type VariantSummary } from "../src/compare/index.ts";

/** Pairs of variants that differ in one thing: the name with it, and the name without it. */
export interface Factor {
  readonly meaning: string;
  /** The name of the other one of a pair, if `name` is one that has the thing. */
  other(name: string): string | undefined;
}

/** The factors of scripts/fieldFactors.ts, by the names that it gives. */
export const factors: readonly Factor[] = [
  swap("split, over wavelets alone", /^split-/, "wavelet-"),
  swap("atoms on maxima, over anywhere", /^(.*(?:iso|aniso))$/, "$1-random"),
  swap("anisotropic atoms, over isotropic", /aniso/, "iso"),
  swap("Gabor ω/σ = 4, over 1", /gabor4/, "gabor1"),
  swap("Cauchy, over Gabor ω/σ = 4", /cauchy/, "gabor4"),
];

function swap(meaning: string, pattern: RegExp, by: string): Factor {
  return {
    meaning,
    other: (name) => (pattern.test(name) ? name.replace(pattern, by) : undefined),
  };
}

/** What each factor is worth in dB after the marked steps and at the end: the mean over all pairs, and the least and most. */
export function effectsTable(variants: readonly VariantSummary[]): string {
  const places = variants[0]?.marks.step.map(({ at }) => at) ?? [];
  const after = ({ marks }: VariantSummary, place: number) =>
    marks.step.find(({ at }) => at === place)?.value ?? Number.NaN;
  const columns = [
    ...places.map((at) => [`${at} steps`, (each: VariantSummary) => after(each, at)] as const),
    ["the end", (each: VariantSummary) => each.mean] as const,
  ];
  const rows = factors.map(({ meaning, other }) => {
    const cells = columns.map(([, value]) => {
      const differences = variants.flatMap((variant) => {
        const without = variants.find(({ name }) => name === other(variant.name));
        return without ? [value(variant) - value(without)] : [];
      });
      const span = [Math.min(...differences), Math.max(...differences)].map(signed).join(" … ");
      return `${signed(mean(differences))} (${span})`;
    });
    return [meaning, ...cells];
  });
  return markdown(["dB gained by", ...columns.map(([name]) => name)], rows);
}

const signed = (value: number): string => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
