import { writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { checkRegularFile } from "../../data/files/readWholeFile.ts";
import type { NpyArray } from "../../data/formats/npy.ts";
import { encodeNpz } from "../../data/formats/npz.ts";
import { plotCoefficients, plotMosaic } from "../../plot/index.ts";
import {
  dwtMaxLevel,
  type Mode,
  type Wavelet,
  type WaveletName,
  wavedec,
  wavedec2,
  wavedecn,
  wavelet,
} from "../../wavelets/index.ts";
import { defineCommand } from "../parser/command.ts";
import { outputOption } from "../parser/options.ts";
import { ofLibrary } from "../shared/ofLibrary.ts";
import { type PlotArgs, plotKind, plotOf, plotOptions, writePlots } from "../shared/plotFile.ts";
import {
  readWaveletInput,
  signalInputOptions,
  together,
  type WaveletInput,
} from "../shared/waveletInput.ts";
import { dwtOptions } from "../shared/waveletOptions.ts";

/** `ondelette wavelet dwt`: the coefficients of a signal or a picture, as a plot or as numbers. */
export const command = defineCommand({
  about:
    "A plot (.svg, .png) shows a row for each band of a signal, or the bands of a picture as a mosaic; each channel has a plot of its " +
    "own. A NumPy archive (.npz) holds cA, cD and so on by level, as PyWavelets names them (cA3, cD3, cD2, cD1; cH, cV, cD of a picture); " +
    "channels are the first axis of a signal and the last of a picture.",
  positionals: { input: "sound (.wav), picture or array (.npy) to transform" },
  options: {
    out: outputOption("plot (.svg, .png) or coefficients (.npz) to write"),
    ...dwtOptions,
    ...signalInputOptions,
    ...plotOptions,
  },
  examples: [
    "ondelette wavelet dwt speech.wav -o bands.svg --levels 6",
    "ondelette wavelet dwt photo.jpg -o mosaic.png --wavelet bior4.4 --levels 3",
    "ondelette wavelet dwt signal.npy -o coefficients.npz --mode periodization",
  ],
  async run({ input: path, out, ...args }, io) {
    await checkRegularFile(path);
    const kind = await plotKind(out, [path], ["npz"]);
    const bank = ofLibrary(() => wavelet(args.wavelet as WaveletName));
    const input = await readWaveletInput(path, args, io.log);
    const levels = args.levels ?? dwtMaxLevel(Math.min(...input.size), bank);
    const plan = { bank, levels, mode: args.mode };
    const coefficients = ofLibrary(() => bandsOf(input, plan));
    if (kind === "npz") await writeFileAtomically(out, encodeNpz(coefficients));
    else {
      const plots = plotsOf(input, plan, args);
      const columns = input.size.length === 1 ? 1 : Math.min(3, plots.length);
      const title = args.title ?? titleOf(bank);
      await writePlots(out, kind, plots, { title, columns });
    }
    const bands = Object.entries(coefficients).map(([name, { shape, data }]) => ({
      name,
      shape,
      energy: energyOf(data),
    }));
    const whole = bands.reduce((sum, { energy }) => sum + energy, 0) || 1;
    const { size, channels } = input;
    const count = channels.length === 1 ? "" : `${channels.length} channels of `;
    io.print(
      `${out}: ${count}${size.join("×")} samples by ${bank.name} in ${levels} levels, mode ${args.mode}`,
    );
    for (const { name, shape, energy } of bands)
      io.print(
        `  ${name.padEnd(4)} ${shape.join("×")}, ${((100 * energy) / whole).toFixed(2)} % of the energy`,
      );
    return {
      ...{ out, size, channels: channels.length, wavelet: bank.name, levels, mode: args.mode },
      bands: bands.map((band) => ({ ...band, share: band.energy / whole })),
    };
  },
});

function energyOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! ** 2;
  return sum;
}

/** How data are transformed. */
interface Plan {
  readonly bank: Wavelet;
  readonly levels: number;
  readonly mode: Mode;
}

/** What PyWavelets calls the details of a picture, by the filters down and across. */
const detailNames: Readonly<Record<string, string>> = { d: "cD", da: "cH", ad: "cV", dd: "cD" };

/** All bands by PyWavelets' names, coarsest first. */
function bandsOf(
  { size, channels }: WaveletInput,
  { bank, levels, mode }: Plan,
): Record<string, NpyArray> {
  const isSignal = size.length === 1;
  const one = channels.length === 1;
  const data = together(
    channels.map((channel) => channel.data),
    isSignal ? "first" : "last",
  );
  const shape = one ? size : isSignal ? [channels.length, ...size] : [...size, channels.length];
  const axes = isSignal ? [one ? 0 : 1] : [0, 1];
  const { approximation, details } = wavedecn({ shape, data }, bank, { levels, mode, axes });
  return Object.fromEntries([
    [`cA${levels}`, approximation],
    ...details.flatMap((bands, i) =>
      Object.entries(bands)
        .map(([key, band]) => [`${detailNames[key]}${levels - i}`, band] as const)
        .sort(([a], [b]) => order.indexOf(a.slice(0, 2)) - order.indexOf(b.slice(0, 2))),
    ),
  ]);
}

/** PyWavelets' order of details. */
const order = ["cH", "cV", "cD"];

const titleOf = ({ name }: Wavelet): string => `Coefficients by ${name}`;

function plotsOf(input: WaveletInput, { bank, ...options }: Plan, args: PlotArgs): string[] {
  const { size, channels, samplingPeriod, unit, start } = input;
  return channels.map(({ name, data }) => {
    const about = plotOf(args, name, titleOf(bank));
    if (size.length === 1)
      return plotCoefficients(wavedec(data, bank, options), {
        ...{ signal: data, samplingPeriod, start, ...(unit && { unit }) },
        ...about,
      });
    const [height, width] = size;
    return plotMosaic(wavedec2({ height, width, data }, bank, options), about);
  });
}
