import { decodeTokens } from "../../codec/decode.ts";
import { encodeTokens } from "../../codec/encode.ts";
import { tokenNames } from "../../codec/tokens.ts";
import { coefficientCount, type Geometry } from "../../codec/walk/geometry.ts";
import type { Random } from "../../data/random/random.ts";
import { shuffledForever } from "../../data/random/shuffle.ts";
import { UserError } from "../../errors/userError.ts";
import { input } from "../../graph/index.ts";
import { crossEntropy } from "../../nn/layers/losses.ts";
import { adamw } from "../../nn/optimizers/adamw.ts";
import { bind, layoutOf } from "../../nn/parameters.ts";
import { compile } from "../../runtime/compile.ts";
import type { Batch } from "../../train/trainable.ts";
import type { Drawing, Example, ImageModel, ModelSetting, TrainingImages } from "../model.ts";
import { wordsDescription } from "../words/wordSetting.ts";
import { assembleBatch, type LabeledStream, paperInputs } from "./batch.ts";
import { paperBits } from "./likelihood.ts";
import { paperModel } from "./model.ts";
import { samplePaper } from "./sample.ts";

/** What a person may choose of the paper's model. */
export interface PaperImageOptions {
  readonly layers: number;
  readonly heads: number;
  readonly width: number;
  /** Images of one batch. */
  readonly batch: number;
  /** Highest learning rate. */
  readonly peak: number;
}

/** A trunk that two processor cores can train in half an hour; the paper's has 6 layers of width 768. */
export const paperDefaults: PaperImageOptions = {
  layers: 3,
  heads: 2,
  width: 96,
  batch: 4,
  peak: 3e-3,
};

/** Streams are laid out to the next multiple of this many tokens; each length is compiled once. */
const bucket = 256;
/** So many batches are drawn at a time and sorted by length, so that little of a batch is padding. */
const pool = 16;
/** Streams that are drawn side by side. */
const side = 80;

/** The tokens of an exported model: two for each coefficient, more than digits of 28×28 pixels have (1,637 at most). */
const usualLength = (geometry: Geometry): number =>
  Math.ceil((2 * coefficientCount(geometry)) / bucket) * bucket;

