import { checkFilePath } from "../../data/files/atomicWrite.ts";
import { checkOutput } from "../../data/files/checkOutput.ts";
import type { ImageSource, Part } from "../../data/images/imageSource.ts";
import { imagesAt, someOf } from "../../data/images/imagesAt.ts";
import { openImages } from "../../data/images/openImages.ts";
import { checkPngName, writeImage } from "../../data/images/writeImage.ts";
import { UserError } from "../../errors/userError.ts";
import { fidelity, halves, type Memory, memoryOf, memorySheet } from "../../image/index.ts";
import { samplingText } from "../../image/sampling.ts";
import { defineCommand, type Io } from "../parser/command.ts";
import { seedOption } from "../shared/commonOptions.ts";
import { engineOf, engineOptions } from "../shared/engineOptions.ts";
import { featureOptions, openExtractor, rangeOf } from "../shared/featureOptions.ts";
import {
  drawSamples,
  openSamples,
  readSamples,
  type SampleSource,
  tokensOf,
} from "../shared/fidelityImages.ts";
import { fidelityJson, fidelityTable } from "../shared/fidelityTable.ts";
import { chosenSampling, imageSamplingOptions } from "../shared/imageSampling.ts";
import { requireData } from "../shared/missingData.ts";
import { readImages } from "../shared/readImages.ts";

/** Samples that are drawn from a run unless told. */
const usualCount = 1000;

