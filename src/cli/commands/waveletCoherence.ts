import { writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { checkRegularFile } from "../../data/files/readWholeFile.ts";
import { encodeNpz } from "../../data/formats/npz.ts";
import { UserError } from "../../errors/userError.ts";
import { plotCoherence } from "../../plot/index.ts";
import { continuousWavelet, cwt, waveletCoherence } from "../../wavelets/index.ts";
import { defineCommand } from "../parser/command.ts";
import { outputOption } from "../parser/options.ts";
import { ofLibrary } from "../shared/ofLibrary.ts";
import { plotKind, plotOf, plotOptions, writePlots } from "../shared/plotFile.ts";
import { frequenciesOf, frequencyUnit, scalogramOptions } from "../shared/scalogramOptions.ts";
import { readSignalInput, signalInputOptions } from "../shared/waveletInput.ts";

/** Coherence at which an arrow shows the phase, where nothing else is asked for. */
const usualArrows = 0.5;

/** `ondelette wavelet coherence`: where two signals go together, over time and frequency. */
export const command = defineCommand({
  about:
    "The coherence is the square of the correlation of two signals near each time and frequency, from 0 to 1. Arrows show the phase: to the " +
    "right where the signals go together, to the left where against one another, upward where the first is ahead by a quarter of a " +
    "period. Both files need the same rate and length; of sounds of several channels --channel names one. A NumPy archive (.npz) " +
    "holds coherence, phase (in radians) and frequencies.",
  positionals: {
    first: "sound (.wav) or array (.npy)",
    second: "the other signal; the same file for two of its channels",
  },
  options: {
    out: outputOption("plot (.svg, .png) or numbers (.npz) to write"),
    ...scalogramOptions,
    voices: { ...scalogramOptions.voices, default: 12 },
    arrows: {
      type: "number",
      min: 0,
      max: 2,
      default: usualArrows,
      help: "least coherence at which an arrow shows the phase; above 1 there are none",
    },
    ...signalInputOptions,
    secondChannel: {
      type: "integer",
      min: 1,
      max: 1000,
      otherwise: "--channel",
      help: "number of the channel of the second file",
    },
    ...plotOptions,
  },
  examples: [
    "ondelette wavelet coherence left.wav right.wav -o coherence.png --duration 5",
    "ondelette wavelet coherence stereo.wav stereo.wav -o channels.svg --channel 1 --second-channel 2",
    "ondelette wavelet coherence rain.npy river.npy -o coherence.npz --rate 12",
  ],
  async run({ first: firstPath, second: secondPath, out, mode, arrows, ...args }, io) {
    for (const path of [firstPath, secondPath]) await checkRegularFile(path);
    const kind = await plotKind(out, [firstPath, secondPath], ["npz"]);
    const wavelet = ofLibrary(() => continuousWavelet(args.wavelet));
    const first = await single(firstPath, args, io.log);
    const channel = args.secondChannel ?? args.channel;
    const second = await single(secondPath, { ...args, channel }, io.log);
    const { length, samplingPeriod, unit, start } = first;
    if (second.samplingPeriod !== samplingPeriod || second.length !== length) {
      const said = (one: typeof first) =>
        `${one.length} samples${one.unit ? `, ${Math.round(1 / one.samplingPeriod)} a second` : ""}`;
      throw new UserError(
        `${firstPath} has ${said(first)}, and ${secondPath} has ${said(second)}; both need the same`,
        "sizes-differ",
      );
    }
    const both = { length, samplingPeriod, unit, transforms: 2 } as const;
    const frequencies = frequenciesOf(args, wavelet, both);
    const found = ofLibrary(() => {
      const options = { samplingPeriod, mode };
      const of = (data: Float64Array) => cwt(data, { frequencies }, wavelet, options);
      return waveletCoherence(of(first.data), of(second.data));
    });
    const { coherence, phase } = found;
    if (kind === "npz") {
      const shape = [frequencies.length, length];
      await writeFileAtomically(
        out,
        encodeNpz({
          ...{ coherence: { shape, data: coherence }, phase: { shape, data: phase } },
          frequencies: { shape: [frequencies.length], data: Float64Array.from(frequencies) },
          samplingPeriod: { shape: [], data: Float64Array.of(samplingPeriod) },
        }),
      );
    } else {
      const title = `Coherence by ${wavelet.name}`;
      const plot = plotCoherence(found, {
        ...{ ...(unit && { unit }), start, arrowsFrom: arrows },
        ...plotOf(args, "", title),
      });
      await writePlots(out, kind, [plot], { title });
    }
    const means = frequencies.map((frequency, row) => ({
      frequency,
      coherence: meanOf(coherence.subarray(row * length, (row + 1) * length)),
    }));
    const most = means.reduce((a, b) => (b.coherence > a.coherence ? b : a));
    const told = (value: number) => Number(value.toPrecision(4));
    const hz = frequencyUnit(unit);
    io.print(
      `${out}: ${length} samples at ${frequencies.length} frequencies from ${told(frequencies.at(-1)!)} to ${told(frequencies[0]!)} ${hz} by ${wavelet.name}`,
    );
    io.print(
      `  mean coherence ${told(meanOf(coherence))}, over time largest, ${told(most.coherence)}, at ${told(most.frequency)} ${hz}`,
    );
    return {
      ...{ out, samples: length, rate: unit ? 1 / samplingPeriod : null, wavelet: wavelet.name },
      ...{ mode, meanCoherence: meanOf(coherence), means },
    };
  },
});

/** The one channel of a signal. Throws UserError where there are several. */
async function single(
  path: string,
  args: Parameters<typeof readSignalInput>[1],
  notice: (sentence: string) => void,
) {
  const { channels, size, samplingPeriod, unit, start } = await readSignalInput(path, args, notice);
  const [channel, more] = channels;
  if (!channel || more)
    throw new UserError(`${path} has ${channels.length} channels; name one by --channel`);
  return {
    ...{ data: Float64Array.from(channel.data), length: size[0], samplingPeriod, unit, start },
  };
}

const meanOf = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
};
