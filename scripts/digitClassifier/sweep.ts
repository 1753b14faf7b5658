/**
 * Draws digits of a run by many ways of sampling and prints, of each, the share that the digit classifier recognizes and the
 * diversity: what the tables on sampling in docs/log.md are made with. `ondelette image tune` does the same in stages.
 *
 *   node scripts/digitClassifier/sweep.ts --run runs/mnist --data ../shared/data/mnist --classifier classifier.safetensors
 */
import { defineCommand } from "../../src/cli/parser/command.ts";
import { tuningHeading, tuningRow } from "../../src/cli/shared/tuningTable.ts";
import { loadImages, openImages } from "../../src/data/index.ts";
import { UserError } from "../../src/errors/index.ts";
import {
  type ImageSampling,
  openImageRun,
  samplingText,
  tuneSampling,
} from "../../src/image/index.ts";
import { runScript } from "../runScript.ts";
import { readClassifier, recognize } from "./classifier.ts";

const at = (shape: number, detail: number, more: ImageSampling = {}): ImageSampling => ({
  ...{ temperature: { shape, detail }, ...more },
});

/** The most telling first, so that a sweep that is stopped has told something. */
const ways: readonly ImageSampling[] = [
  ...[at(1, 1), at(0.6, 0.6), at(0.6, 1), at(1, 0.6), at(0.8, 0.8), at(0.4, 0.4), at(0.4, 1)],
  ...[at(0.6, 0.8), at(0.8, 1), at(0.4, 0.8)],
  ...[1.5, 2, 3].map((guidance) => at(1, 1, { guidance })),
  ...[at(0.6, 1, { guidance: 2 }), at(0.8, 0.8, { guidance: 2 })],
  ...[0.9, 0.8, 0.6].map((topP) => ({ topP })),
  ...[at(0.6, 0.8, { topP: 0.9 }), { topP: { shape: 0.8 } }],
];

const command = defineCommand({
  options: {
    run: { type: "string", placeholder: "RUN", required: true, help: "run of digits" },
    data: { type: "string", placeholder: "PATH", required: true, help: "folder of MNIST files" },
    classifier: {
      type: "string",
      placeholder: "FILE",
      required: true,
      help: "classifier that train.ts wrote",
    },
    images: { type: "integer", min: 4, default: 500, help: "digits of each way of sampling" },
    seed: { type: "integer", min: 0, default: 1, help: "random seed" },
    ways: { type: "integer", min: 1, default: ways.length, help: "only the first N ways" },
    threads: { type: "integer", min: 1, default: 1, help: "threads of the engine" },
  },
  examples: [
    "node scripts/digitClassifier/sweep.ts --run runs/mnist --data ../shared/data/mnist --classifier classifier.safetensors",
  ],
  async run({ run: folder, data, classifier: file, images, seed, ways: most, threads }, io) {
    const run = await openImageRun(folder);
    const { classifier } = await readClassifier(file);
    if (classifier.classNames.join() !== run.config.classNames.join()) {
      throw new UserError(`${file} does not tell the classes of ${folder} apart`);
    }
    const test = await openImages(data, { part: "test" });
    const real = await loadImages(test, { color: "gray", limit: 2 * images });
    io.print(tuningHeading);
    const tuning = await tuneSampling(run, real, {
      classify: (rasters) => recognize(classifier, rasters, { threads }),
      stages: [() => ways.slice(0, most)],
      ...{ images, seed, threads, signal: io.signal },
      onReal: (quality) => io.print(tuningRow("real digits", quality)),
      onTried: ({ sampling, ...quality }) => io.print(tuningRow(samplingText(sampling), quality)),
    });
    io.print(`highest score: ${samplingText(tuning.best.sampling)}`);
    return { ...tuning, tried: [...tuning.tried] };
  },
});

await runScript("scripts/digitClassifier/sweep.ts", "compare ways of sampling digits", command);
