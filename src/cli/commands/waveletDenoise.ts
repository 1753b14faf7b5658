import { extname } from "node:path";
import { checkFilePath } from "../../data/files/atomicWrite.ts";
import { checkOutput } from "../../data/files/checkOutput.ts";
import { checkRegularFile } from "../../data/files/readWholeFile.ts";
import { writeNpy } from "../../data/formats/npyFile.ts";
import { writeSound } from "../../data/formats/wavFile.ts";
import { whiteOf } from "../../data/images/picture.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { UserError } from "../../errors/userError.ts";
import {
  type DenoiseOptions,
  denoise,
  denoise2,
  type FloatArray,
  thresholdRuleNames,
  type WaveletName,
  wavelet,
} from "../../wavelets/index.ts";
import { defineCommand } from "../parser/command.ts";
import { outputOption } from "../parser/options.ts";
import { ofLibrary } from "../shared/ofLibrary.ts";
import { opponentColors } from "../shared/opponentColors.ts";
import {
  readWaveletInput,
  signalInputOptions,
  together,
  type WaveletInput,
} from "../shared/waveletInput.ts";
import { dwtOptions } from "../shared/waveletOptions.ts";

/** Full scale of 16-bit samples. */
const fullScale = 2 ** 15;

/** `ondelette wavelet denoise`: a file of the same kind with less noise. */
export const command = defineCommand({
  about:
    "Details of the wavelet transform that noise explains are shrunk. All channels are treated; the three of a color picture as " +
    "brightness and two opponent colors. A sound keeps its rate and 16 bits or floating point, a picture its depth and opacity, an array " +
    "its floating-point type; an array of whole numbers becomes float64.",
  positionals: { input: "sound (.wav), picture or array (.npy) to denoise" },
  options: {
    out: outputOption("sound (.wav), picture (.png) or array (.npy) to write"),
    wavelet: { ...dwtOptions.wavelet, default: "sym4" },
    transform: {
      type: "choice",
      choices: ["dwt", "swt"],
      default: "swt",
      help: "swt, without down-sampling, is slower and better; the signal is then periodic",
    },
    rule: {
      type: "choice",
      choices: thresholdRuleNames,
      default: "bayes",
      help: "how the threshold of a band is chosen",
    },
    shrink: {
      type: "choice",
      choices: ["soft", "hard", "garrote"],
      default: "soft",
      help: "what is done at the threshold",
    },
    noise: {
      type: "string",
      placeholder: "SIGMA",
      default: "white",
      help: "standard deviation in units of the file's samples; white estimates it, colored in each band by itself",
    },
    shifts: {
      type: "integer",
      min: 1,
      max: 64,
      default: 1,
      help: "with dwt, the mean over so many shifts along each axis",
    },
    levels: { ...dwtOptions.levels, otherwise: "5, or fewer of a small file" },
    mode: { ...dwtOptions.mode, help: "with dwt, how the data continue beyond their ends" },
    channelAxis: signalInputOptions.channelAxis,
  },
  examples: [
    "ondelette wavelet denoise hiss.wav -o clean.wav",
    "ondelette wavelet denoise noisy.png -o clean.png --noise 25",
    "ondelette wavelet denoise signal.npy -o clean.npy --transform dwt --shifts 8 --wavelet db8",
  ],
  async run({ input: path, out, ...args }, io) {
    await checkRegularFile(path);
    await checkFilePath(out);
    await checkOutput(out, [path]);
    const bank = ofLibrary(() => wavelet(args.wavelet as WaveletName));
    const noise = noiseOf(args.noise);
    const input = await readWaveletInput(path, args, io.log);
    checkEnding(out, input.source.kind, path);
    const { transform, rule, shrink, shifts, mode } = args;
    const most = Math.floor(Math.log2(Math.min(...input.size) / (bank.decLo.length - 1)));
    const levels = args.levels ?? Math.max(0, Math.min(5, most));
    const options: DenoiseOptions = {
      ...{ transform, rule, shrink, noise, levels },
      ...(transform === "dwt" && { shifts, mode }),
    };
    if (transform === "swt" && shifts > 1)
      throw new UserError("--shifts is for --transform dwt: swt has all shifts in it");
    const isColor = input.channels[0]?.name === "red";
    const planes = input.channels.map(({ data }) => data);
    const clean = ofLibrary(() =>
      (isColor ? opponentColors(planes, "to") : planes).map((data) => {
        const [height, width] = input.size;
        return width === undefined
          ? denoise(data, bank, options)
          : denoise2({ height, width, data }, bank, options).data;
      }),
    );
    const channels = isColor ? opponentColors(clean, "from") : clean;
    await write(out, input, channels, args.channelAxis ?? "last");
    const removed = Math.sqrt(meanSquare(planes, channels));
    io.print(
      `${out}: ${input.size.join("×")} samples${planes.length > 1 ? ` of ${planes.length} channels` : ""}, ` +
        `${bank.name} in ${levels} levels, ${transform}, ${rule}; changed by ${Number(removed.toPrecision(4))} (root mean square)`,
    );
    return {
      ...{ out, size: input.size, channels: planes.length, wavelet: bank.name, levels },
      ...{ transform, rule, shrink, noise, shifts, changed: removed },
    };
  },
});

/** The noise that was typed. Throws UserError where it is neither a level nor a model. */
function noiseOf(word: string): number | "white" | "colored" {
  if (word === "white" || word === "colored") return word;
  const level = word.trim() === "" ? Number.NaN : Number(word);
  if (level >= 0 && Number.isFinite(level)) return level;
  throw new UserError(`--noise must be white, colored or a number from 0 up, not “${word}”`);
}

const endings = { sound: ".wav", picture: ".png", array: ".npy" } as const;

/** Throws UserError unless the output's name says what it will hold. */
function checkEnding(out: string, kind: keyof typeof endings, path: string): void {
  const ending = endings[kind];
  if (extname(out).toLowerCase() !== ending)
    throw new UserError(
      `${path} is ${kind === "array" ? "an" : "a"} ${kind}, so end the output's name in ${ending}`,
    );
}

/** Writes channels as what they were read from. */
function write(
  out: string,
  { source }: WaveletInput,
  channels: readonly FloatArray[],
  axis: "first" | "last",
): Promise<void> {
  if (source.kind === "array")
    return writeNpy(out, { shape: source.array.shape, data: together(channels, axis) });
  const values = together(channels, "last");
  if (source.kind === "picture") {
    const { data } = source.picture;
    const white = whiteOf(source.picture);
    const levels = data.slice();
    for (let i = 0; i < levels.length; i++)
      levels[i] = Math.max(0, Math.min(white, Math.round(values[i]!)));
    return writeImage(out, { ...source.picture, data: levels });
  }
  const { samples } = source.sound;
  const isWhole = samples.every((x) => Number.isInteger(x * fullScale) && x >= -1 && x < 1);
  return writeSound(
    out,
    { ...source.sound, samples: Float32Array.from(values) },
    { isFloat: !isWhole },
  );
}

function meanSquare(a: readonly FloatArray[], b: readonly FloatArray[]): number {
  let [sum, count] = [0, 0];
  for (const [c, channel] of a.entries())
    for (let i = 0; i < channel.length; i++) {
      sum += (channel[i]! - b[c]![i]!) ** 2;
      count++;
    }
  return sum / count;
}
