import { stat } from "node:fs/promises";
import { join } from "node:path";
import { printedDigitCounts, printedDigits } from "../../data/digits/printedDigits.ts";
import { writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { makeFolder } from "../../data/files/makeFolder.ts";
import { encodePng } from "../../data/formats/png.ts";
import { shareImages } from "../../data/images/shareImages.ts";
import { drawImages, sampleSheet } from "../../image/draw.ts";
import { evaluate } from "../../image/evaluate.ts";
import { createRun, openImageRun, readStaticCoder } from "../../image/runFolder.ts";
import { type ImageSampling, samplingText } from "../../image/sampling.ts";
import { stateDefaults } from "../../image/state/options.ts";
import { coarseToFine } from "../../image/strip.ts";
import { imageTrainable } from "../../image/training/imageTrainable.ts";
import type { Plan } from "../../train/plan.ts";
import { trainRun } from "../../train/run/trainRun.ts";
import { defineCommand, type Io } from "../parser/command.ts";
import { seedOption } from "../shared/commonOptions.ts";
import { engineOf, engineOptions } from "../shared/engineOptions.ts";
import { losslessFigures, losslessLine } from "../shared/losslessFigures.ts";
import { demoDigits } from "../shared/missingData.ts";
import { planOf } from "../shared/planOf.ts";
import { readImages } from "../shared/readImages.ts";
import { minutesOption, stepsOption, trainingProgress } from "../shared/trainingOptions.ts";

/** Where the digits are drawn, once. */
const digits = demoDigits;

/** In two minutes a small network takes enough more steps to be the better one; see the learning curves in docs/log.md. */
const small = { width: 128, rows: { shape: 2048, detail: 1536 }, peak: 5e-3 };

/** Steps of two minutes on two idle cores. */
const usualSteps = 1900;

/** The lossless model learns for an eighth of the time. */
const eighthOf = (plan: Plan): Plan =>
  "steps" in plan
    ? { steps: Math.max(1, Math.round(plan.steps / 8)) }
    : { minutes: plan.minutes / 8 };

/** After two minutes the model is unsure of much; guidance and the likelier tokens alone (the paper's top-p, §4.7) hold a digit together. */
const sampling: ImageSampling = { topP: 0.6, guidance: { shape: 2, detail: 1.5 } };

/** `ondelette demo`: what `npm start` runs. */
export const command = defineCommand({
  about:
    "Trains the image model on printed digits, drawn into data/digits, then generates new ones, class by class and from " +
    "coarse to fine, and scores digits in typefaces it has not seen. A second, short training is of the same digits without " +
    "loss, beside what other lossless formats need. It takes about two minutes on two idle cores.",
  options: {
    steps: { ...stepsOption, otherwise: `${usualSteps}`, help: "steps to train" },
    minutes: { ...minutesOption(0), otherwise: "train by steps", help: "minutes to train" },
    out: {
      type: "string",
      short: "o",
      placeholder: "FOLDER",
      otherwise: "runs/demo, numbered if it is taken",
      help: "folder to make",
    },
    seed: seedOption,
    ...engineOptions,
  },
  examples: ["ondelette demo", "ondelette demo --minutes 10 --out runs/longer"],
  async run({ steps, minutes, out, seed, ...args }, io) {
    const folder = await unused(out ?? join("runs", "demo"));
    await makeFolder(folder);
    const compile = await engineOf(args, io);
    const plan = planOf(steps, minutes) ?? { steps: usualSteps };
    await drawOnce(digits, io);
    const training = shareImages(await readImages(digits, "train", { color: "gray" }, io));
    const heldOut = await readImages(digits, "test", { color: "gray", limit: 500 }, io);
    const config = await createRun(folder, training, {
      model: { name: "state", options: { ...stateDefaults, ...small } },
      language: { wavelet: "haar", finest: 0.125 },
      fit: "resize",
      seed,
      path: digits,
      plan,
    });
    const progress = trainingProgress(io, plan);
    const model = imageTrainable(config, training, { validation: heldOut, ...compile });
    const trained = await trainRun(folder, config, model, {
      ...compile,
      signal: io.signal,
      report: progress.report,
    });
    progress.finish();

    const run = await openImageRun(folder);
    const files = {
      samples: join(folder, "samples.png"),
      strip: join(folder, "coarse-to-fine.png"),
      ...(trained.curve !== undefined && { curve: trained.curve }),
    };
    const { sheet } = await sampleSheet(run, { perClass: 8, seed, ...sampling, ...compile });
    await writeFileAtomically(files.samples, encodePng(sheet));
    const four = await drawImages(run, { labels: [2, 3, 5, 8], seed, ...sampling, ...compile });
    await writeFileAtomically(files.strip, encodePng(coarseToFine(four, run.language)));
    const score = await evaluate(run, heldOut, {
      ...compile,
      staticCoder: await readStaticCoder(folder),
    });

    const lossless = await losslessFigures(io, join(folder, "lossless"), training, heldOut, {
      ...{ path: digits, seed, compile, plan: eighthOf(plan) },
    });

    const { bitsPerImage, psnr, staticCoder } = score;
    io.print(
      `trained ${trained.step} steps on ${trained.examples} images in ${trained.seconds.toFixed(0)} s`,
    );
    if (trained.step < usualSteps / 2) {
      io.print(
        `only ${trained.step} of the usual ${usualSteps} steps: many of these digits cannot be read yet`,
      );
    }
    io.print(`samples, a row per class     ${files.samples} (${samplingText(sampling)})`);
    io.print(`digits from coarse to fine   ${files.strip}`);
    if (files.curve) io.print(`learning curve               ${files.curve}`);
    io.print(
      `digits in unseen typefaces   ${bitsPerImage.toFixed(1)} bits/image at ${psnr?.toFixed(1)} dB; ` +
        `a static coder needs ${staticCoder?.bitsPerImage.toFixed(1)}`,
    );
    io.print(`the same without loss        ${losslessLine(lossless)}`);
    return {
      ...files,
      ...score,
      lossless: { ...lossless },
      steps: trained.step,
      seconds: trained.seconds,
    };
  },
});

/** Draws the digits behind a progress bar, unless they were drawn before. */
async function drawOnce(folder: string, io: Io): Promise<void> {
  const total = printedDigitCounts.train + printedDigitCounts.test;
  let bar: ReturnType<Io["progress"]> | undefined;
  await printedDigits(folder, {
    signal: io.signal,
    onDrawn(done) {
      bar ??= io.progress({ label: "drawing digits", unit: "images", total });
      bar.update(done);
    },
  });
  bar?.finish();
}

/** The folder, or one numbered after it if it is taken: a second demo does not overwrite the first. */
async function unused(folder: string): Promise<string> {
  const taken = (path: string) =>
    stat(path).then(
      () => true,
      () => false,
    );
  if (!(await taken(folder))) return folder;
  let n = 2;
  while (await taken(`${folder}-${n}`)) n++;
  return `${folder}-${n}`;
}