/** `ondelette image fidelity`: how similar samples are to real pictures. */
export const command = defineCommand({
  about:
    "Half of the real pictures are the reference. Samples, and as many pictures of the other half, are compared with it, so " +
    "that every figure has its measure beside it: the column “real” is what perfect samples would get, and “training”, where " +
    "the data have a training part, what a perfect memory of it would get. Fréchet distances are squared, and grow as " +
    "pictures get fewer: compare only those with equal counts, features and hashes. Samples of a run have the classes of the " +
    "real pictures beside them.",
  options: {
    real: { type: "string", placeholder: "DATA", required: true, help: "real pictures" },
    samples: {
      type: "string",
      placeholder: "PATH",
      required: true,
      help: "folder of samples, or run folder of the model that draws them",
    },
    part: {
      type: "choice",
      choices: ["test", "train", "all"],
      default: "test",
      help: "part of the real pictures, where they come in two",
    },
    count: {
      type: "integer",
      min: 10,
      max: 100_000,
      otherwise: `all of a folder, ${usualCount} of a run`,
      help: "samples to compare, at most half as many as there are real pictures",
    },
    limit: {
      type: "integer",
      min: 20,
      max: 1e9,
      default: 10_000,
      help: "real pictures to use, spread evenly over the data",
    },
    sheet: {
      type: "string",
      placeholder: "FILE.png",
      help: "also draw samples beside the training pictures nearest to them, and measure how near they are",
    },
    run: {
      type: "string",
      placeholder: "RUN",
      help: "run whose language counts the tokens of a folder of samples",
    },
    ...featureOptions,
    neighbors: {
      type: "integer",
      min: 1,
      max: 100,
      default: 3,
      help: "which nearest neighbor gives the radius of precision and recall",
    },
    seed: seedOption,
    ...engineOptions,
    ...imageSamplingOptions,
  },
  examples: [
    "ondelette image fidelity --real data/mnist --samples runs/mnist --sheet nearest.png",
    "ondelette image fidelity --real data/mnist --samples samples/ --run runs/mnist",
    "ondelette image fidelity --real photos --samples drawn --features inception.onnx --range=-1,1",
  ],
  advice: {
    "no-checkpoint": "`ondelette image train --resume --out RUN` trains it",
    "sizes-differ": "samples and real pictures must have one size",
  },
  async run(args, io) {
    const { real: path, part, seed, sheet, neighbors } = args;
    const engine = await engineOf(args, io);
    if (sheet !== undefined) {
      checkPngName(sheet);
      await checkOutput(sheet, [path, args.samples]);
      await checkFilePath(sheet);
    }
    await requireData(path);
    rangeOf(args.range);
    const source = await openSamples(args.samples, args.run);
    const { form, speaker, width, height } = source;
    const all = await openRealPart(path, part, source, io);
    const loaded = await readImages(path, part, { ...form, limit: args.limit }, io);
    const real = source.fitted(loaded, path);
    const split = halves(real.rasters.length, seed);
    const wanted = args.count ?? (source.drawsThem ? usualCount : split.heldBack.length);
    const count = Math.min(wanted, split.reference.length);
    if (count <= neighbors)
      throw new UserError(
        `${path} has ${real.rasters.length} pictures, too few to compare with half of them`,
      );
    const reference = imagesAt(real, split.reference);
    const held = imagesAt(real, split.heldBack);
    const beside = someOf(held, count);
    const sampling =
      source.drawsThem && speaker
        ? await chosenSampling(args, args.samples, speaker, io)
        : undefined;
    const drawn =
      sampling && speaker
        ? await drawSamples(speaker, [...beside.labels], { seed, ...sampling, ...engine }, io)
        : await readSamples(args.samples, source, { count, classNames: real.classNames }, io);
    const { images: samples, tokens } = drawn;
    if (samples.rasters.length <= neighbors)
      throw new UserError(
        `${args.samples} holds ${samples.rasters.length} pictures, too few to compare`,
      );
    if (args.count !== undefined && samples.rasters.length < args.count)
      io.log(
        `${samples.rasters.length} samples are compared instead of ${args.count}: there are no more, or half of the ` +
          "real pictures are no more",
      );
    const compared = someOf(held, samples.rasters.length);

    await using extractor = await openExtractor(
      { ...args, engine },
      {
        width,
        height,
        channels: form.color === "rgb" ? 3 : 1,
      },
    );
    // All of the training part for a sheet; without one as many as are compared.
    const few = sheet === undefined ? { limit: samples.rasters.length } : {};
    const training =
      all.part === "test" && (await hasPart(path, "train"))
        ? source.fitted(await readImages(path, "train", { ...form, ...few }, io), path)
        : undefined;
    const total =
      reference.rasters.length + (training ? 3 : 2) * Math.min(count, samples.rasters.length);
    const progress = io.progress({ label: "features", unit: "images", total });
    const figures = await fidelity(
      { reference, heldBack: compared, samples, training },
      {
        extractor,
        neighbors,
        onProgress(done) {
          io.signal.throwIfAborted();
          progress.update(done);
        },
      },
    );
    progress.finish();
    if (figures.compared <= figures.dimension)
      io.log(
        `${figures.compared} pictures are too few for the covariance of ${figures.dimension} features: judge the Fréchet ` +
          "distance by that of the real pictures alone",
      );
    const streams = tokens && {
      samples: mean(tokens),
      real: mean(tokensOf(compared, speaker?.language) ?? []),
      training:
        training && mean(tokensOf(someOf(training, figures.compared), speaker?.language) ?? []),
      reference: mean(tokensOf(reference, speaker?.language) ?? []),
    };
    let memory: Memory | undefined;
    if (sheet !== undefined) {
      const { rasters } = training ?? reference;
      memory = memoryOf(samples.rasters, compared.rasters, rasters);
      await writeImage(sheet, memorySheet(memory.shown, rasters, memory.nearest));
    }
    const about = {
      real: `${path}, ${all.part === "all" ? "all" : `the ${all.part} part`}`,
      samples: sampling ? `${args.samples}, drawn at ${samplingText(sampling)}` : args.samples,
      seed,
    };
    for (const line of fidelityTable(figures, about, streams, memory)) io.print(line);
    if (sheet !== undefined)
      io.print(`${sheet}: samples, each beside the training pictures nearest to it`);
    return {
      real: { path, part: all.part, ...figures.reference },
      samples: { path: args.samples, ...(sampling && { sampling }) },
      seed,
      ...fidelityJson(figures, streams, memory),
      sheet,
    };
  },
});

/** Opens the part that is compared, for what it is. Says where its pictures are resized. */
async function openRealPart(
  path: string,
  part: Part,
  { width, height, form }: SampleSource,
  io: Io,
): Promise<ImageSource> {
  const source = await openImages(path, { part });
  const first = await source.read(0);
  if (form.fit !== "crop" && (first.width !== width || first.height !== height))
    io.log(
      `the real pictures are brought to the size of the samples, ${width}×${height} pixels (the first one has ` +
        `${first.width}×${first.height})`,
    );
  return source;
}

/** Whether data come in parts, of which this is one. */
const hasPart = async (path: string, part: Part): Promise<boolean> =>
  (await openImages(path, { part }).catch(() => undefined))?.part === part;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
