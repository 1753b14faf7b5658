import { UserError } from "../errors/userError.ts";
import { input } from "../graph/index.ts";
import { layoutOf, type ParameterLayout } from "../nn/parameters.ts";
import { type Check, integer, number, object, oneOf, optional, text } from "../train/run/checks.ts";
import { configCheck, type RunKind, type TrainedConfig } from "../train/run/config.ts";
import { openRun, type RunStore, readConfig, runNames } from "../train/run/runStore.ts";
import { type DesignName, designNames } from "./design.ts";
import type { Alphabets, AnyAlphabet, AnyKind, KindName, OpenKind } from "./kinds/alphabets.ts";
import type { Kinds } from "./kinds/kindTable.ts";
import { normalizations } from "./kinds/normalization.ts";
import type { Mixing } from "./mixing/mixing.ts";
import { type MixingTable, mixingOf } from "./mixings.ts";
import { type SequenceSize, sequenceLoss } from "./model.ts";

/** Choices of a sequence model and its training. */
export interface SequenceOptions {
  /**
   * Name of the mixing, or several, separated by commas: see `mixingNames`; another name for a mixing of one's own.
   */
  readonly mixing: string;
  /** How the transformer is built: see `designNames`; GPT-2's by default. */
  readonly design?: DesignName;
  readonly layers: number;
  readonly heads: number;
  readonly width: number;
  /** Tokens of the context window. */
  readonly context: number;
  /** Windows of a batch. */
  readonly batch: number;
  /** Highest learning rate. */
  readonly peak: number;
  /** Part of what each block adds to the residual stream that is dropped in training, from 0 to below 1; 0 by default. */
  readonly dropout?: number;
}

/** `config.json` of a sequence run: everything it is made from, resolved. */
export interface SequenceConfig extends TrainedConfig {
  readonly kind: "sequence";
  readonly format: 2;
  readonly alphabet: AnyAlphabet;
  readonly options: SequenceOptions;
  /** Number of symbols. */
  readonly symbols: number;
  /** For the record. */
  readonly data: { readonly path: string; readonly tokens: number };
}

/** The model that a configuration describes. */
export interface BuiltModel {
  readonly size: SequenceSize;
  readonly mixing: Mixing;
  readonly layout: ParameterLayout;
}

/** A trained run: its model, with its parameters. */
export interface SequenceRun extends BuiltModel {
  readonly config: SequenceConfig;
  /** What makes tokens of its data, and data of tokens. */
  readonly kind: OpenKind;
  readonly parameters: Float32Array<ArrayBuffer>;
}

/** Checks of the options of a model; the limits keep a mistyped file from filling the memory. */
export const optionChecks: Check<SequenceOptions> = object({
  mixing: text,
  design: optional(oneOf(designNames)),
  layers: integer({ min: 1, max: 1000 }),
  heads: integer({ min: 1, max: 65_536 }),
  width: integer({ min: 1, max: 65_536 }),
  context: integer({ min: 2, max: 1e7 }),
  batch: integer({ min: 1, max: 1e7 }),
  peak: number({ min: 0, above: true }),
  dropout: optional(number({ min: 0, max: 0.99 })),
});

/** What of a run is not built in, but one's own. */
export interface OwnSequence {
  /** Mixings by the names that runs have for them. */
  readonly mixings?: MixingTable;
  /** The kind of data. */
  readonly kind?: AnyKind;
}

/** Runs of sequence models; `own` holds what is not built in. */
export const sequenceKind = (own: OwnSequence = {}): RunKind<SequenceConfig, BuiltModel> => ({
  kind: "sequence",
  format: 2,
  check: configCheck("sequence", 2, {
    alphabet: own.kind ? (value) => value as AnyAlphabet : alphabetCheck,
    options: optionChecks,
    symbols: integer({ min: 1, max: 65_536 }),
    data: object({ path: text, tokens: integer({ min: 0 }) }),
  }),
  build: (config) => buildSequence(config, own.mixings),
});

