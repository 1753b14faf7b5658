import { extname, join } from "node:path";
import { checkFilePath, writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { checkOutput } from "../../data/files/checkOutput.ts";
import { fingerprint } from "../../data/files/fingerprint.ts";
import { makeFolder } from "../../data/files/makeFolder.ts";
import { encodePng } from "../../data/formats/png.ts";
import type { Raster } from "../../data/images/raster.ts";
import { UserError } from "../../errors/userError.ts";
import { type DrawnImage, drawImages, imagesTogether, sheetOf } from "../../image/draw.ts";
import {
  type DrawnFrom,
  drawFrom,
  drawingsTogether,
  drawnFromSheet,
} from "../../image/editing/drawFrom.ts";
import { imageFiles, openImageRun } from "../../image/runFolder.ts";
import { coarseToFine } from "../../image/strip.ts";
import { promptVectors, promptWords, readPrompts } from "../../image/words/prompts.ts";
import { defineCommand } from "../parser/command.ts";
import { outputOption } from "../parser/options.ts";
import { runOption, seedOption } from "../shared/commonOptions.ts";
import { engineOf, engineOptions } from "../shared/engineOptions.ts";
import { chosenSampling, imageSamplingOptions } from "../shared/imageSampling.ts";
import { askedKeep, fromOptions, type Given, readGiven } from "../shared/sampleFrom.ts";
import { type CommandWork, doWork, sharingOptions } from "../shared/sharedWork.ts";
import { sheetPlan } from "../shared/sheetPlan.ts";
import { textVectorOptions, withTextVectors } from "../shared/textVectorOptions.ts";
import { fingerprintOfRun, fingerprintOfTexts } from "../shared/workSettings.ts";

/** Drawings of each picture of data on a sheet. */
const perPicture = 4;

/** `ondelette image sample`: generates images with a trained model. */
export const command = defineCommand({
  about:
    "Writes one picture: a row of images for each class, or with --class a sheet of one class. --strip shows how each " +
    "image sharpens as its tokens arrive. With --from a part of a picture is taken and the rest is drawn: a sheet shows " +
    "the picture, the part alone, and the drawings, --count of one picture, or four of each of --count pictures of data. " +
    "If --out ends in /, every image becomes a file of its own, in a folder for each class; of data with --from, one " +
    "drawing of each picture. A run that was trained on captions draws what --prompt says: a row for each prompt, with " +
    "images of each class. X,Y,WIDTH,HEIGHT: before a prompt makes it hold for that part of the picture alone, in pixels; " +
    "prompts for parts describe one picture together.",
  options: {
    run: runOption,
    out: outputOption("picture to write (.png), or a folder ending in /"),
    class: { type: "string", placeholder: "NAME", help: "generate one class only" },
    prompt: {
      type: "string",
      several: true,
      placeholder: "TEXT",
      otherwise: "nothing is said",
      help: "what to draw; may be given several times",
    },
    count: {
      type: "integer",
      min: 1,
      max: 100_000,
      otherwise: "8 of each class or prompt; 4 in all with --strip, 8 with --from",
      help: "images in all, or pictures of the data that --from names",
    },
    strip: { type: "boolean", help: "show each image from coarse to fine" },
    ...fromOptions,
    seed: seedOption,
    ...engineOptions,
    ...imageSamplingOptions,
    ...textVectorOptions,
    ...sharingOptions,
  },
  examples: [
    "ondelette image sample --run runs/mnist --out digits.png",
    "ondelette image sample --run runs/mnist --temperature-shape 0.6 --guidance 2 --out digits.png",
    "ondelette image sample --run runs/mnist --class 3 --count 4 --strip --out three.png",
    "ondelette image sample --run runs/mnist --count 1000 --jobs 4 --out samples/",
    "ondelette image sample --run runs/mnist --from digit.png --keep outside:9,9,10,10 --class 5 --out filled.png",
    "ondelette image sample --run runs/mnist --from data/mnist --keep outside:9,9,10,10 --particles 4 --out filled.png",
    "ondelette image sample --run runs/mnist --from data/mnist --keep coarse:3 --out enlarged.png",
    'ondelette image sample --run runs/emoji --prompt "red apple" --prompt "green heart" --guidance 2 --out emoji.png',
    'ondelette image sample --run runs/emoji --class noto --prompt "0,0,16,32: cat" --prompt "16,0,16,32: dog" --out two.png',
  ],
  advice: {
    "no-checkpoint": "`ondelette image train --resume --out RUN` trains it",
    "no-guidance": "`ondelette image train --class-dropout 0.1` makes a run that can be guided",
  },
  parallel: true,
  async run(args, io) {
    const { out } = args;
    const engine = await engineOf(args, io);
    const isFolder = out.endsWith("/");
    const ending = extname(out).toLowerCase();
    if (!isFolder && ending !== "" && ending !== ".png") {
      throw new UserError(`${out} would be a PNG file: end it in .png, or in / for a folder`);
    }
    const { from, strip } = args;
    askedKeep(args);
    if (from !== undefined && strip) {
      throw new UserError("--strip shows drawings of whole images: leave it out with --from");
    }
    const { config, latest } = imageFiles(args.run);
    await checkOutput(out, [config, latest, ...(from === undefined ? [] : [from])]);
    const run = withTextVectors(await openImageRun(args.run), args);
    const { classNames } = run.config;
    const only = args.class === undefined ? undefined : classNames.indexOf(args.class);
    if (only === -1) {
      const known = classNames.slice(0, 20).join(", ");
      throw new UserError(
        `${args.run} has no class "${args.class}"; its classes are ${known}${classNames.length > 20 ? ", …" : ""}`,
        "not-found",
      );
    }
    const wishes = readPrompts(args.prompt ?? []);
    if (from !== undefined && wishes.length > 1)
      throw new UserError("with --from all drawings have one --prompt, or prompts for parts");
    const vectors = await promptVectors(run, wishes);
    for (const prompts of wishes) promptWords(prompts, run.config, vectors);
    const { count, labels, prompts, columns, rowNames } = sheetPlan(args, classNames, only, wishes);
    if (!isFolder) await checkFilePath(out);
    const sampling = await chosenSampling(args, args.run, run, io);
    const given =
      from === undefined ? undefined : await readGiven({ ...args, from, count }, run, only, io);
    const begun = performance.now();
    const { seed, particles = 1 } = args;
    const options = (first: number, report: (tokens: number) => void) => ({
      ...{ seed, first, ...sampling },
      ...engine,
      onProgress(tokens: number) {
        io.signal.throwIfAborted();
        report(tokens);
      },
    });
    const settings = {
      ...{ run: fingerprintOfRun(run), seed, sampling, prompts: args.prompt ?? [] },
      ...{ texts: await fingerprintOfTexts(args), device: engine.device },
    };
    // How many tokens the images will have is not known before they are drawn.
    const progress = { label: "generating", unit: "tokens" };

    const told = ({ images, tokens }: { readonly images: number; readonly tokens: number }) => {
      const seconds = (performance.now() - begun) / 1000;
      io.print(`${out}: ${images} images, ${tokens} tokens in ${seconds.toFixed(1)} s`);
      return { out, images, tokens, seconds, sampling };
    };
    const intoFolder = async (parts: AsyncIterable<readonly ImageFile[]>) => {
      let [images, tokens] = [0, 0];
      for await (const part of parts) {
        for (const image of part) {
          const folder = join(out, classNames[image.label] ?? "");
          await makeFolder(folder);
          await writeFileAtomically(join(folder, `${`${images}`.padStart(5, "0")}.png`), image.png);
          images++;
          tokens += image.tokens;
        }
      }
      return told({ images, tokens });
    };
    const intoSheet = async (sheet: Raster, images: readonly DrawnImage[]) => {
      await writeFileAtomically(out, encodePng(sheet));
      const tokens = images.reduce((sum, { drawing }) => sum + drawing.tokens.length, 0);
      return told({ images: images.length, tokens });
    };

    if (given) {
      const { pictures, keep, isData } = given;
      const drawings = !isData ? count : isFolder ? 1 : perPicture;
      const together = Math.floor(drawingsTogether(keep, run.language, particles) / drawings);
      const work: CommandWork<DrawnFrom[]> = {
        settings: {
          ...settings,
          keep: JSON.stringify(keep),
          drawings,
          particles,
          from: picturesText(given),
        },
        ...{ items: pictures.length, together: Math.max(1, together), progress },
        compute: ({ first, end }, report) =>
          drawFrom(run, pictures.slice(first, end), {
            ...options(first, report),
            ...{ keep, drawings, particles, prompt: wishes[0] ?? [] },
          }),
      };
      if (isFolder) {
        const imagesOf = (edits: readonly DrawnFrom[]) => edits.flatMap(({ images }) => images);
        return doWork(args, io, filed(work, imagesOf), intoFolder);
      }
      return doWork(args, io, work, async (parts) => {
        const edits = await inOne(parts);
        return intoSheet(
          drawnFromSheet(edits, classNames),
          edits.flatMap(({ images }) => images),
        );
      });
    }
    const work: CommandWork<DrawnImage[]> = {
      settings: { ...settings, labels: fingerprint([JSON.stringify(labels)]) },
      ...{ items: count, together: imagesTogether(run), progress },
      compute: ({ first, end }, report) =>
        drawImages(run, {
          ...options(first, report),
          labels: labels.slice(first, end),
          prompts: prompts?.slice(first, end),
        }),
    };
    if (isFolder)
      return doWork(
        args,
        io,
        filed(work, (images) => images),
        intoFolder,
      );
    return doWork(args, io, work, async (parts) => {
      const drawn = await inOne(parts);
      const sheet = strip
        ? coarseToFine(drawn, run.language)
        : sheetOf(drawn, only === undefined ? classNames : [], columns, rowNames);
      return intoSheet(sheet, drawn);
    });
  },
});

/** An image as a file. */
interface ImageFile {
  readonly label: number;
  readonly tokens: number;
  readonly png: Uint8Array;
}

/** The same work, of which the images are kept as files. */
const filed = <Drawn>(
  work: CommandWork<Drawn>,
  imagesOf: (drawn: Drawn) => readonly DrawnImage[],
): CommandWork<readonly ImageFile[]> => ({
  ...work,
  settings: { ...work.settings, files: true },
  compute: async (items, report) =>
    imagesOf(await work.compute(items, report)).map(({ label, drawing, raster }) => ({
      ...{ label, tokens: drawing.tokens.length, png: encodePng(raster) },
    })),
});

/** A fingerprint of pictures to draw from. */
const picturesText = ({ pictures }: Given): string =>
  fingerprint(pictures.flatMap(({ raster, label }) => [`${label}`, raster.data]));

/** The entries of all lists. */
async function inOne<T>(lists: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const list of lists) all.push(...list);
  return all;
}
