import { writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { checkRegularFile } from "../../data/files/readWholeFile.ts";
import { encodeNpz } from "../../data/formats/npz.ts";
import { plotScalogram, plotSynchrosqueezed } from "../../plot/index.ts";
import {
  type Cwt,
  continuousWavelet,
  cwt,
  type FloatArray,
  type Ridge,
  ridges,
  type Synchrosqueezed,
  synchrosqueeze,
} from "../../wavelets/index.ts";
import { defineCommand } from "../parser/command.ts";
import { outputOption } from "../parser/options.ts";
import { ofLibrary } from "../shared/ofLibrary.ts";
import { plotKind, plotOf, plotOptions, writePlots } from "../shared/plotFile.ts";
import { frequenciesOf, frequencyUnit, scalogramOptions } from "../shared/scalogramOptions.ts";
import {
  type Channel,
  readSignalInput,
  signalInputOptions,
  together,
} from "../shared/waveletInput.ts";

/** `ondelette wavelet cwt`: the continuous transform of a signal, as a scalogram or as numbers. */
export const command = defineCommand({
  about:
    "A scalogram (.svg, .png) shows the modulus of the transform over time and frequency, in proportion to the amplitude of a wave; what " +
    "lies beyond the dashed lines depends on how the signal continues beyond its ends. Each channel has a plot of its own. A NumPy archive " +
    "(.npz) holds re, im and the frequencies; re[i, n] is frequency i at sample n, after an axis of channels where there are several.",
  positionals: { input: "sound (.wav) or array (.npy) to transform" },
  options: {
    out: outputOption("plot (.svg, .png) or numbers (.npz) to write"),
    ...scalogramOptions,
    decibels: {
      type: "number",
      min: 1,
      max: 300,
      otherwise: "in proportion",
      help: "colors in decibels, down to so many below the largest",
    },
    synchrosqueeze: {
      type: "boolean",
      help: "move each value to the frequency of its phase, so that slowly changing waves become thin lines",
    },
    ridges: {
      type: "integer",
      min: 0,
      max: 20,
      default: 0,
      help: "lines of largest modulus to draw and to tell, strongest first",
    },
    ...signalInputOptions,
    ...plotOptions,
  },
  examples: [
    "ondelette wavelet cwt speech.wav -o scalogram.png",
    "ondelette wavelet cwt speech.wav -o scalogram.svg --low 80 --high 4000 --decibels 50 --start 1 --duration 2",
    "ondelette wavelet cwt voice.wav -o lines.png --synchrosqueeze --voices 32 --ridges 3 --low 80 --high 2000",
    "ondelette wavelet cwt signal.npy -o transform.npz --rate 250 --wavelet cmor1.5-1.0",
  ],
  async run({ input: path, out, mode, decibels, ridges: count, ...args }, io) {
    const synchrosqueezed = args.synchrosqueeze;
    await checkRegularFile(path);
    const kind = await plotKind(out, [path], ["npz"]);
    const wavelet = ofLibrary(() => continuousWavelet(args.wavelet));
    const input = await readSignalInput(path, args, io.log);
    const { size, channels, samplingPeriod, unit, start } = input;
    const [length] = size;
    const frequencies = frequenciesOf(args, wavelet, { length, samplingPeriod, unit });
    const transformed = ({ data }: Channel) =>
      ofLibrary(() =>
        synchrosqueezed
          ? synchrosqueeze(data, { frequencies }, wavelet, { samplingPeriod, mode })
          : cwt(data, { frequencies }, wavelet, { samplingPeriod, norm: "l1", mode }),
      );
    const found: Found[] = [];
    const of = ({ name }: Channel, transform: Cwt | Synchrosqueezed) => {
      const lines = count > 0 ? ridges(transform, { count }) : [];
      found.push({ name, peak: peakOf(transform), lines });
      return lines;
    };
    if (kind === "npz") {
      const transforms = channels.map(transformed);
      for (const [i, channel] of channels.entries()) of(channel, transforms[i]!);
      await writeFileAtomically(out, numbersOf(transforms, found));
    } else {
      const title = `${synchrosqueezed ? "Synchrosqueezed transform" : "Scalogram"} by ${wavelet.name}`;
      const plots: string[] = [];
      // One transform at a time: each is large, and its plot is small.
      for (const channel of channels) {
        io.signal.throwIfAborted();
        const transform = transformed(channel);
        const options = {
          ...{ ...(unit && { unit }), start, ...(decibels !== undefined && { decibels }) },
          ...{ ...plotOf(args, channel.name, title), ridges: of(channel, transform) },
        };
        plots.push(
          "scales" in transform
            ? plotScalogram(transform, options)
            : plotSynchrosqueezed(transform, options),
        );
      }
      await writePlots(out, kind, plots, { title: args.title ?? title });
    }
    const told = (value: number) => Number(value.toPrecision(4));
    const hz = frequencyUnit(unit);
    io.print(
      `${out}: ${length} samples at ${frequencies.length} frequencies from ${told(frequencies.at(-1)!)} to ${told(frequencies[0]!)} ${hz} by ${wavelet.name}, mode ${mode}`,
    );
    for (const { name, peak, lines } of found) {
      io.print(
        `  ${name && `${name}: `}largest modulus ${told(peak.modulus)} at ${told(peak.frequency)} ${hz} and ${unit ? `${told(start + peak.time)} s` : `sample ${start + peak.time}`}`,
      );
      for (const [i, ridge] of lines.entries()) {
        const { first, least, most, last } = courseOf(ridge);
        io.print(
          `  ${name && `${name}: `}ridge ${i + 1} from ${told(first)} to ${told(last)} ${hz}, between ${told(least)} and ${told(most)}`,
        );
      }
    }
    return {
      ...{ out, samples: length, rate: unit ? 1 / samplingPeriod : null, wavelet: wavelet.name },
      ...{ mode, synchrosqueezed, frequencies },
      channels: found.map(({ name, peak, lines }) => ({
        ...{ name, ...peak, time: start + peak.time, ridges: lines.map(courseOf) },
      })),
    };
  },
});

/** What a channel's transform shows. */
interface Found {
  readonly name: string;
  readonly peak: Peak;
  readonly lines: readonly Ridge[];
}

/** The frequencies between which a ridge runs. */
const courseOf = ({ frequencies }: Ridge) => ({
  first: frequencies[0]!,
  last: frequencies.at(-1)!,
  least: frequencies.reduce((a, b) => Math.min(a, b)),
  most: frequencies.reduce((a, b) => Math.max(a, b)),
});

/** Where a transform is largest. */
interface Peak {
  readonly modulus: number;
  readonly frequency: number;
  readonly time: number;
}

function peakOf({ re, im, length, frequencies, samplingPeriod }: Cwt | Synchrosqueezed): Peak {
  let [most, at] = [-1, 0];
  for (let i = 0; i < re.length; i++) {
    const energy = re[i]! ** 2 + (im ? im[i]! ** 2 : 0);
    if (energy > most) [most, at] = [energy, i];
  }
  return {
    modulus: Math.sqrt(most),
    frequency: frequencies[Math.floor(at / length)]!,
    time: (at % length) * samplingPeriod,
  };
}

/** The archive of the transforms of all channels. */
function numbersOf(
  transforms: readonly (Cwt | Synchrosqueezed)[],
  found: readonly Found[],
): Uint8Array {
  const [{ length, frequencies, samplingPeriod, im }] = transforms as readonly [Cwt];
  const many = transforms.length > 1 ? [transforms.length] : [];
  const plane = (rows: readonly number[], parts: readonly FloatArray[]) => ({
    shape: [...many, ...rows, length],
    data: together(parts, "first"),
  });
  const lines = found.map((one) =>
    together(
      one.lines.map((ridge) => ridge.frequencies),
      "first",
    ),
  );
  const count = found[0]!.lines.length;
  return encodeNpz({
    re: plane(
      [frequencies.length],
      transforms.map((transform) => transform.re),
    ),
    ...(im && {
      im: plane(
        [frequencies.length],
        transforms.map((transform) => transform.im!), // of the same wavelet
      ),
    }),
    residual: plane(
      [],
      transforms.map(({ residual }) => residual),
    ),
    ...(count > 0 && { ridges: plane([count], lines) }),
    frequencies: { shape: [frequencies.length], data: Float64Array.from(frequencies) },
    samplingPeriod: { shape: [], data: Float64Array.of(samplingPeriod) },
  });
}
