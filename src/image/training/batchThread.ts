import { parentPort, workerData } from "node:worker_threads";
import { fromState } from "../../data/random/random.ts";
import { buildRun } from "../run.ts";
import type { BatchAnswer, BatchThreadData } from "./batchesAhead.ts";
import { toldImages } from "./toldImages.ts";

// The thread of `openBatches`: told the number of a step, it answers with the batch; told null, it ends.
const { config, images, vectors, random } = workerData as BatchThreadData;
const { language, model } = buildRun(config);
const batchOf = model.batches(
  toldImages(images, language, config, vectors),
  fromState(random).fork("batches"),
);

parentPort?.on("message", (step: number | null) => {
  if (step === null) return parentPort?.close(); // which ends the thread
  const { shape, examples, feeds } = batchOf(step);
  // The model fills its arrays anew for the next step, so copies are handed over.
  const handed = Object.entries(feeds).map(([name, values]) => [name, values.slice()] as const);
  const answer: BatchAnswer = { step, shape, examples, feeds: Object.fromEntries(handed) };
  parentPort?.postMessage(
    answer,
    handed.map(([, values]) => values.buffer),
  );
});
