import { join } from "node:path";
import { checkFilePath, writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { makeFolder } from "../../data/files/makeFolder.ts";
import { encodePng } from "../../data/formats/png.ts";
import { UserError } from "../../errors/userError.ts";
import { drawImages, sheetOf } from "../../image/draw.ts";
import { openRun } from "../../image/run.ts";
import { coarseToFine } from "../../image/strip.ts";
import { defineCommand } from "../parser/command.ts";

/** `ondelette image sample`: draws new images from a trained run. */
export const command = defineCommand({
  about:
    "Draws a sheet with a row for each class (or of one class), or with --strip a row for each image that shows it " +
    "sharpen as its tokens arrive. An --out that ends in / becomes a folder of single pictures by class.",
  options: {
    run: { type: "string", placeholder: "RUN", required: true, help: "run folder" },
    out: { type: "string", placeholder: "FILE.png", required: true, help: "picture to write" },
    class: { type: "string", placeholder: "NAME", help: "one class only" },
    count: { type: "integer", min: 1, help: "images in all (8 per class if nothing is said)" },
    temperature: { type: "number", min: 0, default: 1, help: "0 takes the likeliest token" },
    topP: { type: "number", min: 0, max: 1, default: 1, help: "keep this much probability" },
    topK: { type: "integer", min: 1, help: "keep so many tokens" },
    strip: { type: "boolean", help: "show each image from coarse to fine" },
    seed: { type: "integer", default: 1, help: "what chance begins with" },
    threads: { type: "integer", min: 1, help: "processor threads; by default one per core" },
  },
  examples: [
    "ondelette image sample --run runs/mnist --out digits.png",
    "ondelette image sample --run runs/mnist --class 3 --count 4 --strip --out three.png",
    "ondelette image sample --run runs/mnist --count 1000 --out samples/",
  ],
  async run(args, io) {
    const run = await openRun(args.run);
    const { classNames } = run.config;
    const only = args.class === undefined ? undefined : classNames.indexOf(args.class);
    if (only === -1) {
      throw new UserError(
        `"${args.class}" is no class of ${args.run}; it has ${classNames.slice(0, 20).join(", ")}`,
      );
    }
    const count = args.count ?? (args.strip ? 4 : only === undefined ? 8 * classNames.length : 8);
    const perClass = Math.ceil(count / classNames.length);
    const labels = Array.from(
      { length: count },
      (_, i) => only ?? (args.strip ? i % classNames.length : Math.floor(i / perClass)),
    );
    if (!args.out.endsWith("/")) await checkFilePath(args.out);
    const progress = io.progress({ label: "drawing", unit: "tokens", total: { seconds: 1 } });
    const begun = performance.now();
    const { temperature, topP, topK, seed, threads } = args;
    const images = await drawImages(run, {
      labels,
      seed,
      temperature,
      topP,
      ...(topK !== undefined && { topK }),
      ...(threads !== undefined && { threads }),
      onProgress: (tokens) => progress.update(tokens),
    });
    progress.finish();
    const seconds = (performance.now() - begun) / 1000;

    if (args.out.endsWith("/")) {
      for (const [i, { label, raster }] of images.entries()) {
        const folder = join(args.out, classNames[label] ?? "");
        await makeFolder(folder);
        const name = `${`${i}`.padStart(5, "0")}.png`;
        await writeFileAtomically(join(folder, name), encodePng(raster));
      }
    } else {
      const columns = only === undefined ? perClass : Math.min(count, 8);
      const picture = args.strip
        ? coarseToFine(images, run.language)
        : sheetOf(images, only === undefined ? classNames : [], columns);
      await writeFileAtomically(args.out, encodePng(picture));
    }
    const tokens = images.reduce((sum, { drawing }) => sum + drawing.tokens.length, 0);
    io.print(`${args.out}: ${count} images, ${tokens} tokens in ${seconds.toFixed(1)} s`);
    return { out: args.out, images: count, tokens, seconds };
  },
});
