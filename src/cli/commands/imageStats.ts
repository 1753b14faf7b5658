import { setImmediate } from "node:timers/promises";
import { vocabularies } from "../../codec/tokens.ts";
import { fingerprintOf } from "../../data/files/fingerprint.ts";
import { isUnreadable } from "../../data/images/loadImages.ts";
import {
  bothRivals,
  mostOnSheet,
  type RivalFiles,
  rivalCounter,
} from "../../data/images/losslessRivals.ts";
import { openImages } from "../../data/images/openImages.ts";
import { gatherNotes, type PictureNote } from "../../data/images/pictureNote.ts";
import { spreadEvenly } from "../../data/random/spreadEvenly.ts";
import { UserError } from "../../errors/userError.ts";
import { imageWavelets } from "../../image/language/imageWavelets.ts";
import { type ImageLanguageOptions, learnedOrder } from "../../image/language/language.ts";
import { type ImageStats, type StatsPart, statsCounter } from "../../image/stats.ts";
import type { Span } from "../../jobs/work.ts";
import { defineCommand, type Io, type Result } from "../parser/command.ts";
import { checkLosslessOptions, losslessOption } from "../shared/losslessOption.ts";
import { requireData } from "../shared/missingData.ts";
import { strictOption } from "../shared/readImages.ts";
import { doWork, sharingOptions } from "../shared/sharedWork.ts";

/** Images between two turns of the event loop, which Ctrl-C and the progress bar need. */
const breathEvery = 64;

/** Images that are counted together; with rivals it takes a whole sheet of them. */
const together = 64;

/** What is counted of images that are counted together. */
interface Counted {
  readonly stats: StatsPart;
  readonly rivals: RivalFiles | undefined;
  readonly notes: readonly PictureNote[];
  /** Why the first image that could not be read was left out. */
  readonly unreadable: UserError["message"] | undefined;
}

/** `ondelette image stats`: counts a data set in the wavelet language, with no model. */
export const command = defineCommand({
  about:
    "Encodes and decodes every image of both parts of a data set. Reports the lengths of the token streams, the shares of " +
    "the tokens, and the PSNR at this finest threshold. Images that come back exactly are counted apart from the mean PSNR. " +
    "Images that cannot be read are left out with a notice.",
  options: {
    data: {
      type: "string",
      placeholder: "PATH",
      required: true,
      help: "folder of images, IDX file, or folder of MNIST files",
    },
    wavelet: { type: "choice", choices: imageWavelets, default: "haar", help: "wavelet" },
    finest: {
      type: "number",
      min: 2 ** -20,
      max: 2 ** 20,
      otherwise: "0.125",
      help: "finest threshold, a power of two; smaller means better quality and longer streams",
    },
    lossless: losslessOption,
    rivals: {
      type: "boolean",
      help: "with --lossless: also what PNG, WebP and, where cjxl is on the PATH, JPEG XL need",
    },
    language: {
      type: "choice",
      choices: vocabularies,
      default: "blocks",
      help: "token vocabulary",
    },
    reading: {
      type: "choice",
      choices: ["A", "B"],
      default: "A",
      help: "how refinement is read: B also refines a coefficient in the plane of its discovery",
    },
    color: {
      type: "choice",
      choices: ["gray", "ycbcr"],
      otherwise: "gray, or those of each image with --lossless",
      help: "channels to keep",
    },
    limit: {
      type: "integer",
      min: 1,
      max: 1e9,
      otherwise: "all",
      help: "images to count, spread evenly over the data",
    },
    strict: strictOption,
    ...sharingOptions,
  },
  examples: [
    "ondelette image stats --data data/mnist",
    "ondelette image stats --data photos --wavelet bior4.4 --finest 0.0625 --color ycbcr",
    "ondelette image stats --data photos --wavelet bior2.2 --lossless --rivals --jobs 4",
  ],
  parallel: true,
  async run(args, io) {
    const { data, wavelet, language: vocabulary, reading, color, limit, strict } = args;
    const { lossless: asked, rivals } = args;
    if (asked) checkLosslessOptions(args);
    else if (rivals) throw new UserError("--rivals are lossless formats: it needs --lossless");
    await requireData(data);
    const source = await openImages(data, { part: "all", notice: io.log });
    const indices = spreadEvenly(source.count, limit);
    const common = { wavelet, vocabulary, reading, ...(color !== undefined && { color }) };
    const language: ImageLanguageOptions = asked
      ? { ...common, lossless: true, order: learnedOrder(common) }
      : { ...common, finest: args.finest ?? 0.125 };

    const count = async (some: readonly number[], report: (images: number) => void) => {
      const counter = statsCounter(language);
      const others = rivals ? await rivalCounter() : undefined;
      const notes: PictureNote[] = [];
      let unreadable: string | undefined;
      for (const [done, i] of some.entries()) {
        const raster = await source
          .read(i, { onNote: (note) => notes.push(note) })
          .catch((error: unknown) => {
            if (strict || !isUnreadable(error)) throw error;
            unreadable ??= error.message;
            notes.push({ kind: "left-out", sentence: `${error.message}; it is left out` });
          });
        if (raster) {
          counter.add(raster);
          await others?.add(raster);
        }
        report(done + 1);
        if (done % breathEvery === 0) await setImmediate();
        if (io.signal.aborted) break;
      }
      return { stats: counter.part(), rivals: await others?.finish(), notes, unreadable };
    };

    const work = {
      settings: {
        ...{ ...language, strict, rivals, limit: limit ?? "all" },
        data: await fingerprintOf(data),
      },
      ...{ items: indices.length, together: rivals ? mostOnSheet : together },
      progress: { label: "encoding", unit: "images", total: indices.length },
      compute: ({ first, end }: Span, report: (images: number) => void): Promise<Counted> =>
        count(indices.slice(first, end), report),
    };
    return doWork(args, io, work, async (parts) => {
      const counter = statsCounter(language);
      const notes = gatherNotes();
      let found: RivalFiles | undefined;
      let unreadable: string | undefined;
      for await (const part of parts) {
        counter.include(part.stats);
        part.notes.forEach(notes.add);
        unreadable ??= part.unreadable;
        if (part.rivals) found = found ? bothRivals(found, part.rivals) : part.rivals;
      }
      const stats = counter.result();
      if (stats.images === 0 && unreadable !== undefined) throw new UserError(unreadable);
      notes.report(io.log);
      return report(stats, found, io);
    });
  },
});

