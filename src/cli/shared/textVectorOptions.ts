import { UserError } from "../../errors/userError.ts";
import type { ImageRun } from "../../image/run.ts";
import type { TextVectorSource } from "../../image/words/captionVectors.ts";
import { flagOf, type Options } from "../parser/options.ts";

const group = "A text encoder of your own";

/** Options that name the files from which the vectors of texts come. */
export const textVectorOptions = {
  textEncoder: {
    ...{ type: "string", placeholder: "FILE.onnx", group },
    help: "network that makes a vector of a text, in CLIP's layout: input_ids to text_embeds or pooler_output",
  },
  tokenizer: {
    ...{ type: "string", placeholder: "FILE.json", group },
    help: "the tokenizer.json of that network",
  },
  embeddings: {
    ...{ type: "string", placeholder: "FILE.npy", group },
    help: "vectors of texts instead, with the text of each on a line of FILE.txt",
  },
} as const satisfies Options;

/** Values of {@link textVectorOptions}. */
export type TextVectorArgs = {
  readonly [Name in keyof typeof textVectorOptions]: string | undefined;
};

/** The files that are named; undefined where none is. Throws UserError where they do not belong together. */
export function askedTextVectors({
  textEncoder: encoder,
  tokenizer,
  embeddings,
}: TextVectorArgs): TextVectorSource | undefined {
  if (embeddings !== undefined && encoder !== undefined)
    throw new UserError("--text-encoder and --embeddings both make vectors of texts: give one");
  if (encoder !== undefined && tokenizer !== undefined) return { encoder, tokenizer };
  const alone = encoder !== undefined ? "textEncoder" : "tokenizer";
  const missing = encoder !== undefined ? "tokenizer" : "textEncoder";
  if (encoder !== undefined || tokenizer !== undefined)
    throw new UserError(`${flagOf(alone)} needs ${flagOf(missing)}: a network and its tokenizer`);
  return embeddings === undefined ? undefined : { embeddings };
}

/** A run that reads texts by the files that are named, or else by those that it was trained with. */
export function withTextVectors(run: ImageRun, args: TextVectorArgs): ImageRun {
  const from = askedTextVectors(args);
  if (!from) return run;
  const { words } = run.config;
  if (words?.kind !== "vectors" || "encoder" in words.from !== "encoder" in from) {
    const how =
      words === undefined
        ? "without captions"
        : words.kind === "pieces"
          ? "with words of its own"
          : "encoder" in words.from
            ? "with a text encoder"
            : "with embeddings";
    throw new UserError(`the run was trained ${how}, so that it cannot read texts by these files`);
  }
  return { ...run, config: { ...run.config, words: { ...words, from } } };
}
