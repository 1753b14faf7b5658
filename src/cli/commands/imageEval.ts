import { evaluate } from "../../image/evaluate.ts";
import { formOf, openImageRun } from "../../image/run.ts";
import { readStaticCoder } from "../../image/staticCoder.ts";
import { defineCommand } from "../parser/command.ts";
import { runOption, threadsOption } from "../shared/commonOptions.ts";
import { readImages, strictOption } from "../shared/readImages.ts";

/** `ondelette image eval`: measures how well a run's model predicts images that it was not trained on. */
export const command = defineCommand({
  about:
    "Scores the test part of the data (all of it, if there is no test part) in bits, beside a static context coder " +
    "fitted to the run's training images. bits/dim is per pixel and channel. The tokens of a lossless run are the image, " +
    "and its bits/dim are those of the literature; those of any other are an approximation, so compare their bits only at " +
    "equal PSNR.",
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
    strict: strictOption,
    threads: threadsOption,
  },
  examples: ["ondelette image eval --run runs/mnist --data data/mnist --limit 1000"],
  advice: {
    "no-checkpoint": "`ondelette image train --resume --out RUN` trains it",
  },
  async run({ run: folder, data, limit, strict, threads }, io) {
    const run = await openImageRun(folder);
    const coder = await readStaticCoder(folder);
    const form = { ...formOf(run.config), strict, ...(limit !== undefined && { limit }) };
    const images = await readImages(data, "test", form, io);
    const total = images.rasters.length;
    const progress = io.progress({ label: "scoring", unit: "images", total });
    const result = await evaluate(run, images, {
      staticCoder: coder,
      signal: io.signal,
      ...(threads !== undefined && { threads }),
      onProgress: (done) => progress.update(done),
    });
    progress.finish();
    const { bitsPerImage, bitsPerPixel, bitsPerDim, psnr, staticCoder } = result;
    const { tokensPerImage, tokensPerSecond } = result;
    io.print(`images         ${result.images}`);
    io.print(
      `model          ${bitsPerImage.toFixed(1)} bits/image, ${bitsPerPixel.toFixed(4)} bits/pixel, ` +
        `${bitsPerDim.toFixed(4)} bits/dim`,
    );
    if (staticCoder) {
      const perDim = run.language.lossless && `, ${staticCoder.bitsPerDim.toFixed(4)} bits/dim`;
      io.print(`static coder   ${staticCoder.bitsPerImage.toFixed(1)} bits/image${perDim ?? ""}`);
    }
    io.print(`PSNR           ${psnr === null ? "exact" : `${psnr.toFixed(2)} dB`}`);
    io.print(
      `tokens         ${tokensPerImage.toFixed(1)} per image, ${tokensPerSecond.toFixed(0)}/s`,
    );
    return { ...result, step: run.step };
  },
});
