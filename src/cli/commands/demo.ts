import { stat } from "node:fs/promises";
import { join } from "node:path";
import { printedDigitCounts, printedDigits } from "../../data/digits/printedDigits.ts";
import { writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { makeFolder } from "../../data/files/makeFolder.ts";
import { encodePng } from "../../data/formats/png.ts";
import { drawImages, sampleSheet } from "../../image/draw.ts";
import { evaluate } from "../../image/evaluate.ts";
import { openRun } from "../../image/run.ts";
import { stateDefaults } from "../../image/state/model.ts";
import { coarseToFine } from "../../image/strip.ts";
import { createRun } from "../../image/training/createRun.ts";
import { drawCurve } from "../../image/training/curve.ts";
import { trainRun } from "../../image/training/train.ts";
import { defineCommand, type Io } from "../parser/command.ts";
import { readImages } from "../shared/readImages.ts";

/** Where the digits are drawn, once. */
const digits = join("data", "digits");

/** In two minutes a small network sees enough more images to be the better one; see the learning curves in docs/log.md. */
const small = { width: 96, summaryWidth: 96 };

/** After two minutes the model is unsure of much; the likelier tokens alone (the paper's top-p, §4.7) hold a digit together. */
const topP = 0.6;

/** `ondelette demo`: what `npm start` runs. */
export const command = defineCommand({
  about:
    "Trains the image model on the printed digits, drawn into data/digits, then draws new ones, class by class and " +
    "from coarse to fine, and scores digits in typefaces it has not seen.",
  options: {
    minutes: { type: "number", min: 0.05, default: 2.2, help: "minutes to train" },
    out: { type: "string", placeholder: "FOLDER", help: "folder to make; runs/demo by default" },
    seed: { type: "integer", default: 1, help: "what chance begins with" },
    threads: { type: "integer", min: 1, help: "processor threads; by default one per core" },
  },
  examples: ["ondelette demo", "ondelette demo --minutes 10 --out runs/longer"],
  async run({ minutes, out, seed, threads }, io) {
    const folder = await unused(out ?? join("runs", "demo"));
    await makeFolder(folder);
    const compile = threads === undefined ? {} : { threads };
    const plan = { minutes };
    await drawOnce(digits, io);
    const training = await readImages(digits, "train", { color: "gray" }, io);
    const heldOut = await readImages(digits, "test", { color: "gray", limit: 500 }, io);
    await createRun(folder, training, {
      model: { name: "state", options: { ...stateDefaults, ...small } },
      language: { wavelet: "haar", finest: 0.125 },
      fit: "resize",
      seed,
      path: digits,
      plan,
    });
    const bar = io.progress({ label: "training", unit: "steps", total: { seconds: 60 * minutes } });
    const trained = await trainRun(folder, training, plan, {
      ...compile,
      signal: io.signal,
      heldOut,
      report: ({ step }, _, text) => bar.update(step, text),
    });
    bar.finish();

    const run = await openRun(folder);
    const files = {
      samples: join(folder, "samples.png"),
      strip: join(folder, "coarse-to-fine.png"),
      curve: await drawCurve(folder),
    };
    const { sheet } = await sampleSheet(run, { perClass: 8, seed, topP, ...compile });
    await writeFileAtomically(files.samples, encodePng(sheet));
    const four = await drawImages(run, { labels: [2, 3, 5, 8], seed, topP, ...compile });
    await writeFileAtomically(files.strip, encodePng(coarseToFine(four, run.language)));
    const score = await evaluate(run, heldOut, compile);

    const { bitsPerImage, psnr, staticCoder } = score;
    io.print(
      `trained ${trained.step} steps on ${trained.images} images in ${trained.seconds.toFixed(0)} s`,
    );
    io.print(`samples, a row per class     ${files.samples} (top-p ${topP})`);
    io.print(`digits from coarse to fine   ${files.strip}`);
    io.print(`learning curve               ${files.curve}`);
    io.print(
      `digits in unseen typefaces   ${bitsPerImage.toFixed(1)} bits/image at ${psnr.toFixed(1)} dB; ` +
        `a static coder needs ${staticCoder.bitsPerImage.toFixed(1)}`,
    );
    return { ...files, ...score, steps: trained.step, seconds: trained.seconds };
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
