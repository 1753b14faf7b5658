import type { Matrix } from "../../../wavelets/arrays/matrix.ts";
import { denoisePicture } from "../../../wavelets/denoising/denoisePicture.ts";
import { noiseLevel2 } from "../../../wavelets/denoising/noiseLevel2.ts";
import type { Preparation, Prepared } from "../../family.ts";
import { quality } from "../../signal/quality.ts";
import { pointsOf, type Signal } from "../../signal/signal.ts";
import { fromCellMeans } from "./cellMeans.ts";
import { denoise } from "./denoise.ts";
import { samplesOf } from "./sparseFit.ts";

/** Range of values from -1 to 1. */
const range = 2;

/**
 * Removes noise, then converts cell means to point values (`fromCellMeans`): that would amplify noise. Pictures are denoised by
 * `denoisePicture`, sounds and volumes by `denoise` (BayesShrink).
 */
export function prepare(given: Signal, { denoise: strength, samples }: Preparation): Prepared {
  const sharpen = samples === "means" ? fromCellMeans : (signal: Signal) => signal;
  if (strength === undefined) return { signal: sharpen(given) };
  const known = strength === "auto" ? undefined : range * strength;
  const { values, sigma } = (given.size.length === 2 ? cleanPicture : cleanSignal)(given, known);
  const signal = { ...given, values };
  return {
    signal: sharpen(signal),
    noise: { sigma: sigma / range, psnr: quality(given, signal).psnr },
  };
}

/** Values without their noise, and its standard deviation, which is given or estimated. */
interface Clean {
  readonly values: Float32Array;
  readonly sigma: number;
}

function cleanSignal(signal: Signal, known: number | undefined): Clean {
  const { expansion, sigma } = denoise(signal, known === undefined ? {} : { sigma: known });
  return { values: samplesOf(expansion), sigma };
}

function cleanPicture(picture: Signal, known: number | undefined): Clean {
  const planes = planesOf(picture);
  const sigma = known ?? noiseLevel2(planes);
  const values = new Float32Array(picture.values.length);
  for (const [c, { data }] of denoisePicture(planes, { sigma }).entries())
    for (let i = 0; i < data.length; i++) values[i * picture.channels + c] = data[i]!;
  return { values, sigma };
}

/** A matrix for each channel of a picture. */
function planesOf({ size, channels, values }: Signal): Matrix<Float32Array>[] {
  const [height, width] = size as [number, number];
  return Array.from({ length: channels }, (_, c) => ({
    ...{ height, width },
    data: Float32Array.from({ length: pointsOf(size) }, (_, i) => values[i * channels + c]!),
  }));
}
