import { fromMuLaw, toMuLaw } from "../../src/data/formats/muLaw.ts";
import type { LoadedImages } from "../../src/data/images/loadedImages.ts";
import { blankRaster, type Raster } from "../../src/data/images/raster.ts";
import { createRandom, type Random } from "../../src/data/random/random.ts";
import { shuffle } from "../../src/data/random/shuffle.ts";
import { createFft } from "../../src/wavelets/continuous/fourier/fft.ts";
import { clipRate } from "./clipRate.ts";
import { melBands, spectrogram } from "./spectrogram.ts";

/** A recording of a spoken digit. */
export interface Recording {
  readonly digit: number;
  readonly samples: Float32Array;
}

/** Samples that the judge hears at once, 0.8 s: nearly all recordings are shorter than 0.65 s. */
export const heard = 6400;

/** Ten digits, and what is none of them. */
export const classNames = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "no digit"] as const;
const noDigit = 10;

const [window, hop] = [256, 128];
const bands = 32;
const weights = melBands(window / 2 + 1, clipRate, { bands, from: 100, to: 3800 });
/** The bins of each band whose weight is not zero. */
const within = Array.from({ length: bands }, (_, band) => {
  const row = weights.subarray(band * (window / 2 + 1), (band + 1) * (window / 2 + 1));
  return [...row.keys()].filter((k) => row[k]! > 0); // a bin
});
/** Decibels below the loudest place that count as silence. */
const range = 60;

/**
 * What the judge sees of {@link heard} samples: a gray picture of 32 bands in mel, low ones on top, by 49 frames of 32 ms, one
 * every 16 ms; white is the loudest place, black 60 dB below. So loudness does not matter.
 */
export function clipPicture(samples: Float32Array): Raster {
  const { frames, bins, power } = spectrogram(samples, window, hop);
  const levels = Float64Array.from({ length: bands * frames }, (_, i) => {
    const [band, frame] = [Math.floor(i / frames), i % frames];
    let sum = 1e-12; // silence has a logarithm too
    for (const k of within[band]!) sum += weights[band * bins + k]! * power[frame * bins + k]!; // a band, and its bins
    return 10 * Math.log10(sum);
  });
  const loudest = levels.reduce((a, b) => Math.max(a, b));
  const picture = blankRaster(frames, bands, 1);
  levels.forEach((level, i) => {
    picture.data[i] = Math.round(255 * Math.max(0, 1 + (level - loudest) / range));
  });
  return picture;
}

/** As a model of 256 levels (µ-law) says a sound. */
export const quantized = (samples: Float32Array): Float32Array =>
  samples.map((sample) => fromMuLaw(toMuLaw(sample)));

/** A window with a whole recording somewhere in it; half of the time beside parts of others, after gaps of up to 150 ms. */
function digitWindow(recording: Recording, others: readonly Recording[], random: Random) {
  const samples = background(heard, random);
  const { length } = recording.samples;
  const room = heard - length;
  const start = room < 0 ? Math.trunc(room / 2) : random.integer(room + 1);
  add(samples, recording.samples, start);
  if (random.integer(2) === 1) {
    const gap = () => random.integer(1200);
    /** At most half a digit, so that the whole one is the only whole one. */
    const part = () => {
      const { samples: all } = one(others, random);
      return all.subarray(0, random.integer(all.length >> 1));
    };
    const before = part();
    add(samples, before, start - gap() - before.length);
    add(samples, part(), start + length + gap());
  }
  return quantized(samples);
}

/** Windows without a digit, each made of one: what a judge must not take for one. */
const strangers = {
  /** Noise with the spectrum of a recording. */
  noise: ({ samples }: Recording, _: readonly Recording[], random: Random) =>
    noiseLike(samples, heard, random),
  /** A recording cut into pieces of 25 to 80 ms in another order. */
  pieces: ({ samples }: Recording, _: readonly Recording[], random: Random) =>
    repeated(inPieces(samples, random), heard),
  /** The end of a digit before the beginning of another. */
  halves({ digit, samples }: Recording, others: readonly Recording[], random: Random) {
    const other = one(
      others.filter((recording) => recording.digit !== digit),
      random,
    ).samples;
    const joined = background(heard, random);
    const [end, begin] = [
      samples.subarray(samples.length >> 1),
      other.subarray(0, other.length >> 1),
    ];
    const start = random.integer(Math.max(1, heard - end.length - begin.length));
    add(joined, end, start);
    add(joined, begin, start + end.length);
    return joined;
  },
  /** A recording played backwards, within a window. */
  backwards({ samples }: Recording, _: readonly Recording[], random: Random) {
    const window = background(heard, random);
    add(window, samples.toReversed(), random.integer(Math.max(1, heard - samples.length)));
    return window;
  },
  /** Nothing but faint noise. */
  silence: (_: Recording, __: readonly Recording[], random: Random) => background(heard, random),
} as const;

