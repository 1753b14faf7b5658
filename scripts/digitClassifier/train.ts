/**
 * Trains the digit classifier that judges samples of the image model, and tells how far it can be trusted: its accuracy
 * on the real test digits, and on the same digits after encoding and decoding in the wavelet language.
 *
 *   node scripts/digitClassifier/train.ts --data ../shared/data/mnist --out classifier.safetensors
 */
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { defineCommand } from "../../src/cli/parser/command.ts";
import { encodeTokens } from "../../src/codec/index.ts";
import { loadImages, openImages, type Raster } from "../../src/data/index.ts";
import { UserError } from "../../src/errors/index.ts";
import {
  analyze,
  type ImageLanguageOptions,
  imageLanguage,
  synthesize,
} from "../../src/image/index.ts";
import { runScript } from "../runScript.ts";
import {
  recognize,
  sideOf,
  trainClassifier,
  trainingSteps,
  writeClassifier,
} from "./classifier.ts";
import { percent } from "./percent.ts";

/** The language of the digit model, whose samples are to be judged. */
const languageOptions: ImageLanguageOptions = { wavelet: "haar", finest: 0.125 };

const command = defineCommand({
  options: {
    data: {
      type: "string",
      placeholder: "PATH",
      required: true,
      help: "folder of MNIST files, or with a folder train and a folder test",
    },
    out: { type: "string", placeholder: "FILE", required: true, help: "safetensors file to write" },
    epochs: { type: "integer", min: 1, default: 16, help: "times each picture is seen" },
    seed: { type: "integer", default: 1, help: "decides the start, the order and the distortions" },
    threads: { type: "integer", min: 1, default: 1, help: "threads of the engine" },
  },
  examples: [
    "node scripts/digitClassifier/train.ts --data ../shared/data/mnist --out classifier.safetensors",
  ],
  async run({ data, out, epochs, seed, threads }, io) {
    await requireFolderOf(out);
    const load = async (part: "train" | "test") => {
      const source = await openImages(data, { part });
      if (source.part !== part)
        throw new UserError(
          `${data} has no test part; the accuracy would be that on trained digits`,
        );
      return loadImages(source, { color: "gray", signal: io.signal });
    };
    const [train, test] = [await load("train"), await load("test")];
    sideOf([...train.rasters, ...test.rasters]); // a mistake is better known before the training
    if (train.classNames.length < 2)
      throw new UserError(`${data} has a single class; a classifier needs labels`);

    const bar = io.progress({
      label: "training",
      unit: "steps",
      total: trainingSteps(train.rasters.length, epochs),
    });
    const begun = performance.now();
    const classifier = await trainClassifier(train, {
      epochs,
      seed,
      threads,
      onStep: (step, bits) => bar.update(step, `${bits.toFixed(3)} bits per digit`),
      signal: io.signal,
    });
    bar.finish();
    const seconds = (performance.now() - begun) / 1000;

    const share = async (rasters: readonly Raster[]) => {
      const found = await recognize(classifier, rasters, { threads });
      return found.filter((label, i) => label === test.labels[i]).length / found.length;
    };
    const accuracy = {
      real: await share(test.rasters),
      decoded: await share(test.rasters.map(encodeAndDecode)),
    };
    await writeClassifier(out, classifier, accuracy);

    const { wavelet, finest } = languageOptions;
    io.print(
      `test digits              ${percent(accuracy.real)} of ${test.rasters.length} recognized`,
    );
    io.print(
      `after encode and decode  ${percent(accuracy.decoded)} recognized (${wavelet}, T_f = ${finest})`,
    );
    io.print(`trained in               ${seconds.toFixed(0)} s (${epochs} epochs)`);
    io.print(`written                  ${out}`);
    return { accuracy, images: test.rasters.length, seconds, file: out };
  },
});

/** What the decoder of the language makes of a picture. */
function encodeAndDecode(raster: Raster): Raster {
  const language = imageLanguage(languageOptions, raster);
  const { approximation } = encodeTokens(analyze(raster, language), language.tokens);
  return synthesize(approximation, language).raster;
}

/** Better known before the training than after. */
async function requireFolderOf(path: string): Promise<void> {
  const folder = await stat(dirname(path)).catch(() => undefined);
  if (!folder?.isDirectory())
    throw new UserError(`${path} cannot be written: the folder ${dirname(path)} does not exist`);
}

await runScript("scripts/digitClassifier/train.ts", "train the judge of sampled digits", command);
