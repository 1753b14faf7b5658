import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createImageClassifier } from "../../src/image/classify/run.ts";
import { imageClassifierTrainable } from "../../src/image/classify/trainable.ts";
import { buildRun } from "../../src/image/run.ts";
import { loadedDiscs, tinyLanguage, tinyModels } from "../../src/image/testing.ts";
import { createRun } from "../../src/image/training/createRun.ts";
import { plainTrainable } from "../../src/image/training/trainable.ts";
import { openMpi } from "../../src/mpi/openMpi.ts";
import { buildSequence } from "../../src/sequence/run.ts";
import { toyRun } from "../../src/sequence/testing.ts";
import { sequenceTrainable } from "../../src/sequence/trainable.ts";
import { memoryStore } from "../../src/train/run/runStore.ts";
import { train } from "../../src/train/train.ts";
import type { Trainable } from "../../src/train/trainable.ts";

// A GPT, an image model and a classifier, each trained for 12 steps of two parts by the ranks that were started; rank 0
// prints the losses and a hash of the parameters. With the word `doubled` the GPT has one part with a batch twice as large.
const isDoubled = process.argv.includes("doubled");
const folder = await mkdtemp(join(tmpdir(), "ondelette-ranks-"));
const images = loadedDiscs(10);
const opened: AsyncDisposable[] = [];

async function image(): Promise<Trainable> {
  const config = await createRun(memoryStore("image"), images, {
    ...{ model: tinyModels.state, language: tinyLanguage("state"), fit: "resize" },
    ...{ seed: 5, path: "discs", plan: { steps: 12 } },
  });
  return plainTrainable(config, images, { own: buildRun(config) });
}

function classifier(): Trainable {
  const config = createImageClassifier(images, {
    ...{ color: "gray", resize: false, seed: 1, path: "discs", plan: { steps: 12 } },
    options: { channels: 8, blocks: 1, batch: 4 },
  });
  return imageClassifierTrainable(config, images);
}

async function sequence(): Promise<Trainable> {
  const { config, corpus } = await toyRun(folder, { batch: isDoubled ? 8 : 4 });
  opened.push(corpus);
  return sequenceTrainable(buildSequence(config), corpus, config.options);
}

const ranks = await openMpi();
const results: Record<string, unknown> = {};
for (const open of isDoubled ? [sequence] : [sequence, image, classifier]) {
  const losses: number[] = [];
  const { parameters, examples } = await train(
    await open(),
    { steps: 12 },
    {
      ...{ ranks, parts: isDoubled ? 1 : 2, threads: 1, seed: 2 },
      report: ({ metrics }) => losses.push(metrics.loss ?? Number.NaN),
    },
  );
  const hash = createHash("sha256").update(parameters).digest("hex");
  results[open.name] = { losses, examples, hash };
}
if (ranks.rank === 0) console.log(JSON.stringify(results));
await ranks[Symbol.asyncDispose]();
for (const each of opened) await each[Symbol.asyncDispose]();
await rm(folder, { recursive: true, force: true });
