import { type MetricRecord, parseMetrics } from "ondelette/data";
import { freeze } from "ondelette/nn";
import {
  type BuiltModel,
  buildSequence,
  createSequenceInMemory,
  drawSequence,
  memoryDocument,
  sequenceTrainable,
} from "ondelette/sequence";
import {
  decodeParameters,
  type RunStore,
  runNames,
  type Trainable,
  trainRun,
} from "ondelette/train";
import { type KernelRequest, kernelsOf } from "../receptive/kernels.ts";
import { type TrainingRequest, validationSteps } from "./request.ts";

/** A line of a training's metrics. */
export interface Point {
  readonly step: number;
  readonly seconds: number;
  /** Mean loss of the last batches, in nats per character. */
  readonly nats?: number;
  /** The same over the end of the text, which is not trained on. */
  readonly validationNats?: number;
}

/** How far a training is. */
export interface Progress {
  readonly step: number;
  readonly seconds: number;
  readonly finished: boolean;
}

/** What a model wrote. */
export interface Written {
  /** The prompt, without what the text lacks. */
  readonly prompt: string;
  readonly text: string;
}

export interface SampleRequest {
  readonly prompt: string;
  readonly temperature: number;
  /** Characters after the prompt. */
  readonly length: number;
  readonly seed: number;
}

/** A model that learns a text, kept in a store. */
export interface Learner {
  readonly parameters: number;
  /** The curve up to where it was opened. */
  readonly points: readonly Point[];
  readonly progress: Progress;
  /** Trains to the end of the plan, or until the signal; `begun` is told the step that it goes on from. */
  train(
    signal: AbortSignal,
    report: (progress: Progress, fresh: readonly Point[]) => void,
    begun: (from: number) => void,
  ): Promise<void>;
  /** Text by the parameters of the last validation; between two steps, while it trains. */
  sample(request: SampleRequest): Promise<Written>;
  /** The weights of the mixing after a layer, from 1, as learned; see kernelsOf. */
  kernels(layer: number, positions: KernelRequest["positions"]): Promise<Float32Array>;
}

/** Characters of the validation part that are scored on the way. */
const validationTokens = 4096;

/** Seconds between checkpoints. */
const saveEvery = 5;

/** Opens a training where it was left. Throws UserError where the text is too short, or a setting does not fit. */
export async function openLearner(store: RunStore, request: TrainingRequest): Promise<Learner> {
  const { config, kind, corpus } = await prepare(request);
  const symbols = new Set(request.text);
  const model = buildSequence(config);
  const shape = { batch: request.batch, peak: request.rate, unit: "character", validationTokens };
  const trainable = sequenceTrainable(model, corpus, shape);

  const kept = await keptState(store, model);
  const { points } = kept;
  let { parameters } = kept;
  let progress: Progress = { ...kept.progress, finished: kept.progress.step >= request.steps };

  let sampling: Promise<unknown> = Promise.resolve();
  let aside = 0; // seconds of samples, which are no training
  const clock = () => performance.now() / 1000 - aside;

  /** Lets a sample be drawn before each step, and keeps the parameters of each validation for the next. */
  const watched: Trainable = {
    ...trainable,
    batches(random) {
      const batches = trainable.batches(random);
      return async (step) => {
        const begun = performance.now();
        await sampling;
        aside += (performance.now() - begun) / 1000;
        return batches(step);
      };
    },
    async validator(options) {
      const validator = await trainable.validator!(options); // a sequence has one
      return {
        async score(values, how) {
          const scores = await validator.score(values, how);
          parameters = Float32Array.from(values);
          return scores;
        },
        [Symbol.asyncDispose]: () => validator[Symbol.asyncDispose](),
      };
    },
  };

  return {
    parameters: model.layout.size,
    points,
    get progress() {
      return progress;
    },
    async train(signal, report, begun) {
      let fresh: Point[] = [];
      const noting: RunStore = {
        ...store,
        async append(file, text) {
          if (file === runNames.metrics) fresh.push(...parseMetrics(text).map(pointOf));
          return store.append(file, text);
        },
      };
      const tell = () => {
        report(progress, fresh);
        fresh = [];
      };
      let told = 0;
      let isFirst = true;
      const trained = await trainRun(noting, config, watched, {
        ...{ signal, clock, saveEvery, timing: "steps", threads: 1 },
        rhythm: { steps: validationSteps(request.steps) },
        report({ step, seconds }) {
          progress = { step, seconds, finished: false };
          if (isFirst) begun(step - 1);
          isFirst = false;
          if (fresh.length === 0 && performance.now() - told < 200) return;
          told = performance.now();
          tell();
        },
      });
      parameters = trained.parameters;
      const { step, seconds, interrupted } = trained;
      progress = { step, seconds, finished: !interrupted };
      tell();
    },
    sample({ prompt, temperature, length, seed }) {
      const draw = async () => {
        const begin = known(prompt, symbols);
        const tokens = kind.prompt?.(begin) ?? new Uint16Array();
        const drawn = await drawSequence(
          { ...model, parameters },
          { prompt: tokens, length: tokens.length + length, seed, temperature, threads: 1 },
        );
        const text = new TextDecoder().decode(kind.decode(drawn.subarray(tokens.length)));
        return { prompt: begin, text };
      };
      const drawn = sampling.then(draw);
      sampling = drawn.catch(() => {}); // whoever asked hears of it
      return drawn;
    },
    kernels(layer, positions) {
      const { width, context } = request;
      const scope = freeze(model.layout, parameters).in("mixing");
      return kernelsOf(model.mixing, { width, context, positions }, { scope, layer });
    },
  };
}

const prepare = (request: TrainingRequest) => {
  const { text, mixing, layers, heads, width, context, batch, rate: peak, seed, steps } = request;
  const parts = { train: [memoryDocument("the text", text)], valid: [] };
  return createSequenceInMemory(parts, {
    ...{ path: "text.txt", kind: "chars", seed, plan: { steps } },
    options: { mixing, design: "rotary", layers, heads, width, context, batch, peak },
  });
};

/** What a store holds of a training: its last parameters, which are zeros before the first, and its curve up to them. */
async function keptState(store: RunStore, { layout }: BuiltModel) {
  const bytes = await store.read(runNames.latest);
  if (!bytes) {
    return {
      parameters: new Float32Array(layout.size),
      points: [],
      progress: { step: 0, seconds: 0 },
    };
  }
  const path = store.path(runNames.latest);
  const { parameters, step, seconds } = decodeParameters(bytes, path, layout);
  const metrics = await store.read(runNames.metrics);
  const records = metrics ? parseMetrics(new TextDecoder().decode(metrics)) : [];
  const points = records.filter((record) => record.step <= step).map(pointOf);
  return { parameters, points, progress: { step, seconds } };
}

const pointOf = ({ step, seconds, nats, validationNats }: MetricRecord): Point => ({
  step,
  seconds: Number(seconds),
  ...(typeof nats === "number" && { nats }),
  ...(typeof validationNats === "number" && { validationNats }),
});

/** A prompt without the characters that the text lacks. */
const known = (prompt: string, symbols: ReadonlySet<string>): string =>
  [...prompt].filter((character) => symbols.has(character)).join("");
