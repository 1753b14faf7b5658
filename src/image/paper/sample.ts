import { coefficientCount, type Token, type TokenLanguage, walk } from "../../codec/index.ts";
import { input } from "../../graph/index.ts";
import { createDecoder } from "../../nn/decoding/decoder.ts";
import { layoutOf } from "../../nn/parameters.ts";
import type { CompileOptions } from "../../runtime/compile.ts";
import { type Choosing, goOn } from "../choosing.ts";
import { noClass } from "../model.ts";
import { guidanceAt, guide, type ImageSampling, isGuided, tokenSampling } from "../sampling.ts";
import type { Words } from "../words/wordSetting.ts";
import { wordArray, wordInput, writeWords } from "../words/wordVectors.ts";
import { type LabeledStream, planeIndex, writeLocation } from "./batch.ts";
import { type PaperOptions, paperModel } from "./model.ts";

/** A stream to be drawn. */
export interface PaperRequest extends Choosing {
  readonly label: number;
  /** log2 of the first threshold. */
  readonly startingPlane: number;
  readonly words?: Words | undefined;
}

export interface PaperSampling extends ImageSampling, CompileOptions {
  /** The next number of [0, 1) for a stream, by its index: all the chance there is. */
  readonly uniform: (stream: number) => number;
  /** Called after each step with the number of streams still being drawn. */
  readonly onStep?: (step: number, active: number) => void;
}

/**
 * Draws one stream for each request, all at the same time, token by token with a key/value cache. The walk decides what
 * is legal, so every stream that comes out is one that an encoder could have written. With guidance each stream has a
 * second row, which is told the same tokens, no class and no words.
 */
export async function samplePaper(
  requests: readonly PaperRequest[],
  parameters: Float32Array,
  language: TokenLanguage,
  model: PaperOptions,
  options: PaperSampling,
): Promise<LabeledStream[]> {
  const guided = isGuided(options);
  const weightAt = guidanceAt(language, options);
  const samplingAt = tokenSampling(language, options);
  const streams = requests.length;
  const asked = guided
    ? [...requests, ...requests.map((request) => ({ ...request, label: noClass, words: [] }))]
    : requests;
  const batch = asked.length;
  const { vocabulary, startingPlanes, layers, heads, width, words } = model;
  const x = {
    tokens: input("tokens", [batch, 1], "int32"),
    location: input("location", [batch, 1, 3]),
    startingPlane: input("startingPlane", [batch], "int32"),
    label: input("label", [batch], "int32"),
    words: words && wordInput("words", batch, words),
  };
  await using decoder = createDecoder(
    (p, { attend }) => paperModel(p, x, { ...model, attend }),
    layoutOf((p) => paperModel(p, x, model)),
    parameters,
    { ...options, batch, layers, heads, depth: width / heads },
  );

  const feeds = {
    tokens: new Int32Array(batch).fill(-1),
    location: new Float32Array(3 * batch),
    startingPlane: Int32Array.from(asked, (r) => planeIndex(r.startingPlane, language)),
    label: Int32Array.from(asked, (r) => r.label),
    ...(words && { words: wordArray(batch, words) }),
  };
  for (const [b, request] of asked.entries()) {
    if (words && feeds.words) writeWords(feeds.words, b, request.words ?? [], words);
  }
  const count = coefficientCount(language.geometry);
  const drawn: Token[][] = requests.map(() => []);
  const known = requests.map(() => new Float64Array(count));
  const walks = requests.map((r, b) => walk(language, r.startingPlane, known[b]!)); // one a request
  const sites = walks.map((steps) => steps.next());

  const active = () => sites.filter((site) => !site.done).length;
  for (let step = 0; active() > 0; step++) {
    const logits = await decoder.next(feeds);
    const logitsOf = (row: number) => logits.subarray(row * vocabulary, (row + 1) * vocabulary);
    for (let b = 0; b < streams; b++) {
      const at = sites[b]!; // one a request, as the lists below
      if (at.done) continue;
      const own = logitsOf(b);
      if (guided) guide(own, logitsOf(streams + b), weightAt(at.value));
      const request = { ...requests[b]!, random: { uniform: () => options.uniform(b) } };
      const standing = { request, site: at.value, known: known[b]!, position: drawn[b]!.length };
      const token = goOn(standing, own, samplingAt(at.value));
      drawn[b]!.push(token);
      // The walk reuses its site: the location goes before the token does.
      for (let row = b; row < batch; row += streams) {
        feeds.tokens[row] = token;
        writeLocation(feeds.location, 3 * row, at.value, language, startingPlanes);
      }
      sites[b] = walks[b]!.next(token);
    }
    options.onStep?.(step, active());
  }
  return requests.map(({ label, startingPlane }, b) => ({
    label,
    startingPlane,
    tokens: Uint8Array.from(drawn[b]!),
  }));
}