/** Prints the figures, and gives them as an object. */
function report(stats: ImageStats, rivals: RivalFiles | undefined, io: Io): Result {
  const { images, tokens, startingPlanes, share, psnr, lossless, dimensions, staticCoder } = stats;
  const planes = Object.entries(startingPlanes).map(([plane, n]) => `${plane}: ${n}`);
  const shares = Object.entries(share).map(([name, part]) => `${name} ${part.toFixed(3)}`);
  io.print(`images            ${images}`);
  io.print(
    `tokens per image  mean ${tokens.mean.toFixed(4)}, min ${tokens.min}, max ${tokens.max}, ` +
      `sum ${tokens.sum}`,
  );
  io.print(`starting planes   ${planes.join(", ")}`);
  io.print(`token shares      ${shares.join(", ")}`);
  const inexact = images - lossless;
  if (inexact > 0) {
    const of = lossless > 0 ? `the ${inexact} images that are not exact` : "images";
    io.print(`PSNR              ${psnr.mean.toFixed(3)} dB (mean over ${of})`);
  }
  if (lossless > 0) io.print(`lossless          ${lossless} images`);
  const mean = inexact > 0 ? psnr.mean : null;
  const result = { images, tokens, startingPlanes, share, psnr: { mean }, lossless };
  if (!staticCoder) return result;
  const bitsPerDim = staticCoder.bits / dimensions;
  const parts = (of: Readonly<Record<string, number>>) =>
    Object.entries(of)
      .map(([name, bits]) => `${name}: ${((100 * bits) / staticCoder.bits).toFixed(1)} %`)
      .join(", ");
  io.print(`static coder      ${bitsPerDim.toFixed(4)} bits/dim, fitted to these very images`);
  io.print(`  by level        ${parts(staticCoder.byLevel)} (0 is the scaling band)`);
  io.print(`  by plane        ${parts(staticCoder.byPlane)}`);
  const perDim = (bytes: number) => (8 * bytes) / dimensions;
  if (rivals) {
    const { png, webp, jxl, files } = rivals;
    io.print(`PNG               ${perDim(png).toFixed(4)} bits/dim`);
    io.print(`WebP              ${perDim(webp).toFixed(4)} bits/dim`);
    if (jxl !== undefined) io.print(`JPEG XL           ${perDim(jxl).toFixed(4)} bits/dim`);
    io.print(`                  at their highest effort, in ${files} files: small images are`);
    io.print(`                  compared side by side on sheets of up to 1,024`);
  }
  return {
    ...{ ...result, bitsPerDim, staticCoder: { ...staticCoder } },
    ...(rivals && { rivals: { ...rivals } }),
  };
}
