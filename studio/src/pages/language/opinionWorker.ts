import { expose, transfer } from "comlink";
import { tokenNames } from "ondelette/codec";
import { createRandom } from "ondelette/data";
import { fetchModel, type LoadedModel } from "../../shared/models/loadModel.ts";
import { locateEngine } from "../../shared/workerEngine.ts";

let model: LoadedModel | undefined;

/** What a model expects at each decision of a stream. */
export interface Expectation {
  /** Probability of each token of the vocabulary, decision after decision; 0 where a token is not legal. */
  readonly probabilities: Float32Array;
  readonly classNames: readonly string[];
}

/**
 * The shipped model's probabilities at every decision of a stream, if the picture were of a class. The stream is drawn from the
 * model, and each of its own tokens is made the only one.
 */
async function expect(
  url: string,
  stream: { readonly tokens: Uint8Array; readonly startingPlane: number },
  label: number,
): Promise<Expectation> {
  model ??= await fetchModel(url);
  const { language, parameters, config } = model;
  const { tokens, startingPlane } = stream;
  const { length: vocabulary } = tokenNames[language.tokens.vocabulary];
  const probabilities = new Float32Array(tokens.length * vocabulary);
  let at = 0;
  const only = new Float64Array(vocabulary);
  await model.model.sampler(parameters, { threads: 1 }).draw(
    [
      {
        ...{ label, startingPlane, random: createRandom(1) },
        watch({ site, position }, logits) {
          at = position;
          const own = probabilities.subarray(at * vocabulary, (at + 1) * vocabulary);
          const isLegal = (token: number) => ((site.legal >> token) & 1) === 1;
          const most = logits.reduce(
            (high, x, t) => (isLegal(t) ? Math.max(high, x) : high),
            -Infinity,
          );
          for (let t = 0; t < vocabulary; t++)
            own[t] = isLegal(t) ? Math.exp(logits[t]! - most) : 0;
          const sum = own.reduce((total, p) => total + p, 0);
          for (let t = 0; t < vocabulary; t++) own[t]! /= sum;
        },
        weigh() {
          only.fill(0);
          only[tokens[at]!] = 1;
          return only;
        },
      },
    ],
    {},
  );
  const answer = { probabilities, classNames: config.classNames };
  return transfer(answer, [probabilities.buffer]);
}

const api = { expect };

export type OpinionWorker = typeof api;

locateEngine();
expose(api);
