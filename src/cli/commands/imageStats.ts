import { setImmediate } from "node:timers/promises";
import { vocabularies } from "../../codec/tokens.ts";
import { openImages } from "../../data/images/openImages.ts";
import { spreadEvenly } from "../../data/random/spreadEvenly.ts";
import { imageWavelets } from "../../image/language/imageWavelets.ts";
import { statsCounter } from "../../image/stats.ts";
import { defineCommand } from "../parser/command.ts";

/** The event loop turns once in so many images, for Ctrl-C and the progress bar. */
const breathEvery = 64;

/** `ondelette image stats`: counts a data set in the wavelet language, with no model. */
export const command = defineCommand({
  about:
    "Encodes every image and decodes it again: how long the token streams are, which tokens they hold, " +
    "and how close the reconstruction comes at this finest threshold. Both parts of a data set are counted.",
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
      default: 0.125,
      help: "last threshold T_f, a power of two: the smaller, the closer and longer",
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
      help: "B refines a coefficient at once after its discovery",
    },
    color: {
      type: "choice",
      choices: ["gray", "ycbcr"],
      default: "gray",
      help: "channels to keep",
    },
    limit: { type: "integer", min: 1, help: "count at most so many images, spread evenly" },
  },
  examples: [
    "ondelette image stats --data ../shared/data/mnist",
    "ondelette image stats --data photos --wavelet bior4.4 --finest 0.0625 --color ycbcr",
  ],
  async run({ data, wavelet, finest, language, reading, color, limit }, io) {
    const source = await openImages(data, { part: "all" });
    const indices = spreadEvenly(source.count, limit);
    const options = { wavelet, finest, vocabulary: language, reading, color: color };
    const counter = statsCounter(options);
    const progress = io.progress({ label: "encoding", unit: "images", total: indices.length });
    for (const [done, i] of indices.entries()) {
      counter.add(await source.read(i));
      progress.update(done + 1);
      if (done % breathEvery === 0) await setImmediate();
      if (io.signal.aborted) break;
    }
    progress.finish();

    const { images, tokens, startingPlanes, share, psnr } = counter.result();
    const planes = Object.entries(startingPlanes).map(([plane, n]) => `${plane}: ${n}`);
    const shares = Object.entries(share).map(([name, part]) => `${name} ${part.toFixed(3)}`);
    io.print(`images            ${images}`);
    io.print(
      `tokens per image  mean ${tokens.mean.toFixed(4)}, min ${tokens.min}, max ${tokens.max}, ` +
        `sum ${tokens.sum}`,
    );
    io.print(`starting planes   ${planes.join(", ")}`);
    io.print(`token shares      ${shares.join(", ")}`);
    io.print(`PSNR              ${psnr.mean.toFixed(3)} dB (mean over images)`);
    return { images, tokens, startingPlanes, share, psnr };
  },
});
