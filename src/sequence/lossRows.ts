import type { SequenceEvaluation } from "./evaluate.ts";

/** What a loss comes to for one unit of what was scored. */
export interface LossRow {
  /** "character", "byte", "second". */
  readonly unit: string;
  /** How many of it were scored. */
  readonly count: number;
  readonly nats: number;
  readonly bits: number;
  /** `e^nats`: among how many equally likely ones the model chooses; of a second it would be beyond all numbers. */
  readonly perplexity?: number;
}

/** The loss of a part of a corpus for each token, which is a `unit`, and for each byte, character and second that it has. */
export function lossRows(
  { nats, tokens, extent }: Pick<SequenceEvaluation, "nats" | "tokens" | "extent">,
  unit: string,
): LossRow[] {
  const { bytes, characters, seconds } = extent;
  const row = (unit: string, count: number): LossRow => {
    const each = (nats * tokens) / count;
    const perplexity = unit === "second" ? {} : { perplexity: Math.exp(each) };
    return { unit, count, nats: each, bits: each / Math.LN2, ...perplexity };
  };
  const others = Object.entries({ character: characters, byte: bytes, second: seconds });
  return [
    row(unit, tokens),
    ...others.flatMap(([name, count]) => (count && name !== unit ? row(name, count) : [])),
  ];
}

/** The rows as lines of text, in columns. */
export function lossTable(rows: readonly LossRow[]): string {
  const cells = rows.map(({ unit, count, nats, bits, perplexity }) => [
    ...[`per ${unit}`, count.toFixed(unit === "second" ? 2 : 0)],
    ...[nats.toFixed(4), bits.toFixed(4), perplexity?.toFixed(3) ?? ""],
  ]);
  const all = [["", "count", "nats", "bits", "perplexity"], ...cells];
  const widths = all[0]!.map((_, i) => Math.max(...all.map((row) => row[i]!.length))); // rows of one length
  return all
    .map(([name = "", ...numbers]) =>
      [name.padEnd(widths[0]!), ...numbers.map((text, i) => text.padStart(widths[i + 1]! + 2))] // as many
        .join("")
        .trimEnd(),
    )
    .join("\n");
}
