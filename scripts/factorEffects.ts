import { mean } from "../src/compare/welch.ts";
import type { ContenderSummary } from "../src/field/compare/summary.ts";

/** Pairs of contenders that differ in one thing: the name with it, and the name without it. */
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
export function effectsTable(arms: readonly ContenderSummary[]): string {
  const marks = arms[0]?.on.step.map(({ at }) => at) ?? [];
  const at = (arm: ContenderSummary, mark: number) =>
    arm.on.step.find((point) => point.at === mark)?.psnr ?? Number.NaN;
  const columns = [
    ...marks.map((mark) => [`${mark} steps`, (arm: ContenderSummary) => at(arm, mark)] as const),
    ["the end", (arm: ContenderSummary) => arm.mean] as const,
  ];
  const rows = factors.map(({ meaning, other }) => {
    const cells = columns.map(([, value]) => {
      const differences = arms.flatMap((arm) => {
        const without = arms.find(({ name }) => name === other(arm.name));
        return without ? [value(arm) - value(without)] : [];
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
