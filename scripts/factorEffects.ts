import type { VariantSummary } from "../src/compare/summary.ts";
import { mean } from "../src/compare/welch.ts";

/** Pairs of variants that differ in one factor: the name with it, and the name without it. */
export interface Factor {
  readonly meaning: string;
  /** The name of the other variant of the pair; undefined if `name` does not have the factor. */
  other(name: string): string | undefined;
}

/** The factors of scripts/fieldFactors.ts, by the names of its variants. */
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

/** The gain of each factor in dB after the marked steps and at the end: mean, minimum and maximum over all pairs. */
export function effectsTable(variants: readonly VariantSummary[]): string {
  const marks = variants[0]?.marks.step.map(({ at }) => at) ?? [];
  const at = (variant: VariantSummary, mark: number) =>
    variant.marks.step.find((point) => point.at === mark)?.value ?? Number.NaN;
  const columns = [
    ...marks.map(
      (mark) => [`${mark} steps`, (variant: VariantSummary) => at(variant, mark)] as const,
    ),
    ["the end", (variant: VariantSummary) => variant.mean] as const,
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
    return `| ${meaning} | ${cells.join(" | ")} |`;
  });
  const head = ["dB gained by", ...columns.map(([name]) => name)];
  return [`| ${head.join(" | ")} |`, `|${"---|".repeat(head.length)}`, ...rows, ""].join("\n");
}

const signed = (value: number): string => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
