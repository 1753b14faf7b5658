import { loadImages } from "../../data/images/loadImages.ts";
import { openImages } from "../../data/images/openImages.ts";
import { UserError } from "../../errors/userError.ts";
import { type Recognized, recognition } from "../../image/classify/classifyImages.ts";
import { imageClassifierForm } from "../../image/classify/run.ts";
import { openImageClassifier } from "../../image/classify/runFolder.ts";
import { defineCommand } from "../parser/command.ts";
import { runOption } from "../shared/commonOptions.ts";
import { engineOf, engineOptions } from "../shared/engineOptions.ts";
import { requireData } from "../shared/missingData.ts";
import { strictOption } from "../shared/readImages.ts";

/** `ondelette image recognize`: the share of labeled images that a classifier takes for what they are. */
export const command = defineCommand({
  about:
    "Reads labeled images, such as a folder that `ondelette image sample --out FOLDER/` made, and prints how many the " +
    "classifier takes for what their folder says, by class and in all. Classes are told by name; some may be missing. Data with " +
    "two parts are read as --part says.",
  options: {
    run: { ...runOption, help: "run folder of `ondelette image classify`" },
    images: {
      type: "string",
      placeholder: "PATH",
      required: true,
      help: "folder with a folder of images for each class, or of MNIST files",
    },
    part: {
      type: "choice",
      choices: ["all", "train", "test"],
      default: "all",
      help: "part of data that have two",
    },
    limit: {
      type: "integer",
      min: 1,
      max: 1e9,
      otherwise: "all",
      help: "images to look at, spread evenly over the data",
    },
    strict: strictOption,
    ...engineOptions,
  },
  examples: [
    "ondelette image recognize --run runs/judge --images samples",
    "ondelette image recognize --run runs/judge --images data/mnist --part test --json",
  ],
  advice: {
    "no-checkpoint": "`ondelette image classify --resume --out RUN` trains it",
  },
  async run({ run: folder, images: path, part, limit, strict, ...args }, io) {
    const engine = await engineOf(args, io);
    const run = await openImageClassifier(folder);
    const { config } = run;
    await requireData(path);
    const source = await openImages(path, { part, notice: io.log });
    if (part !== "all" && source.part !== part) {
      throw new UserError(`${path} has no ${part} part; leave --part out to read all of it`);
    }
    const stray = source.classNames.find((name) => !config.classNames.includes(name));
    if (stray !== undefined) {
      const known = config.classNames.slice(0, 20).join(", ");
      throw new UserError(
        `${path}: “${stray}” is not a class of ${folder}; its classes are ${known}`,
      );
    }
    const total = Math.min(source.count, limit ?? source.count);
    const reading = io.progress({ label: "reading", unit: "images", total });
    const images = await loadImages(source, {
      ...{ ...imageClassifierForm(config), strict, notice: io.log, signal: io.signal },
      ...(limit !== undefined && { limit }),
      onLoaded: (done) => reading.update(done),
    });
    reading.finish();
    const bar = io.progress({ label: "looking", unit: "images", total: images.rasters.length });
    const result = await recognition(run, images, {
      signal: io.signal,
      ...engine,
      onProgress: (done) => bar.update(done),
    });
    bar.finish();
    const { classes, ...all } = result;
    const width = Math.max(10, ...Object.keys(classes).map((name) => name.length));
    const line = (name: string, { share, recognized, images: count }: Recognized) =>
      `${name.padEnd(width)}  ${(100 * share).toFixed(2).padStart(6)} %  ${recognized} of ${count}`;
    for (const [name, one] of Object.entries(classes)) io.print(line(name, one));
    io.print(line("recognized", all));
    return { run: folder, data: path, step: run.step, ...result };
  },
});
