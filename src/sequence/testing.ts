import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createRandom } from "../data/random/random.ts";
import type { Plan } from "../train/plan.ts";
import { initialize } from "../train/trainer.ts";
import type { CorpusPart, Encoder } from "./corpus/parts.ts";
import { createSequence } from "./createSequence.ts";
import type { Document } from "./kind.ts";
import { openKind } from "./kinds.ts";
import {
  buildSequence,
  type SequenceConfig,
  type SequenceOptions,
  type SequenceRun,
} from "./run.ts";

/** The simplest kind there is, a byte is a token; `size` says how many symbols it claims to have. */
export const byteKind = (size = 256): Encoder => ({
  name: "bytes",
  size,
  alphabet: { size },
  async *encode(document) {
    for await (const bytes of document.bytes()) yield new Uint16Array(bytes);
  },
});

/** A document of these bytes, in two pieces. */
export function documentOf(bytes: readonly number[], name = "document"): Document {
  const half = bytes.length >> 1;
  return {
    name,
    version: bytes.join(),
    async *bytes() {
      yield Uint8Array.from(bytes.slice(0, half));
      yield Uint8Array.from(bytes.slice(half));
    },
  };
}

/** All of a document's contents. */
export async function contentsOf(document: Document): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of document.bytes()) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

/** A model that is trained in no time. */
export const tinyOptions: SequenceOptions = {
  ...{ mixing: "haar", layers: 2, heads: 2, width: 8 },
  ...{ context: 8, batch: 4, peak: 0.03 },
};

/** A text that even such a model learns something of. */
export const toyText = "the cat sat on the mat and the rat sat on the hat. ".repeat(12);

/** A new run on a text by its characters, in `folder`; its corpus is open. */
export async function toyRun(
  folder: string,
  options: Partial<SequenceOptions> = {},
  { text = toyText, plan = { steps: 1 } as Plan } = {},
) {
  const path = join(folder, "toy.txt");
  await writeFile(path, text);
  return createSequence(join(folder, "run"), {
    ...{ path, kind: "chars", kindOptions: {}, seed: 5, plan },
    options: { ...tinyOptions, ...options },
  });
}

/** A run of bytes, of which `symbols` occur; it never saw a folder, and its parameters are at their start or `stir` off it. */
export function byteRun(
  options: Partial<SequenceOptions> = {},
  { symbols = 256, stir = 0 } = {},
): SequenceRun {
  const config: SequenceConfig = {
    ...{ kind: "sequence", format: 2, symbols, seed: 1, alphabet: { kind: "bytes" } },
    options: { ...tinyOptions, ...options },
    data: { path: "nowhere", tokens: 0 },
    plan: { steps: 1 },
  };
  const built = buildSequence(config);
  const random = createRandom(2);
  const parameters = Float32Array.from(
    initialize(built.layout, random),
    (x) => x + stir * random.normal(),
  );
  return { config, kind: openKind(config.alphabet), ...built, parameters };
}

/** A part of a corpus that is in memory. */
export function bytesPart(documents: readonly (readonly number[])[], symbols: number): CorpusPart {
  const all = Uint16Array.from(documents.flat());
  const ends = documents.map((_, d) => documents.slice(0, d + 1).flat().length);
  return {
    name: "the part",
    symbols,
    starts: Float64Array.from([0, ...ends]),
    read: async (start, length) => all.slice(start, start + length),
  };
}