/**
 * Pictures to train or test a judge on: `scenes` windows with each recording, and half as many without a digit, of the kinds of
 * {@link strangers} in turn.
 */
export function digitPictures(
  recordings: readonly Recording[],
  scenes: number,
  seed: number,
): LoadedImages {
  const kinds = Object.values(strangers);
  const rasters: Raster[] = [];
  const labels: number[] = [];
  recordings.forEach((recording, i) => {
    for (let scene = 0; scene < scenes; scene++) {
      const random = createRandom(seed).fork(`${i} ${scene}`);
      rasters.push(clipPicture(digitWindow(recording, recordings, random)));
      labels.push(recording.digit);
      if ((i + scene) % 2 > 0) continue;
      const kind = kinds[((i + scene) / 2) % kinds.length]!; // there are kinds
      rasters.push(clipPicture(quantized(kind(recording, recordings, random))));
      labels.push(noDigit);
    }
  });
  return { classNames, rasters, labels: Uint16Array.from(labels) };
}

/** Makes a clip of so many samples out of recordings. */
type MakeClip = (recordings: readonly Recording[], length: number, random: Random) => Float32Array;

/** Clips to compare with those of a model: what there is to hear, and what there is not. */
export const references: Readonly<Record<string, MakeClip>> = {
  "held-out recordings": speech,
  "the same backwards": (...of) => speech(...of).toReversed(),
  // The judge was not taught that this is no digit: it knows shorter pieces.
  "their pieces of 0.1 to 0.2 s in another order": (recordings, length, random) =>
    inPieces(speech(recordings, length, random), random, [800, 1600]),
  "their pieces of 25 to 80 ms in another order": (recordings, length, random) =>
    inPieces(speech(recordings, length, random), random),
  "noise with their spectrum": (recordings, length, random) =>
    noiseLike(one(recordings, random).samples, length, random),
  silence: (_, length, random) => background(length, random),
};

/** The windows of a clip that the judge hears: one every 100 ms, with silence around a shorter clip. */
export function windowsOf(clip: Float32Array): Float32Array[] {
  if (clip.length <= heard) {
    const whole = new Float32Array(heard);
    add(whole, clip, (heard - clip.length) >> 1);
    return [whole];
  }
  const count = Math.floor((clip.length - heard) / (clipRate / 10)) + 1;
  return Array.from({ length: count }, (_, i) => {
    const start = (i * clipRate) / 10;
    return clip.slice(start, start + heard);
  });
}

/** Recordings one after another, 100 to 200 ms apart. */
function speech(recordings: readonly Recording[], length: number, random: Random): Float32Array {
  const samples = background(length, random);
  for (let at = 0; at < length; at += 800 + random.integer(800)) {
    const { samples: digit } = one(recordings, random);
    add(samples, digit, at);
    at += digit.length;
  }
  return samples;
}

/** Noise 50 to 90 dB below full scale. */
function background(length: number, random: Random): Float32Array {
  const size = 10 ** (-2.5 - 2 * random.uniform());
  return Float32Array.from({ length }, () => size * random.normal());
}

/** Adds a sound from a place on, which may be before the beginning; what does not fit is left out. */
function add(to: Float32Array, sound: Float32Array, start: number): void {
  for (let n = Math.max(0, -start); n < sound.length && start + n < to.length; n++)
    to[start + n] = to[start + n]! + sound[n]!; // both within
}

/** Pieces of a sound, of so many samples, 25 to 80 ms by default, in another order. */
function inPieces(
  samples: Float32Array,
  random: Random,
  [least, most]: readonly [number, number] = [200, 640],
): Float32Array {
  const pieces: Float32Array[] = [];
  for (let at = 0; at < samples.length; ) {
    const end = at + least + random.integer(most - least);
    pieces.push(samples.subarray(at, end));
    at = end;
  }
  return Float32Array.from(shuffle(pieces, random).flatMap((piece) => [...piece]));
}

const repeated = (samples: Float32Array, length: number): Float32Array =>
  Float32Array.from({ length }, (_, n) => samples[n % samples.length]!); // within

/** White noise that is given the spectrum of a sound, and its loudness. */
function noiseLike(samples: Float32Array, length: number, random: Random): Float32Array {
  const fft = createFft(length);
  const [re, im] = [Float64Array.from({ length }, () => random.normal()), new Float64Array(length)];
  const [soundRe, soundIm] = [
    Float64Array.from({ length }, (_, n) => samples[n] ?? 0),
    new Float64Array(length),
  ];
  fft.forward(re, im);
  fft.forward(soundRe, soundIm);
  const scale = 1 / Math.sqrt(Math.min(length, samples.length));
  for (let k = 0; k < length; k++) {
    const size = scale * Math.hypot(soundRe[k]!, soundIm[k]!); // k < length
    re[k]! *= size;
    im[k]! *= size;
  }
  fft.inverse(re, im);
  return Float32Array.from(re);
}

const one = <T>(items: readonly T[], random: Random): T => items[random.integer(items.length)]!; // not empty
