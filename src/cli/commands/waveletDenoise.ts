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
  denoisePicture,
  type FloatArray,
  type PictureDenoiser,
  pictureDenoiserNames,
  thresholdRuleNames,
  type WaveletName,
  wavelet,
} from "../../wavelets/index.ts";
import { defineCommand } from "../parser/command.ts";
import { outputOption } from "../parser/options.ts";
import { ofLibrary } from "../shared/ofLibrary.ts";
import {
  readWaveletInput,
  signalInputOptions,
  together,
  type WaveletInput,
} from "../shared/waveletInput.ts";
import { dwtOptions } from "../shared/waveletOptions.ts";

/** Full scale of 16-bit samples. */
const fullScale = 2 ** 15;

/** How pictures are denoised unless something else is asked for. */
const pictureMethod: PictureDenoiser = "mixture";

/** Heading of the options of signals. */
const group = "Options of thresholds";

/** What these options are unless they are given. */
const usual = {
  wavelet: "sym4",
  transform: "swt",
  rule: "bayes",
  shrink: "soft",
  shifts: 1,
  mode: "symmetric",
} as const;

/** The options of signals; what is given in vain is refused. */
const ofThresholds = [
  "wavelet",
  "transform",
  "rule",
  "shrink",
  "shifts",
  "levels",
  "mode",
] as const;

/** `ondelette wavelet denoise`: a file of the same kind with less noise. */
export const command = defineCommand({
  about:
    "Details of the wavelet transform that noise explains are shrunk. All channels are treated. A picture, or an array of two axes, is denoised by a " +
    "method for pictures unless --method thresholds asks for that of signals, which alone the options of thresholds are for. A sound keeps its rate and 16 bits or floating point, a picture its depth and opacity, an array " +
    "its floating-point type; an array of whole numbers becomes float64.",
  positionals: { input: "sound (.wav), picture or array (.npy) to denoise" },
  options: {
    out: outputOption("sound (.wav), picture (.png) or array (.npy) to write"),
    method: {
      type: "choice",
      choices: ["thresholds", ...pictureDenoiserNames],
      otherwise: "mixture for a picture, thresholds for a signal",
      help: "for pictures, from the best and slowest to the fastest: mixture, bivariate, spunBayes, bayes",
    },
    wavelet: {
      ...{ type: "string", placeholder: "NAME", otherwise: usual.wavelet, group },
      help: dwtOptions.wavelet.help,
    },
    transform: {
      type: "choice",
      choices: ["dwt", "swt"],
      otherwise: usual.transform,
      group,
      help: "swt, without down-sampling, is slower and better; the signal is then periodic",
    },
    rule: {
      type: "choice",
      choices: thresholdRuleNames,
      otherwise: usual.rule,
      group,
      help: "how the threshold of a band is chosen",
    },
    shrink: {
      type: "choice",
      choices: ["soft", "hard", "garrote"],
      otherwise: usual.shrink,
      group,
      help: "what is done at the threshold",
    },
    noise: {
      type: "string",
      placeholder: "SIGMA",
      default: "white",
      help: "standard deviation in units of the file's samples; white estimates it, colored in each band by itself (thresholds alone)",
    },
    shifts: {
      type: "integer",
      min: 1,
      max: 64,
      otherwise: `${usual.shifts}`,
      group,
      help: "with dwt, the mean over so many shifts along each axis",
    },
    levels: { ...dwtOptions.levels, group, otherwise: "5, or fewer of a small file" },
    mode: {
      type: "choice",
      choices: dwtOptions.mode.choices,
      otherwise: usual.mode,
      group,
      help: "with dwt, how the data continue beyond their ends",
    },
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
    const { rule = usual.rule, shrink = usual.shrink, shifts = usual.shifts } = args;
    const { transform = usual.transform, mode = usual.mode } = args;
    const bank = ofLibrary(() => wavelet((args.wavelet ?? usual.wavelet) as WaveletName));
    const noise = noiseOf(args.noise);
    const input = await readWaveletInput(path, args, io.log);
    checkEnding(out, input.source.kind, path);
    const most = Math.floor(Math.log2(Math.min(...input.size) / (bank.decLo.length - 1)));
    const levels = args.levels ?? Math.max(0, Math.min(5, most));
    const options: DenoiseOptions = {
      ...{ transform, rule, shrink, noise, levels },
      ...(transform === "dwt" && { shifts, mode }),
    };
    const [height, width] = input.size as readonly [number, number?];
    const method = args.method ?? (width === undefined ? "thresholds" : pictureMethod);
    if (width !== undefined && method !== "thresholds")
      for (const name of ofThresholds)
        if (args[name] !== undefined)
          throw new UserError(`--${name} is for --method thresholds, not for ${method}`);
    if (transform === "swt" && shifts > 1)
      throw new UserError("--shifts is for --transform dwt: swt has all shifts in it");
    if (transform === "swt" && args.mode !== undefined)
      throw new UserError("--mode is for --transform dwt: with swt the signal is periodic");
    const planes = input.channels.map(({ data }) => data);
    const channels = ofLibrary(() => {
      if (width === undefined) {
        if (method === "thresholds") return planes.map((data) => denoise(data, bank, options));
        throw new UserError(`${path} is a signal, and the method ${method} is for pictures`);
      }
      const matrices = planes.map((data) => ({ height, width, data }));
      if (method === "thresholds")
        return matrices.map((matrix) => denoise2(matrix, bank, options).data);
      if (noise === "colored")
        throw new UserError(`--noise colored is for --method thresholds, not for ${method}`);
      const sigma = noise === "white" ? "auto" : noise;
      return denoisePicture(matrices, { method, sigma }).map(({ data }) => data);
    });
    await write(out, input, channels, args.channelAxis ?? "last");
    const removed = Math.sqrt(meanSquare(planes, channels));
    const extent =
      input.source.kind === "picture"
        ? `${width}×${height} pixels` // as all commands give the size of a picture
        : `${input.size.join("×")} samples`;
    io.print(
      `${out}: ${extent}${planes.length > 1 ? ` of ${planes.length} channels` : ""}, ` +
        `${method === "thresholds" ? `${bank.name} in ${levels} levels, ${transform}, ${rule}` : method}; changed by ${Number(removed.toPrecision(4))} (root mean square)`,
    );
    return {
      ...{ out, size: input.size, channels: planes.length, method, noise, changed: removed },
      ...(method === "thresholds" && {
        ...{ wavelet: bank.name, levels, transform, rule, shrink, shifts },
      }),
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
