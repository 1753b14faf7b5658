import { type Scheme, schemes } from "../../train/planning/memory.ts";
import type { StepPrediction } from "../../train/planning/predictStep.ts";
import type {
  Predictions,
  Reason,
  Recommendation,
  Wishes,
} from "../../train/planning/recommend.ts";
import { timeText } from "./quantities.ts";
import { sizeText } from "./sizeText.ts";

const percent = (share: number): string => `${(100 * share).toFixed(share < 0.01 ? 1 : 0)} %`;

/** What people call the schemes. */
const names = (syncEvery: number): { readonly [S in Scheme]: string } => ({
  ...{ summed: "sum in every step", sharded: "optimizer in shards" },
  local: `local steps, H = ${syncEvery}`,
});

/** The predictions as lines of a table, by ranks and scheme. */
export function planTable(all: readonly Predictions[], syncEvery: number): readonly string[] {
  const titles = ["ranks", "scheme", "step", "efficiency", "communication", "sent", "memory"];
  const row = (name: string, { ranks, ...step }: StepPrediction) => [
    ...[`${ranks}`, name, timeText(step.seconds), percent(step.efficiency)],
    ...[percent(step.communicating / step.seconds), sizeText(Math.round(step.traffic))],
    sizeText(step.memory),
  ];
  const rows = all.flatMap((predictions) =>
    predictions.summed.ranks === 1
      ? [row("by itself", predictions.summed)]
      : schemes.map((scheme) => row(names(syncEvery)[scheme], predictions[scheme])),
  );
  const table = [titles, ...rows];
  const widths = titles.map((_, i) => Math.max(...table.map((cells) => cells[i]!.length))); // as many
  return table.map((cells) =>
    cells
      .map((cell, i) => (i === 1 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))) // as many
      .join("  "),
  );
}

interface Situation extends Wishes {
  readonly syncEvery: number;
  readonly places: number | undefined;
}

/** What to do, in sentences: one for each range of ranks with one scheme, and what shards would save. */
export function sentencesOf(
  all: readonly Predictions[],
  choices: readonly Recommendation[],
  { syncEvery, places, efficiency = 0.9, memory }: Situation,
): readonly string[] {
  const of = (ranks: number) => all.find(({ summed }) => summed.ranks === ranks)!; // chosen from these
  const sentences = inRanges(choices).map((range) => {
    const [{ scheme, reason }] = range as [Recommendation]; // not empty
    const last = of(range.at(-1)!.ranks); // not empty
    const at = range.length > 1 ? ` at ${last.summed.ranks}` : "";
    return `${listed(range.map(({ ranks }) => ranks))} ranks: ${sentenceOf[reason]({
      ...{ scheme, last, at, syncEvery, efficiency, available: sizeText(memory ?? 0) },
      reached: `${percent(last[scheme].efficiency)} efficiency${at}`,
    })}`;
  });
  const largest = all.at(-1);
  const sharing =
    largest && largest.summed.ranks > 1
      ? [
          `Shards bring the memory of a rank from ${sizeText(largest.summed.memory)} to ${sizeText(largest.sharded.memory)} with ` +
            `${largest.summed.ranks} ranks, and a step from ${timeText(largest.summed.seconds)} to ${timeText(largest.sharded.seconds)}.`,
        ]
      : [];
  const turns = all.filter(({ summed }) => summed.ranks > (places ?? summed.ranks));
  const oversubscribed =
    turns.length > 0
      ? [
          `${listed(turns.map(({ summed }) => summed.ranks))} ranks take turns on ${places} ${places === 1 ? "core" : "cores"}: ` +
            "their steps take longer by that, which does not count as lost efficiency.",
        ]
      : [];
  return [...sentences, ...sharing, ...oversubscribed];
}

/** What a sentence is about: the last of some numbers of ranks, for which one scheme is taken. */
interface Choice {
  readonly scheme: Scheme;
  readonly last: Predictions;
  readonly syncEvery: number;
  /** The efficiency that is good enough. */
  readonly efficiency: number;
  /** Memory that a rank has. */
  readonly available: string;
  /** ` at 64`, where there are several numbers of ranks. */
  readonly at: string;
  /** `97 % efficiency at 64`. */
  readonly reached: string;
}

const sentenceOf: { readonly [R in Reason]: (choice: Choice) => string } = {
  efficient: ({ reached }) =>
    `sum the gradients in every step, as trainings do by default: ${reached}.`,
  memory: ({ scheme, last, syncEvery, available, at, reached }) =>
    `${how[scheme](syncEvery)}, since a rank has ${available}: it needs ${sizeText(last[scheme].memory)} instead of ` +
    `${sizeText(last.summed.memory)}${at}, with ${reached}.`,
  network: ({ scheme, last, syncEvery, reached }) =>
    `${how[scheme](syncEvery)}: ${reached}, where sums in every step reach ${percent(last.summed.efficiency)}.${caution[scheme]}`,
  "least-bad": ({ scheme, syncEvery, efficiency, reached }) =>
    `nothing reaches ${percent(efficiency)}; to ${how[scheme](syncEvery)} comes nearest, with ${reached}. Larger batches of ` +
    `each rank help${scheme === "local" ? ", and so does a larger --sync-every" : ""}.${caution[scheme]}`,
  "too-large": ({ scheme, last, available, at }) =>
    `no way of sharing fits into ${available}; shards need least, ${sizeText(last[scheme].memory)}${at}.`,
};

/** What to do, as a command. */
const how: { readonly [S in Scheme]: (syncEvery: number) => string } = {
  summed: () => "sum the gradients in every step",
  sharded: () => "shard the optimizer (--shard-optimizer)",
  local: (syncEvery) => `take local steps (--sync-every ${syncEvery})`,
};

const caution: { readonly [S in Scheme]: string } = {
  ...{ summed: "", sharded: "" },
  local: " They are other steps: first compare the validation after equal samples.",
};

/** Consecutive recommendations of one scheme for one reason. */
function inRanges(choices: readonly Recommendation[]): readonly (readonly Recommendation[])[] {
  const ranges: Recommendation[][] = [];
  for (const choice of choices) {
    const last = ranges.at(-1);
    if (last?.[0]?.scheme === choice.scheme && last[0].reason === choice.reason) last.push(choice);
    else ranges.push([choice]);
  }
  return ranges;
}

/** `2`, `2 and 4`, `2 to 64`. */
function listed(counts: readonly number[]): string {
  if (counts.length > 2) return `${counts[0]} to ${counts.at(-1)}`;
  return counts.join(" and ");
}
