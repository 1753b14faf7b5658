import { once } from "node:events";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { Random, RandomState } from "../../data/random/random.ts";
import { UserError } from "../../errors/userError.ts";
import type { Batch, Batches } from "../../train/trainable.ts";
import type { ImageConfig } from "../run.ts";
import type { TextVectors } from "../words/captionVectors.ts";
import type { CaptionedImages } from "./trainingSet.ts";

/** What the thread is given at its start. */
export interface BatchThreadData {
  readonly config: ImageConfig;
  /** In the classes of the run. */
  readonly images: CaptionedImages;
  readonly vectors: TextVectors | undefined;
  /** State of the training's random generator. */
  readonly random: RandomState;
}

/** What the thread answers to the number of a step. */
export type BatchAnswer = Batch & { readonly step: number };

interface Waiting {
  resolve(batch: Batch): void;
  reject(reason: Error): void;
}

// Sources run as they are, and compiled: the thread's module has the ending of this one.
const threadModule = new URL(`./batchThread${extname(import.meta.url)}`, import.meta.url);

/**
 * Starts a thread that makes a run's batches ahead, while the training computes: with the batch of a step, that of the next
 * is begun. Laying out a batch takes a quarter as long as learning from it.
 */
export function openBatches(
  config: ImageConfig,
  { rasters, labels, captions }: CaptionedImages,
  random: Random,
  vectors?: TextVectors,
): Batches {
  const images = { rasters, labels, ...(captions && { captions }) };
  const workerData: BatchThreadData = { config, images, vectors, random: random.state() };
  const thread = new Worker(threadModule, { workerData });
  const asked = new Map<number, Promise<Batch>>();
  const waiting = new Map<number, Waiting>();
  let failure: Error | undefined;

  const ask = (step: number): Promise<Batch> => {
    const known = asked.get(step);
    if (known) return known;
    const batch = new Promise<Batch>((resolve, reject) => {
      if (failure) return reject(failure);
      waiting.set(step, { resolve, reject });
      thread.postMessage(step);
    });
    batch.catch(() => {}); // one asked for ahead may never be waited for
    asked.set(step, batch);
    return batch;
  };
  thread.on("message", ({ step, ...batch }: BatchAnswer) => {
    waiting.get(step)?.resolve(batch);
    waiting.delete(step);
  });
  let ended = false;
  thread.once("exit", () => {
    ended = true;
  });
  thread.on("error", (error: Error) => {
    // Another thread's errors arrive without their class.
    failure = error.name === "UserError" ? new UserError(error.message) : error;
    for (const { reject } of waiting.values()) reject(failure);
  });

  let stride = 1;
  let before: number | undefined;
  const batchOf = (step: number): Promise<Batch> => {
    for (const earlier of asked.keys()) if (earlier < step) asked.delete(earlier);
    const batch = ask(step);
    // A rank of a job takes every so-manieth batch.
    if (before !== undefined && step > before) stride = step - before;
    before = step;
    ask(step + stride);
    return batch;
  };
  return Object.assign(batchOf, {
    async [Symbol.asyncDispose]() {
      if (ended) return;
      // It ends by itself, between two batches: ending a thread amid its work can take the process along (a race in V8).
      const end = once(thread, "exit");
      thread.postMessage(null);
      await end;
    },
  });
}
