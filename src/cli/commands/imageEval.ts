import { loadImages } from "../../data/images/loadImages.ts";
import { openImages } from "../../data/images/openImages.ts";
import { evaluate } from "../../image/evaluate.ts";
import { formOf, openRun } from "../../image/run.ts";
import { defineCommand } from "../parser/command.ts";

/** `ondelette image eval`: how well a run's model predicts images it has not seen. */
export const command = defineCommand({
  about:
    "Scores the test part of the data (all of it, where it does not come in two) in bits, beside a static context " +
    "coder that was fitted on the run's training images. Compare bits only at equal PSNR.",
  options: {
    run: { type: "string", placeholder: "RUN", required: true, help: "run folder" },
    data: { type: "string", placeholder: "PATH", required: true, help: "images to score" },
    limit: { type: "integer", min: 1, help: "score at most so many images, spread evenly" },
    threads: { type: "integer", min: 1, help: "processor threads; by default one per core" },
  },
  examples: ["ondelette image eval --run runs/mnist --data ../shared/data/mnist --limit 1000"],
  async run({ run: folder, data, limit, threads }, io) {
    const run = await openRun(folder);
    const source = await openImages(data, { part: "test" });
    const images = await loadImages(source, {
      ...formOf(run.config),
      ...(limit !== undefined && { limit }),
      signal: io.signal,
    });
    let progress: ReturnType<typeof io.progress> | undefined;
    const result = await evaluate(run, images, {
      signal: io.signal,
      ...(threads !== undefined && { threads }),
      onProgress(done, total) {
        progress ??= io.progress({ label: "scoring", unit: "images", total });
        progress.update(done);
      },
    });
    progress?.finish();
    const { bitsPerImage, bitsPerPixel, psnr, tokensPerImage, staticCoder, tokensPerSecond } =
      result;
    io.print(`images         ${result.images}`);
    io.print(
      `model          ${bitsPerImage.toFixed(1)} bits/image, ${bitsPerPixel.toFixed(4)} bits/pixel`,
    );
    io.print(`static coder   ${staticCoder.bitsPerImage.toFixed(1)} bits/image`);
    io.print(`PSNR           ${psnr.toFixed(2)} dB`);
    io.print(
      `tokens         ${tokensPerImage.toFixed(1)} per image, ${tokensPerSecond.toFixed(0)}/s`,
    );
    return { ...result, step: run.step };
  },
});
