import { UserError } from "../errors/userError.ts";

/** What a run is a model of; `unknown` for a run of a kind that this version does not know. */
export type RunKind =
  | "image"
  | "image-classifier"
  | "sequence"
  | "classifier"
  | "field"
  | "unknown";

/** A number that says how good a model is. */
export interface Score {
  readonly name: string;
  readonly value: number;
  readonly unit?: string | undefined;
  /** The step of the training that it was taken at. */
  readonly step?: number | undefined;
}

/** A run in plain words: all that a model card says of it. What is not known is left out. */
export interface RunDescription {
  readonly kind: RunKind;
  /** The title of the card. */
  readonly name: string;
  /** The model and what distinguishes it, such as `haar-8`. */
  readonly model?: string | undefined;
  /** What it was trained on: `midi`, `bytes`, `listops` … */
  readonly data?: string | undefined;
  /** Number of real parameters. */
  readonly parameters?: number | undefined;
  readonly steps?: number | undefined;
  readonly seconds?: number | undefined;
  /** The ending of the files that a sequence model makes, with its dot. */
  readonly ending?: string | undefined;
  readonly scores: readonly Score[];
}

/** Where a card stands. */
export interface CardOptions {
  /** Of the hub: `user/name`. */
  readonly repo: string;
  /** The hub's word for a license, such as `apache-2.0`; without one the card states none. */
  readonly license?: string | undefined;
}

/** A card that was made here has this line; one without it was written by a person, and is never replaced. */
export const cardMark = "<!-- Written by ondelette from config.json and metrics.jsonl. -->";

/** What each kind is, and how it is used. */
const kinds: {
  readonly [K in RunKind]: {
    readonly sentence: string;
    readonly tag?: string;
    readonly use: (run: RunDescription) => string;
  };
} = {
  image: {
    sentence: "A generative model of images, which draws them coarse to fine in wavelet tokens",
    tag: "unconditional-image-generation",
    use: () => "npx ondelette image sample --run run --out samples.png",
  },
  "image-classifier": {
    sentence: "A classifier of pictures",
    tag: "image-classification",
    use: () => "npx ondelette image recognize --run run --images pictures",
  },
  sequence: {
    sentence: "A generative model of sequences, which mixes positions by wavelets or by attention",
    use: ({ ending = ".txt" }) =>
      `npx ondelette sequence sample --run run --length 1000 --out sample${ending}`,
  },
  classifier: {
    sentence: "A classifier of whole sequences",
    use: ({ data }) =>
      `npx ondelette sequence classify --task ${data ?? "listops"} --out run --resume --steps 10000`,
  },
  field: {
    sentence: "A continuous function that was fitted to a signal",
    use: () => "npx ondelette field render run -o large.png --scale 4",
  },
  unknown: {
    sentence: "A model",
    use: () => "npx ondelette --help",
  },
};

/**
 * The text of a README.md for the Hugging Face hub: front matter, facts, scores, and the commands that use the model. Throws
 * UserError where the license is not a word as the hub has them.
 */
export function modelCard(run: RunDescription, { repo, license }: CardOptions): string {
  if (license !== undefined && !/^[a-z0-9][a-z0-9.-]*$/.test(license)) {
    throw new UserError(
      `“${license}” is not a license as the hub names them, such as apache-2.0 or cc-by-4.0`,
    );
  }
  const { sentence, tag, use } = kinds[run.kind];
  const tags = ["ondelette", "wavelets", ...(run.kind === "unknown" ? [] : [run.kind])];
  const front = [
    ...(license === undefined ? [] : [`license: ${license}`]),
    "library_name: ondelette",
    ...(tag === undefined ? [] : [`pipeline_tag: ${tag}`]),
    "tags:",
    ...tags.map((word) => `- ${word}`),
  ];
  const facts = [
    ["kind", run.kind],
    ["model", run.model],
    ["data", run.data],
    ["parameters", counted(run.parameters)],
    ["steps", counted(run.steps)],
    ["training time", run.seconds === undefined ? undefined : duration(run.seconds)],
    ["license", license ?? "none stated"],
  ].filter(([, value]) => value !== undefined);
  const scores = run.scores.map(({ name, value, unit, step }) => [
    name,
    `${formatted(value)}${unit === undefined ? "" : ` ${unit}`}`,
    step === undefined ? "" : grouped(step),
  ]);
  return [
    "---",
    ...front,
    "---",
    "",
    cardMark,
    "",
    `# ${cell(run.name)}`,
    "",
    `${sentence}, trained with ondelette, a wavelet-native machine-learning system.`,
    "",
    ...table(["", ""], facts),
    "",
    ...(scores.length === 0
      ? []
      : ["## Scores", "", ...table(["measure", "last value", "at step"], scores), ""]),
    "## Use",
    "",
    "```sh",
    "npm install ondelette @huggingface/hub",
    `npx ondelette pull ${repo} --out run`,
    use(run),
    "```",
    "",
  ].join("\n");
}

function table(
  head: readonly string[],
  rows: readonly (readonly (string | undefined)[])[],
): string[] {
  const line = (cells: readonly (string | undefined)[]) =>
    `| ${cells.map((text) => cell(text ?? "")).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---|").join("")}`, ...rows.map(line)];
}

/** Text that cannot leave its cell or its line, nor be read as HTML. */
function cell(text: string): string {
  return text
    .replace(/[\r\n]+/g, " ")
    .replaceAll("<", "&lt;")
    .replaceAll("|", "\\|");
}

const grouped = (count: number): string => count.toLocaleString("en-US");
const counted = (count: number | undefined) => (count === undefined ? undefined : grouped(count));

/** Four digits, as many as say anything. */
function formatted(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : String(value);
}

function duration(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
