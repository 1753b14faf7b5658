import { setImmediate } from "node:timers/promises";
import { vocabularies } from "../../codec/tokens.ts";
import { isUnreadable } from "../../data/images/loadImages.ts";
import { openImages } from "../../data/images/openImages.ts";
import { gatherNotes } from "../../data/images/pictureNote.ts";
import { spreadEvenly } from "../../data/random/spreadEvenly.ts";
import type { UserError } from "../../errors/userError.ts";
import { imageWavelets } from "../../image/language/imageWavelets.ts";
import { statsCounter } from "../../image/stats.ts";
import { defineCommand } from "../parser/command.ts";
import { requireData } from "../shared/missingData.ts";
import { strictOption } from "../shared/readImages.ts";

/** Images between two turns of the event loop, which Ctrl-C and the progress bar need. */
const breathEvery = 64;

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
      default: 0.125,
      help: "finest threshold, a power of two; smaller means better quality and longer streams",
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
      default: "gray",
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
  },
  examples: [
    "ondelette image stats --data data/mnist",
    "ondelette image stats --data photos --wavelet bior4.4 --finest 0.0625 --color ycbcr",
  ],
  async run({ data, wavelet, finest, language, reading, color, limit, strict }, io) {
    await requireData(data);
    const source = await openImages(data, { part: "all", notice: io.log });
    const indices = spreadEvenly(source.count, limit);
    const options = { wavelet, finest, vocabulary: language, reading, color: color };
    const counter = statsCounter(options);
    const progress = io.progress({ label: "encoding", unit: "images", total: indices.length });
    const notes = gatherNotes();
    let unreadable: UserError | undefined;
    for (const [done, i] of indices.entries()) {
      const raster = await source.read(i, { onNote: notes.add }).catch((error: unknown) => {
        if (strict || !isUnreadable(error)) throw error;
        unreadable ??= error;
        notes.add({ kind: "left-out", sentence: `${error.message}; it is left out` });
      });
      if (raster) counter.add(raster);
      progress.update(done + 1);
      if (done % breathEvery === 0) await setImmediate();
      if (io.signal.aborted) break;
    }
    progress.finish();
    const { images, tokens, startingPlanes, share, psnr, lossless } = counter.result();
    if (images === 0 && unreadable) throw unreadable;
    notes.report(io.log);

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
    return { images, tokens, startingPlanes, share, psnr: { mean }, lossless };
  },
});
