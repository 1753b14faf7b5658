import {
  continuousWavelet,
  cwt,
  defaultScales,
  type Mode,
  mra,
  scalesFor,
  type WaveletName,
} from "ondelette/wavelets";

/** The smallest and the largest sample in each of `columns` equal parts of a signal; one sample each where it is shorter. */
export interface Envelope {
  readonly low: Float32Array;
  readonly high: Float32Array;
}

export function envelopeOf(samples: Float64Array, columns: number): Envelope {
  const count = Math.min(columns, samples.length);
  const [low, high] = [new Float32Array(count), new Float32Array(count)];
  for (let column = 0; column < count; column++) {
    const from = Math.floor((column * samples.length) / count);
    const to = Math.max(from + 1, Math.floor(((column + 1) * samples.length) / count));
    let [least, most] = [samples[from]!, samples[from]!];
    for (let i = from + 1; i < to; i++) {
      least = Math.min(least, samples[i]!);
      most = Math.max(most, samples[i]!);
    }
    [low[column], high[column]] = [least, most];
  }
  return { low, high };
}

export interface ScalogramSettings {
  readonly psi: string;
  readonly voices: number;
  readonly norm: "l1" | "l2";
}

/** The modulus of a continuous transform: the largest in each of `columns` parts of time, scale by scale, finest first. */
export interface Scalogram {
  readonly columns: number;
  readonly modulus: Float32Array;
  /** Of each row, in cycles per second, or per sample where time has no unit. */
  readonly frequencies: readonly number[];
  /** Of each row: the share of the signal at either end that what lies beyond it affects. */
  readonly cone: readonly number[];
  readonly largest: number;
}

/** Below this many periods in the whole signal there is nothing to see. */
const octavesShown = 10;

/** One scale after another, so that only one row is held at full length. */
export function scalogramOf(
  samples: Float64Array,
  rate: number,
  { psi, voices, norm }: ScalogramSettings,
  columns: number,
): Scalogram {
  const wavelet = continuousWavelet(psi);
  const all = defaultScales(wavelet, samples.length, { voices });
  const from = all[0]!; // one at least
  const to = Math.min(all.at(-1)!, from * 2 ** octavesShown);
  const scales = scalesFor({ from, to, voices });
  const count = Math.min(columns, samples.length);
  const modulus = new Float32Array(scales.length * count);
  let largest = 0;
  // Several at a time share the signal's spectrum.
  const together = Math.max(1, Math.floor(2 ** 20 / samples.length));
  for (let first = 0; first < scales.length; first += together) {
    const some = scales.slice(first, first + together);
    const { re, im } = cwt(samples, some, wavelet, { norm });
    for (let row = 0; row < some.length; row++)
      for (let column = 0; column < count; column++) {
        const begin = Math.floor((column * samples.length) / count);
        const end = Math.max(begin + 1, Math.floor(((column + 1) * samples.length) / count));
        let most = 0;
        for (let i = row * samples.length + begin; i < row * samples.length + end; i++)
          most = Math.max(most, re[i]! ** 2 + (im ? im[i]! ** 2 : 0));
        modulus[(first + row) * count + column] = Math.sqrt(most);
        largest = Math.max(largest, Math.sqrt(most));
      }
  }
  return {
    ...{ columns: count, modulus, largest },
    frequencies: scales.map((scale) => (wavelet.centralFrequency / scale) * rate),
    cone: scales.map((scale) => (scale * wavelet.eFolding) / samples.length),
  };
}

/** One line of a multiresolution analysis. */
export interface Part {
  /** `D3`, or `A6` of the rest. */
  readonly name: string;
  /** Its band of frequencies, or of periods. */
  readonly band: string;
  readonly envelope: Envelope;
  /** Its share of the signal's energy without the mean. */
  readonly share: number;
}

export function partsOf(
  samples: Float64Array,
  rate: number,
  options: {
    readonly wavelet: WaveletName;
    readonly levels: number;
    readonly transform: "swt" | "dwt";
    readonly mode?: Mode;
  },
  columns: number,
): Part[] {
  const levels = Math.max(1, Math.min(options.levels, Math.floor(Math.log2(samples.length)) - 1));
  const { components } = mra(samples, options.wavelet, { levels, transform: options.transform });
  const energies = components.map((part, i) => energyOf(part, i === 0));
  const all = energies.reduce((a, b) => a + b, 0) || 1;
  const lines = components.map((part, i) => {
    const level = i === 0 ? levels : levels - i + 1;
    const band: readonly [low: number, high: number] =
      i === 0 ? [0, rate / 2 ** (level + 1)] : [rate / 2 ** (level + 1), rate / 2 ** level];
    return {
      name: `${i === 0 ? "A" : "D"}${level}`,
      band: rate === 1 ? periods(band) : hertz(band),
      envelope: envelopeOf(part, columns),
      share: energies[i]! / all,
    };
  });
  return lines.reverse(); // finest first, as the scalogram
}

function energyOf(part: Float64Array, hasMean: boolean): number {
  const mean = hasMean ? part.reduce((a, b) => a + b, 0) / part.length : 0;
  return part.reduce((sum, x) => sum + (x - mean) ** 2, 0);
}

const hertz = ([low, high]: readonly [number, number]): string =>
  low === 0 ? `below ${short(high)} Hz` : `${short(low)}–${short(high)} Hz`;

const periods = ([low, high]: readonly [number, number]): string =>
  low === 0 ? `above ${short(1 / high)}` : `${short(1 / high)}–${short(1 / low)}`;

/** Three digits at most, thousands as k. */
export const short = (x: number): string =>
  x >= 1000 ? `${Number((x / 1000).toPrecision(2))}k` : `${Number(x.toPrecision(3))}`;
