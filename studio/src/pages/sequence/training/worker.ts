import { expose, transfer } from "comlink";
import { alone } from "../../../shared/runs/alone.ts";
import { browserRuns } from "../../../shared/runs/browserStore.ts";
import { locateEngine } from "../../../shared/workerEngine.ts";
import {
  type Learner,
  openLearner,
  type Point,
  type Progress,
  type SampleRequest,
  type Written,
} from "./learner.ts";
import { runName, type TrainingRequest } from "./request.ts";

locateEngine();

/** The runs that are kept: both models of a few settings. */
const most = 12;

const runs = browserRuns("sequence");
let name = "";
let learner: Learner | undefined;
let stop = new AbortController();
let training: Promise<unknown> = Promise.resolve();

/** What is there when a training is opened. */
export interface Opened {
  readonly parameters: number;
  readonly points: readonly Point[];
  readonly progress: Progress;
  /** Whether the training outlives the page. */
  readonly isKept: boolean;
}

function current(): Learner {
  if (!learner) throw new Error("no text is open");
  return learner;
}

/** Ends the training in progress, which keeps its state. */
async function pause(): Promise<void> {
  stop.abort();
  await training.catch(() => {}); // who started it hears of it
}

const api = {
  pause,

  /** Opens the training of these settings, where it was left. */
  async open(request: TrainingRequest): Promise<Opened> {
    await pause();
    name = await runName(request);
    learner = await openLearner(runs.open(name), request);
    const { parameters, points, progress } = learner;
    return { parameters, points, progress, isKept: await runs.isKept() };
  },

  /** Trains to the end of the plan, or until `pause`; `begun` is told the step that it goes on from. */
  async train(
    report: (progress: Progress, fresh: readonly Point[]) => void,
    begun: (from: number) => void,
  ): Promise<Progress> {
    await pause();
    stop = new AbortController();
    const { signal } = stop;
    const open = current();
    await runs.keepNewest(most);
    training = alone(`ondelette ${name}`, () => open.train(signal, report, begun));
    await training;
    return open.progress;
  },

  /** Forgets the training. */
  async reset(request: TrainingRequest): Promise<Opened> {
    await pause();
    const forgotten = await runName(request);
    await alone(`ondelette ${forgotten}`, () => runs.remove(forgotten));
    return api.open(request);
  },

  sample: (request: SampleRequest): Promise<Written> => current().sample(request),

  async kernels(layer: number, positions: readonly number[]): Promise<Float32Array> {
    const weights = await current().kernels(layer, positions);
    return transfer(weights, [weights.buffer]);
  },

  /** The files of the run, as the command line reads them. */
  files: () => runs.files(name),
};

export type TrainingWorker = typeof api;

expose(api);
