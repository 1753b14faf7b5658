import { checkFilePath } from "../../data/files/atomicWrite.ts";
import { checkOutput } from "../../data/files/checkOutput.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { UserError } from "../../errors/userError.ts";
import { drawSingularities } from "../../field/show/drawSingularities.ts";
import { loadSignal } from "../../field/signal/loadSignal.ts";
import { singularitiesOf, summarizeScales } from "../../field/signal/singularities.ts";
import { dyadicScales } from "../../wavelets/singularities/maximaOptions.ts";
import { defineCommand } from "../parser/command.ts";
import { outputOption } from "../parser/options.ts";
import { signalOptions } from "../shared/fieldOptions.ts";

/** `ondelette field maxima`: draws the singularities of a picture, a volume or a sound. */
export const command = defineCommand({
  about:
    "Singularities, such as edges, are maxima of the modulus of the wavelet transform, followed from scale to scale. In a " +
    "picture each one is a dot, with a line of the length of its scale toward the brighter side; colors stand for scales. " +
    "Of a volume, the middle slice is drawn; of a sound, the waveform with the maxima of the finest scale. The exponent " +
    "describes the kind: about 0 at a step, toward 1 where the signal is smooth, negative at spikes and noise.",
  positionals: { input: "picture, sound (.wav) or array (.npy) to analyze" },
  options: {
    out: outputOption("picture (.png) to write"),
    scales: {
      type: "string",
      placeholder: "SCALES",
      default: dyadicScales.join(","),
      help: "scales in samples, increasing, separated by commas",
    },
    threshold: {
      type: "number",
      min: 0,
      max: 1,
      default: 0.02,
      help: "smallest modulus, as a fraction of the greatest one of the same scale",
    },
    channelAxis: signalOptions.channelAxis,
    maxSize: signalOptions.maxSize,
  },
  examples: [
    "ondelette field maxima photo.jpg -o edges.png",
    "ondelette field maxima photo.jpg -o edges.png --scales 2,4 --threshold 0.1",
  ],
  async run({ input, out, threshold, channelAxis, maxSize, ...args }, io) {
    await checkFilePath(out);
    await checkOutput(out, [input]);
    const scales = args.scales.split(",").map(Number);
    const isIncreasing = scales.every((scale, i) => scale > (scales[i - 1] ?? 0));
    if (!isIncreasing || !scales.every(Number.isFinite)) {
      throw new UserError(
        `--scales ${args.scales} must be positive numbers in increasing order, separated by commas`,
      );
    }
    const signal = await loadSignal(input, {
      ...{ maxSize, notice: io.log },
      ...(channelAxis && { channelAxis }),
    });
    const longest = Math.max(...signal.size);
    const coarsest = Math.max(...scales);
    if (coarsest > longest) {
      throw new UserError(
        `--scales ${args.scales} must be at most ${longest}, the samples of the longest side of ${input}`,
      );
    }
    const maxima = singularitiesOf(signal, scales, { threshold });
    const summary = summarizeScales(maxima, scales);
    await writeImage(out, await drawSingularities(signal, maxima, scales));
    io.print(`${out}: ${maxima.length} maxima in ${signal.size.toReversed().join("×")} samples`);
    for (const { scale, count, medianExponent } of summary) {
      const exponent =
        medianExponent === undefined ? "" : `, median exponent ${medianExponent.toFixed(2)}`;
      io.print(`  scale ${scale}: ${count}${exponent}`);
    }
    return {
      ...{ out, size: signal.size, maxima: maxima.length },
      scales: summary.map((scale) => ({ ...scale })),
    };
  },
});
