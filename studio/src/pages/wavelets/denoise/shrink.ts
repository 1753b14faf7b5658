import { createRandom, type Raster } from "ondelette/data";
import {
  bayesThreshold,
  type DenoiseOptions,
  denoise2,
  hybridSureThreshold,
  minimaxThreshold,
  sureThreshold,
  type ThresholdRule,
  type ThresholdRuleName,
  universalThreshold,
  type WaveletName,
} from "ondelette/wavelets";

export interface ShrinkSettings {
  readonly wavelet: WaveletName;
  readonly levels: number;
  /** Standard deviation of the added noise, of values from 0 to 255. */
  readonly sigma: number;
  readonly seed: number;
  readonly rule: ThresholdRuleName;
  /** By which the rule's thresholds are multiplied. */
  readonly factor: number;
  readonly shrink: "soft" | "hard" | "garrote";
  readonly transform: "dwt" | "swt";
  readonly shifts: number;
  /** Whether the rule is told the noise level or estimates it. */
  readonly noise: "estimated" | "known";
}

/** The planes of a picture: values from 0 to 255, one array a channel. */
export interface Planes {
  readonly width: number;
  readonly height: number;
  readonly planes: readonly Float32Array[];
}

/** A picture without noise that was added to it. */
export interface Shrunk {
  readonly clean: Planes;
  /** The share of details that became 0. */
  readonly zeros: number;
}

export function planesOf({ width, height, channels, data }: Raster): Planes {
  const planes = Array.from({ length: channels }, (_, c) =>
    Float32Array.from({ length: width * height }, (_, i) => data[channels * i + c]!),
  );
  return { width, height, planes };
}

export function rasterOf({ width, height, planes }: Planes): Raster {
  const channels = planes.length === 1 ? 1 : 3;
  const data = new Uint8Array(channels * width * height);
  planes.forEach((plane, c) => {
    for (let i = 0; i < plane.length; i++)
      data[channels * i + c] = Math.max(0, Math.min(255, Math.round(plane[i]!)));
  });
  return { width, height, channels, data };
}

/** Adds normal noise, the same for the same seed. */
export function withNoise(picture: Planes, sigma: number, seed: number): Planes {
  const random = createRandom(seed);
  const planes = picture.planes.map((plane) =>
    plane.map((value) => value + sigma * random.normal()),
  );
  return { ...picture, planes };
}

/** Peak signal-to-noise ratio in dB, of values that are neither rounded nor clipped. */
export function psnrOf(original: Planes, other: Planes): number {
  let sum = 0;
  let count = 0;
  original.planes.forEach((plane, c) => {
    const against = other.planes[c]!;
    for (let i = 0; i < plane.length; i++) sum += (plane[i]! - against[i]!) ** 2;
    count += plane.length;
  });
  return 10 * Math.log10((255 ** 2 * count) / sum);
}

const rules: Readonly<Record<ThresholdRuleName, ThresholdRule>> = {
  universal: (_, sigma, samples) => universalThreshold(sigma, samples),
  minimax: (_, sigma, samples) => minimaxThreshold(sigma, samples),
  sure: sureThreshold,
  hybridSure: hybridSureThreshold,
  bayes: bayesThreshold,
};

/** Shrinks the details of every channel. */
export function shrunk(noisy: Planes, settings: ShrinkSettings): Shrunk {
  const { wavelet, levels, sigma, rule, factor, shrink, transform, shifts, noise } = settings;
  let [zeros, all] = [0, 0];
  const options: DenoiseOptions = {
    ...{ levels, shrink, transform },
    ...(transform === "dwt" && { mode: "symmetric", shifts }),
    ...(noise === "known" && { noise: sigma }),
    rule(band, level, samples) {
      const threshold = factor * rules[rule](band, level, samples);
      for (const x of band) if (Math.abs(x) < threshold) zeros++;
      all += band.length;
      return threshold;
    },
  };
  const { width, height } = noisy;
  const planes = noisy.planes.map(
    (data) => denoise2({ width, height, data }, wavelet, options).data,
  );
  return { clean: { width, height, planes }, zeros: all === 0 ? 0 : zeros / all };
}
