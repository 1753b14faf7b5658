/**
 * Time and memory that a corpus larger than a training needs, from a file to a trained model.
 *
 *   node scripts/bigCorpus.ts [megabytes, 1000 by default] [folder, the system's temporary one by default]
 *
 * Writes a file of random words, makes each of its bytes a token, draws 1000 batches of 32 windows of 512 tokens, and trains
 * a small model for 400 steps. Needs three times the size on the disk; what it has written is removed.
 */
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRandom } from "../src/data/index.ts";
import {
  buildSequence,
  createSequence,
  type SequenceOptions,
  sequenceTrainable,
  trainingBatches,
} from "../src/sequence/index.ts";
import { trainRun } from "../src/train/index.ts";

const [megabytes = "1000", within = tmpdir()] = process.argv.slice(2);
const shape = { context: 512, batch: 32 };
const steps = 1000;
const options: SequenceOptions = {
  mixing: "haar",
  ...{ layers: 2, width: 64, heads: 4, context: 128, batch: 8, peak: 3e-3 },
};
const plan = { steps: 400 };

let since = performance.now();
function report(what: string): void {
  const seconds = (performance.now() - since) / 1000;
  const mib = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`;
  const peak = process.resourceUsage().maxRSS * 1024;
  const memory = `${mib(process.memoryUsage.rss())} in memory, ${mib(peak)} at most so far`;
  console.log(`${what.padEnd(32)}${seconds.toFixed(1).padStart(7)} s   ${memory}`);
  since = performance.now();
}

/** Writes a megabyte of words again and again, each time begun elsewhere. */
async function writeText(path: string): Promise<void> {
  const random = createRandom(1);
  const letters = Array.from({ length: 10 ** 6 }, () =>
    random.integer(6) === 0 ? " " : String.fromCharCode(97 + random.integer(26)),
  );
  const text = Buffer.from(letters.join(""));
  await using file = await open(path, "w");
  for (let written = 0; written < Number(megabytes); written++) {
    const from = random.integer(text.length);
    await file.writeFile(text.subarray(from));
    await file.writeFile(text.subarray(0, from));
  }
}

const folder = await mkdtemp(join(within, "ondelette-big-"));
try {
  report("start");
  const path = join(folder, "text.txt");
  await writeText(path);
  report(`${megabytes} MB of text`);
  const run = join(folder, "run");
  const { config, corpus: opened } = await createSequence(run, {
    ...{ path, kind: "bytes", kindOptions: {}, options, seed: 1, plan },
  });
  await using corpus = opened;
  report("prepared");
  const batches = trainingBatches(corpus.train, { ...shape, random: createRandom(1) });
  await batches(1);
  report("first batch");
  for (let step = 1; step <= steps; step++) await batches(step);
  report(`${steps} batches of ${shape.batch} × ${shape.context}`);
  await trainRun(run, config, sequenceTrainable(buildSequence(config), corpus, options), {
    threads: 1,
    report({ step, text }) {
      if (step % 100 === 0) report(`step ${step}: ${text}`);
    },
  });
} finally {
  await rm(folder, { recursive: true });
}
