import { extname } from "node:path";
import { checkFilePath, writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { checkOutput } from "../../data/files/checkOutput.ts";
import { encodePng } from "../../data/formats/png.ts";
import { UserError } from "../../errors/userError.ts";
import {
  type Evaluation,
  evaluationOf,
  openScoring,
  type ScoredImages,
} from "../../image/evaluate.ts";
import { formOf } from "../../image/run.ts";
import {
  imageFiles,
  openImageRun,
  readStaticCoder,
  recommendedSampling,
} from "../../image/runFolder.ts";
import { squaresOf } from "../../image/training/trainingSet.ts";
import { pairSheet } from "../../image/words/pairSheet.ts";
import { defineCommand, type Io } from "../parser/command.ts";
import { runOption } from "../shared/commonOptions.ts";
import { engineOf, engineOptions } from "../shared/engineOptions.ts";
import { readImages, strictOption } from "../shared/readImages.ts";
import { type CommandWork, doWork, sharingOptions } from "../shared/sharedWork.ts";
import { textVectorOptions, withTextVectors } from "../shared/textVectorOptions.ts";
import {
  fingerprintOfImages,
  fingerprintOfRun,
  fingerprintOfTexts,
} from "../shared/workSettings.ts";

/** `ondelette image eval`: measures how well a run's model predicts images that it was not trained on. */
export const command = defineCommand({
  about:
    "Scores the test part of the data (all of it, if there is no test part) in bits, beside a static context coder " +
    "fitted to the run's training images. bits/dim is per pixel and channel. The tokens of a lossless run are the image, " +
    "and its bits/dim are those of the literature; those of any other are an approximation, so compare their bits only at " +
    "equal PSNR. A run that was trained on captions is told those of the images; its bits without them stand beside, and the " +
    "share of the images that are likelier under their own caption than under each of nine others, drawn by a hash.",
  options: {
    run: runOption,
    data: { type: "string", placeholder: "PATH", required: true, help: "images to score" },
    limit: {
      type: "integer",
      min: 1,
      max: 1e9,
      otherwise: "all",
      help: "images to score, spread evenly over the data",
    },
    sheet: {
      type: "string",
      placeholder: "FILE.png",
      otherwise: "none is drawn",
      help: "picture to write: 40 captioned images, the first by a hash, each beside what the model draws for its caption",
    },
    strict: strictOption,
    ...engineOptions,
    ...textVectorOptions,
    ...sharingOptions,
  },
  examples: [
    "ondelette image eval --run runs/mnist --data data/mnist --limit 1000",
    "ondelette image eval --run runs/mnist --data data/mnist --jobs 4",
  ],
  advice: {
    "no-checkpoint": "`ondelette image train --resume --out RUN` trains it",
  },
  parallel: true,
  async run(args, io) {
    const engine = await engineOf(args, io);
    const { run: folder, data, limit, sheet, strict } = args;
    if (sheet !== undefined) await checkSheet(sheet, folder);
    const run = withTextVectors(await openImageRun(folder), args);
    const coder = await readStaticCoder(folder);
    const form = { ...formOf(run.config), strict, ...(limit !== undefined && { limit }) };
    const images = await readImages(data, "test", form, io);
    const pairs = squaresOf(images, run.config.classNames, run.language);
    if (sheet !== undefined && !(run.config.words && images.captions)) {
      const what = run.config.words ? data : `${folder}, as it was trained,`;
      throw new UserError(`${what} has no captions to draw a sheet of`);
    }
    await using scoring = openScoring(run, images, {
      ...{ staticCoder: coder, signal: io.signal },
      ...engine,
    });
    const work: CommandWork<ScoredImages> = {
      settings: {
        ...{ run: fingerprintOfRun(run), data: fingerprintOfImages(images) },
        texts: await fingerprintOfTexts(args),
        device: engine.device,
      },
      ...{ items: scoring.images, together: scoring.together },
      progress: { label: "scoring", unit: "images", total: scoring.images },
      async compute({ first, end }, report) {
        const scored = await scoring.score(first, end);
        report(end - first);
        return scored;
      },
    };
    return await doWork(args, io, work, async (parts) => {
      const result = await evaluationOf(run, parts);
      report(result, run.language.lossless !== undefined, io);
      if (sheet !== undefined) {
        const { sampling } = await recommendedSampling(folder, run.config);
        const options = { seed: 1, ...sampling, ...engine };
        await writeFileAtomically(sheet, encodePng(await pairSheet(run, pairs, options)));
        io.print(`sheet          ${sheet}`);
      }
      return { ...result, step: run.step };
    });
  },
});

/** Prints the figures. */
function report(result: Evaluation, isLossless: boolean, io: Io): void {
  const { bitsPerImage, bitsPerPixel, bitsPerDim, psnr, staticCoder, words } = result;
  const { tokensPerImage, tokensPerSecond } = result;
  io.print(`images         ${result.images}`);
  io.print(
    `model          ${bitsPerImage.toFixed(1)} bits/image, ${bitsPerPixel.toFixed(4)} bits/pixel, ` +
      `${bitsPerDim.toFixed(4)} bits/dim`,
  );
  if (words) {
    io.print(`without words  ${words.bitsWithout.toFixed(1)} bits/image`);
    const share = (100 * words.recognized).toFixed(1);
    io.print(`recognized     ${share} % of ${words.captioned} images by their captions, among ten`);
  }
  if (staticCoder) {
    const perDim = isLossless ? `, ${staticCoder.bitsPerDim.toFixed(4)} bits/dim` : "";
    io.print(`static coder   ${staticCoder.bitsPerImage.toFixed(1)} bits/image${perDim}`);
  }
  io.print(`PSNR           ${psnr === null ? "exact" : `${psnr.toFixed(2)} dB`}`);
  io.print(
    `tokens         ${tokensPerImage.toFixed(1)} per image, ${tokensPerSecond.toFixed(0)}/s`,
  );
}

async function checkSheet(path: string, run: string): Promise<void> {
  if (extname(path).toLowerCase() !== ".png") {
    throw new UserError(`${path} would be a PNG file: end it in .png`);
  }
  const { config, latest } = imageFiles(run);
  await checkOutput(path, [config, latest]);
  await checkFilePath(path);
}