/** The paper's model as an `ImageModel`; see {@link paperModel}. */
export function paperImageModel(setting: ModelSetting, options: PaperImageOptions): ImageModel {
  const { classes, highestPlane, words } = setting;
  const language = setting.language.tokens;
  const { batch } = options;
  const vocabulary = tokenNames[language.vocabulary].length;
  const sizes = {
    ...options,
    vocabulary,
    startingPlanes: highestPlane - language.finestPlane + 2,
    classes,
    words,
  };
  const layout = layoutOf((p) => paperModel(p, paperInputs(1, 1, vocabulary, words), sizes));

  /** Planes above all of the training set count as its highest. */
  const encode = ({ coefficients, label, words: told }: Example): LabeledStream => ({
    ...encodeTokens(coefficients, language),
    label,
    words: told,
  });
  const lengthOf = (streams: readonly LabeledStream[]) =>
    Math.max(1, ...streams.map(({ tokens }) => Math.ceil(tokens.length / bucket))) * bucket;
  const assemble = (streams: readonly LabeledStream[], length: number) =>
    assembleBatch(streams, language, { batch, length }, sizes);

  return {
    layout,
    rate: { peak: options.peak, warmup: 200, decayFrom: 0.4, floor: 0.01 },
    optimizer: adamw({ beta2: 0.99, weightDecay: 0.01 }),
    objective: (shape) => (p) => {
      const x = paperInputs(batch, shape, vocabulary, words);
      const logits = paperModel(p, x, sizes);
      const perImage = 1 / (Math.LN2 * batch);
      const legal = crossEntropy(logits, x.targets, { legal: x.legal });
      return { loss: legal.mean, metrics: { bitsPerImage: legal.sum.mul(perImage) } };
    },
    batches(training: TrainingImages, random: Random) {
      const order = shuffledForever(training.count, random.fork("order"));
      let drawn = -1;
      let streams: LabeledStream[] = [];
      return (step): Batch => {
        const now = Math.floor((step - 1) / pool);
        if (now !== drawn) {
          drawn = now;
          const chance = random.fork(`pool ${now}`);
          const first = now * pool * batch;
          streams = Array.from({ length: pool * batch }, (_, k) =>
            encode(training.draw(order(first + k), chance)),
          ).sort((a, b) => a.tokens.length - b.tokens.length);
        }
        // Lengths take turns in an order of their own, or every pool would end with its longest.
        const turn = random.fork(`turns ${now}`).permutation(pool)[(step - 1) % pool] ?? 0;
        const some = streams.slice(turn * batch, (turn + 1) * batch);
        const length = lengthOf(some);
        return { shape: length, examples: batch, feeds: assemble(some, length) };
      };
    },
    async scorer(parameters, compileOptions) {
      const compiled = new Map<number, ReturnType<typeof compileBits>>();
      const compileBits = (length: number) => {
        const { scope } = bind(layout, input("parameters", [layout.size]));
        const x = paperInputs(batch, length, vocabulary, words);
        return compile({ bits: paperBits(scope, x, sizes) }, compileOptions);
      };
      return {
        async bits(examples) {
          const streams = examples.map(encode);
          const order = [...streams.keys()].sort(
            (a, b) => streams[a]!.tokens.length - streams[b]!.tokens.length, // keys of streams
          );
          const bits = new Float64Array(streams.length);
          for (let first = 0; first < order.length; first += batch) {
            const some = order.slice(first, first + batch);
            const members = some.map((i) => streams[i]!); // keys of streams
            const length = lengthOf(members);
            const executable = await (compiled.get(length) ?? compileBits(length));
            compiled.set(length, Promise.resolve(executable));
            const out = await executable.run({ ...assemble(members, length), parameters });
            for (const [k, i] of some.entries()) bits[i] = Number(out.bits[k]);
          }
          return [...bits];
        },
        async [Symbol.asyncDispose]() {
          for (const executable of compiled.values()) await (await executable).close();
        },
      };
    },
    outputs(p, { batch: streams, length = usualLength(language.geometry) }) {
      if (!Number.isInteger(length) || length < 1) {
        throw new UserError(`a stream must have a whole number of tokens from 1, not ${length}`);
      }
      const x = paperInputs(streams, length, vocabulary, words);
      return { logits: paperModel(p, x, sizes) };
    },
    descriptions: {
      tokens: "the token before the one to be predicted; -1 before the first and behind the last",
      location: "plane, row and column of that token, each from 0 to 1",
      startingPlane: `index of the image's starting plane, from 0 (no tokens) to ${sizes.startingPlanes - 1}`,
      label: "index of the class; -1 for none",
      ...(words && { words: wordsDescription(words) }),
      logits: `logits of the token at each position: ${tokenNames[language.vocabulary].join(", ")}`,
    },
    sampler(parameters, compileOptions = {}) {
      return {
        async draw(requests, sampling, onProgress = () => {}) {
          if (requests.some((request) => request.words?.some(({ region }) => region))) {
            throw new UserError("the image model paper is told words for whole pictures alone");
          }
          if (requests.some(({ particles }) => particles)) {
            throw new UserError("the image model paper cannot draw with particles");
          }
          const drawings: Drawing[] = [];
          let tokens = 0;
          for (let first = 0; first < requests.length; first += side) {
            const some = requests.slice(first, first + side);
            const told = some.map((request) => ({
              ...request,
              words: request.words?.at(-1)?.words,
            }));
            const streams = await samplePaper(told, parameters, language, sizes, {
              ...sampling,
              ...compileOptions,
              uniform: (stream) => some[stream]!.random.uniform(), // a stream a request
              onStep: (_, active) => {
                tokens += active;
                onProgress(tokens);
              },
            });
            for (const stream of streams) {
              drawings.push({ ...stream, approximation: decodeTokens(stream, language) });
            }
          }
          return drawings;
        },
      };
    },
  };
}