/** The alphabets of the built-in kinds. */
const alphabetChecks: { readonly [K in KindName]: Check<Alphabets[K]> } = {
  chars: object({ kind: oneOf(["chars"]), characters: text }),
  bytes: object({ kind: oneOf(["bytes"]) }),
  bpe: object({
    kind: oneOf(["bpe"]),
    pattern: text,
    tokens: text,
    normalize: optional(oneOf(normalizations)),
  }),
  audio: object({
    kind: oneOf(["audio"]),
    rate: number({ min: 0, above: true }),
    law: oneOf(["mu", "linear"]),
  }),
  midi: object({ kind: oneOf(["midi"]) }),
};

const alphabetNames = Object.keys(alphabetChecks) as readonly KindName[];

const alphabetCheck: Check<AnyAlphabet> = (value, at) =>
  alphabetChecks[oneOf(alphabetNames)(Object(value).kind, `${at}.kind`)](value, at);

/**
 * Throws UserError unless the heads share the width evenly, and have an even width each where positions are rotary, which turn
 * pairs of features.
 */
export function requireEvenHeads({
  width,
  heads,
  design,
}: Pick<SequenceOptions, "width" | "heads"> & {
  readonly design?: SequenceSize["design"] | undefined;
}): void {
  if (width % heads !== 0) {
    throw new UserError(
      `a width of ${width} cannot be shared by ${heads} heads; it must be a multiple of them`,
    );
  }
  if (design === "rotary" && (width / heads) % 2 !== 0) {
    throw new UserError(
      `the design "rotary" needs heads of an even width; ${heads} heads of a width of ${width} have ${width / heads} each`,
    );
  }
}

/** What a sequence model is built from. */
export interface BuildSequence {
  /** A mixing by its name, or the mixing itself. */
  readonly options: Omit<SequenceOptions, "mixing" | "design" | "batch" | "peak"> & {
    readonly mixing: string | Mixing;
    /** GPT-2's by default. */
    readonly design?: SequenceSize["design"];
  };
  /** Number of symbols: the size of the corpus's kind. */
  readonly symbols: number;
}

/**
 * The model of some options, for a number of symbols; `own` holds mixings that are not built in, by name. Throws UserError
 * where no mixing has the name, or the heads do not share the width evenly.
 *
 * @example
 * ```ts
 * const shifted = between((_p, x, past) => past.ago(x, 1));
 * const options = { mixing: shifted, layers: 2, heads: 2, width: 32, context: 64 };
 * const model = buildSequence({ options, symbols: 256 });
 * ```
 */
export function buildSequence(
  { options, symbols }: BuildSequence,
  own: MixingTable = {},
): BuiltModel {
  const { layers, heads, width, context, design = "gpt2" } = options;
  requireEvenHeads(options);
  const size = { layers, heads, width, context, design, symbols };
  const mixing = mixingOf(options.mixing, own);
  const tokens = input("inputs", [1, context], "int32");
  const tensors = { inputs: tokens, targets: tokens };
  return { size, mixing, layout: layoutOf((p) => sequenceLoss(p, tensors, size, mixing)) };
}

/** Reads a run's configuration. Throws UserError where it is not a run of sequences, or a key is wrong. */
export const readSequenceConfig = (store: RunStore): Promise<SequenceConfig> =>
  readConfig(sequenceKind(), store);

/**
 * Opens a trained run whose kind of data is among `kinds`. Throws UserError where something is missing, damaged or of another
 * model. What is not built in is given in `own`.
 */
export async function openStored(
  store: RunStore,
  kinds: Pick<Kinds<string>, "openKind">,
  own: OwnSequence = {},
): Promise<SequenceRun> {
  const { config, model, parameters } = await openRun(sequenceKind(own), store);
  const kind = kinds.openKind(config.alphabet, own.kind);
  if (kind.size !== config.symbols) {
    throw new UserError(
      `${store.path(runNames.config)} cannot be used: its alphabet has ${kind.size} symbols, and symbols is ${config.symbols}`,
      "damaged-file",
    );
  }
  return { config, kind, ...model, parameters };
}
