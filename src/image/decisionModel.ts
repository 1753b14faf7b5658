import {
  coefficientCount,
  type Site,
  startingPlane,
  tokenNames,
  truth,
  walk,
} from "../codec/index.ts";
import { shuffledForever } from "../data/random/shuffle.ts";
import { input, type Tensor } from "../graph/index.ts";
import { crossEntropy } from "../nn/layers/losses.ts";
import { adamw } from "../nn/optimizers/adamw.ts";
import type { Optimizer } from "../nn/optimizers/optimizer.ts";
import { freeze, layoutOf, type Scope } from "../nn/parameters.ts";
import { compile } from "../runtime/compile.ts";
import type { StableOptions } from "../train/schedule.ts";
import type { WalkFollower } from "./answering.ts";
import { createSampler } from "./drawSideBySide.ts";
import { type Example, hasNoLength, type ImageModel, type ModelSetting } from "./model.ts";

/** A network that answers the decisions of the image language one by one. */
export interface DecisionNetwork {
  /** How many numbers describe a decision. */
  readonly features: number;
  /**
   * Describes a decision by `features` numbers: what is asked and where (`site`), the coefficients as far as they are known
   * (α̃, all channels), and the class of the image, which is -1 (`noClass`) where it is not told: in some of the training
   * images, and in guidance. Both objects change after the call.
   */
  describe(site: Site, known: Float64Array, label: number): ArrayLike<number>;
  /** Logits `[decisions, vocabulary]` from descriptions `[decisions, features]`. */
  logits(p: Scope, descriptions: Tensor, vocabulary: number): Tensor;
  readonly rate: StableOptions;
  /** AdamW by default. */
  readonly optimizer?: Optimizer;
  /** Images of a batch; 4 by default. */
  readonly images?: number;
  /** Decisions of a batch, drawn from all decisions of its images; 2048 by default. */
  readonly decisions?: number;
}

/**
 * An image model from a network that sees one decision at a time: training on a random part of the decisions, scoring of all
 * of them, and sampling. What earlier tokens conveyed stands in the known coefficients, so no memory is needed.
 *
 * @example
 * ```ts
 * const own: ModelDefinition<{ width: number }> = {
 *   defaults: { width: 32 },
 *   build: (setting, { width }) =>
 *     decisionModel(setting, {
 *       features: 3,
 *       describe: ({ kind, level, plane }) => [kind, level, plane],
 *       logits: (p, x, vocabulary) =>
 *         linear(p.in("out"), linear(p.in("in"), x, width).gelu(), vocabulary),
 *       rate: { peak: 1e-2, warmup: 20, decayFrom: 0.4, floor: 0.02 },
 *     }),
 * };
 * ```
 */
export function decisionModel(setting: ModelSetting, network: DecisionNetwork): ImageModel {
  const { features, describe, rate, optimizer = adamw() } = network;
  const { images = 4, decisions: rows = 2048 } = network;
  const language = setting.language.tokens;
  const vocabulary = tokenNames[language.vocabulary].length;
  const answer = (p: Scope, count: number) =>
    network.logits(p, input("descriptions", [count, features]), vocabulary);
  const layout = layoutOf((p) => answer(p, 1));
  const cost = (p: Scope) =>
    crossEntropy(answer(p, rows), input("answers", [rows], "int32"), {
      legal: input("legal", [rows, vocabulary], "bool"),
    });

  /** Decisions side by side; a row whose answer is -1 does not count. */
  const newTable = () => ({
    descriptions: new Float32Array(rows * features),
    legal: new Uint8Array(rows * vocabulary),
    answers: new Int32Array(rows).fill(-1),
  });
  type Table = ReturnType<typeof newTable>;
  const write = (table: Table, row: number, { site, known, label, token }: Decision) => {
    table.descriptions.set(describe(site, known, label), row * features);
    for (let t = 0; t < vocabulary; t++) table.legal[row * vocabulary + t] = (site.legal >> t) & 1;
    table.answers[row] = token;
  };

  /** Walks through an image as its encoder does. */
  function visit({ coefficients, label }: Example, each: (decision: Decision) => void): void {
    const known = new Float64Array(coefficientCount(language.geometry));
    const choose = truth(coefficients, known, language);
    const steps = walk(language, startingPlane(coefficients, language.finestPlane), known);
    for (let step = steps.next(); !step.done; ) {
      const token = choose(step.value);
      each({ site: step.value, known, label, token });
      step = steps.next(token);
    }
  }

  return {
    layout,
    rate,
    optimizer,
    objective: () => (p) => {
      const { mean } = cost(p);
      const perImage = input("decisionsPerImage", []).mul(1 / Math.LN2);
      return { loss: mean, metrics: { bitsPerImage: mean.mul(perImage) } };
    },
    batches(training, random) {
      const order = shuffledForever(training.count, random.fork("order"));
      return (step) => {
        const own = random.fork(`step ${step}`);
        const table = newTable();
        let seen = 0;
        for (let k = 0; k < images; k++) {
          visit(training.draw(order((step - 1) * images + k), own), (decision) => {
            // Reservoir sampling (Vitter 1985): every decision is as likely to be kept.
            const row = seen < rows ? seen : own.integer(seen + 1);
            seen++;
            if (row < rows) write(table, row, decision);
          });
        }
        const decisionsPerImage = Float32Array.of(seen / images);
        return { shape: images, examples: images, feeds: { ...table, decisionsPerImage } };
      };
    },
    async scorer(parameters, options) {
      const executable = await compile({ nats: cost(freeze(layout, parameters)).sum }, options);
      const natsOf = async (table: Table) => Number((await executable.run(table)).nats[0]);
      return {
        async bits(examples) {
          const bits: number[] = [];
          for (const example of examples) {
            const tables: Table[] = [];
            let row = rows;
            visit(example, (decision) => {
              if (row === rows) [row] = [0, tables.push(newTable())];
              write(tables.at(-1)!, row++, decision); // there is one from the first decision on
            });
            let nats = 0;
            for (const table of tables) nats += await natsOf(table);
            bits.push(nats / Math.LN2);
          }
          return bits;
        },
        [Symbol.asyncDispose]: () => executable.close(),
      };
    },
    outputs(p, { batch, length }) {
      if (length !== undefined) throw hasNoLength("a model of decisions");
      return { logits: answer(p, batch) };
    },
    descriptions: {
      descriptions: "the numbers that describe a decision",
      logits: `logits of the token that answers it: ${tokenNames[language.vocabulary].join(", ")}`,
    },
    sampler: (parameters, options) =>
      createSampler({
        language,
        follow: ({ label }): LabelFollower => ({ label, isIn: () => true }),
        async answers(count) {
          const logits = answer(freeze(layout, parameters), count);
          const executable = await compile({ logits }, options);
          const descriptions = new Float32Array(count * features);
          return {
            async ask(questions) {
              for (const [row, question] of questions.entries()) {
                if (!question) continue;
                const { site, approximation, follower } = question;
                descriptions.set(describe(site, approximation, follower.label), row * features);
              }
              const found = await executable.run({ descriptions });
              return found.logits as Float32Array; // models compute in float32
            },
            [Symbol.asyncDispose]: () => executable.close(),
          };
        },
      }),
  };
}

/** A walk whose network is told the class alone. */
interface LabelFollower extends WalkFollower {
  readonly label: number;
}

/** A decision of an image, with its answer. */
interface Decision {
  readonly site: Site;
  readonly known: Float64Array;
  readonly label: number;
  readonly token: number;
}
