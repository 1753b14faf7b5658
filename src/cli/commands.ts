import type { Command } from "./parser/command.ts";

/** One row of the table: the line `ondelette --help` shows, and where the command lives. */
export interface CommandEntry {
  readonly summary: string;
  /** Loads the command only when it is called, so that `--help` is instant and loads no engine. */
  readonly load: () => Promise<Command>;
}

/** Every command by the words that call it, in the order `--help` shows them. */
export type CommandTable = Readonly<Record<string, CommandEntry>>;

/**
 * The closed table of commands. To add one: write `commands/<name>.ts` exporting `command`
 * (see `defineCommand`), and one row here:
 *
 * ```ts
 * "image stats": {
 *   summary: "count the tokens of a data set in the wavelet language",
 *   load: async () => (await import("./commands/imageStats.ts")).command,
 * },
 * ```
 */
export const commands = {
  "image stats": {
    summary: "count the tokens of a data set in the wavelet language",
    load: async () => (await import("./commands/imageStats.ts")).command,
  },
  "image encode": {
    summary: "compress a picture",
    load: async () => (await import("./commands/imageEncode.ts")).command,
  },
  "image decode": {
    summary: "decompress a picture, or the coarse beginning of one",
    load: async () => (await import("./commands/imageDecode.ts")).command,
  },
  "image train": {
    summary: "train a model of the wavelet language on images",
    load: async () => (await import("./commands/imageTrain.ts")).command,
  },
  "image sample": {
    summary: "draw new images, coarse to fine",
    load: async () => (await import("./commands/imageSample.ts")).command,
  },
  "image eval": {
    summary: "tell how well a model predicts images, in bits",
    load: async () => (await import("./commands/imageEval.ts")).command,
  },
  "sequence train": {
    summary: "train a model of text, sound or music, with wavelet mixing or without",
    load: async () => (await import("./commands/sequenceTrain.ts")).command,
  },
  "sequence sample": {
    summary: "draw new text, sound or music",
    load: async () => (await import("./commands/sequenceSample.ts")).command,
  },
  "sequence eval": {
    summary: "tell how well a model predicts what it was not trained on",
    load: async () => (await import("./commands/sequenceEval.ts")).command,
  },
  "sequence classify": {
    summary: "train a classifier of whole sequences: nested lists, texts, pixels",
    load: async () => (await import("./commands/sequenceClassify.ts")).command,
  },
  "sequence compare": {
    summary: "compare mixings: which learns faster, by how much, and is it chance",
    load: async () => (await import("./commands/sequenceCompare.ts")).command,
  },
  "field fit": {
    summary: "fit a continuous function to a picture, a sound or an array",
    load: async () => (await import("./commands/fieldFit.ts")).command,
  },
  "field render": {
    summary: "look at a field at any zoom",
    load: async () => (await import("./commands/fieldRender.ts")).command,
  },
  "field compare": {
    summary:
      "compare families of fields at equal parameters: which comes nearest, by how much, how fast",
    load: async () => (await import("./commands/fieldCompare.ts")).command,
  },
  "field maxima": {
    summary:
      "show the singularities of a picture or a sound, where the atoms of wavelet fields start",
    load: async () => (await import("./commands/fieldMaxima.ts")).command,
  },
  "data list": {
    summary: "list the public data sets that can be fetched",
    load: async () => (await import("./commands/dataList.ts")).command,
  },
  "data get": {
    summary: "fetch public data sets",
    load: async () => (await import("./commands/dataGet.ts")).command,
  },
  "data emoji": {
    summary: "make a set of color pictures with captions from the emoji sets on npm",
    load: async () => (await import("./commands/dataEmoji.ts")).command,
  },
  push: {
    summary: "upload a run to the Hugging Face hub, with a model card",
    load: async () => (await import("./commands/hubPush.ts")).command,
  },
  pull: {
    summary: "download a run from the Hugging Face hub",
    load: async () => (await import("./commands/hubPull.ts")).command,
  },
  demo: {
    summary: "train on printed digits for two minutes and look at the result",
    load: async () => (await import("./commands/demo.ts")).command,
  },
} as const satisfies CommandTable;
