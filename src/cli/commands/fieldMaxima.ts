import { checkFilePath } from "../../data/files/atomicWrite.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { UserError } from "../../errors/userError.ts";
import {
  drawSingularities,
  singularitiesOf,
  summarizeScales,
} from "../../field/show/singularities.ts";
import { loadSignal } from "../../field/signal/loadSignal.ts";
import { dyadicScales } from "../../wavelets/singularities/maximaOptions.ts";
import { defineCommand } from "../parser/command.ts";
import { outputOption } from "../parser/options.ts";
import { signalOptions } from "../shared/fieldOptions.ts";

/** `ondelette field maxima`: shows the singularities of a picture, a volume or a sound. */
export const command = defineCommand({
  about:
    "Singularities, such as edges, are maxima of the modulus of the wavelet transform, followed from scale to scale. Over a " +
    "picture each is a dot, with a line as long as its scale to where the picture grows brighter; colors tell scales apart. " +
    "Of a volume the middle slice is drawn, a sound with the maxima of its finest scale. The exponent tells their kind: " +
    "about 0 at a step, toward 1 where the signal is smooth, negative at spikes and noise.",
  positionals: { input: "picture, sound (.wav) or array (.npy) to look at" },
  options: {
    output: outputOption("picture (.png) to write"),
    scales: {
      type: "string",
      placeholder: "SCALES",
      default: dyadicScales.join(","),
      help: "scales in samples, growing, with commas",
    },
    threshold: {
      type: "number",
      min: 0,
      max: 1,
      default: 0.02,
      help: "leave out maxima below this fraction of the greatest modulus of their scale",
    },
    channelAxis: signalOptions.channelAxis,
    maxSize: signalOptions.maxSize,
  },
  examples: [
    "ondelette field maxima photo.jpg -o edges.png",
    "ondelette field maxima photo.jpg -o edges.png --scales 2,4 --threshold 0.1",
  ],
  async run({ input, output, threshold, channelAxis, maxSize, ...args }, io) {
    await checkFilePath(output);
    const scales = args.scales.split(",").map(Number);
    const growing = scales.every((scale, i) => scale > (scales[i - 1] ?? 0));
    if (!growing || !scales.every(Number.isFinite)) {
      throw new UserError(
        `--scales ${args.scales} must be positive numbers that grow, with commas between`,
      );
    }
    const signal = await loadSignal(input, {
      ...{ maxSize, notice: io.log },
      ...(channelAxis && { channelAxis }),
    });
    const maxima = singularitiesOf(signal, scales, { threshold });
    const summary = summarizeScales(maxima, scales);
    await writeImage(output, await drawSingularities(signal, maxima, scales));
    io.print(`${output}: ${maxima.length} maxima in ${signal.size.toReversed().join("×")} samples`);
    for (const { scale, count, medianExponent } of summary) {
      const exponent =
        medianExponent === undefined ? "" : `, median exponent ${medianExponent.toFixed(2)}`;
      io.print(`  scale ${scale}: ${count}${exponent}`);
    }
    return {
      ...{ out: output, size: signal.size, maxima: maxima.length },
      scales: summary.map((scale) => ({ ...scale })),
    };
  },
});
