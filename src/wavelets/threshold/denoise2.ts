import { checkLevels } from "../arguments/levels.ts";
import type { DetailBands } from "../arrays/detailBands.ts";
import { type FloatArray, ofKind, zerosLike } from "../arrays/floatArray.ts";
import { checkMatrix, type Matrix } from "../arrays/matrix.ts";
import { modulo } from "../arrays/modulo.ts";
import { dwtMaxLevel } from "../discrete/maxLevel.ts";
import { wavedec2, waverec2 } from "../discrete/wavedec2.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import { iswt2, swt2 } from "../undecimated/swt2.ts";
import { noiseGains } from "./noise.ts";
import { type DenoiseOptions, resolveTransform, shrinkage } from "./shrinkage.ts";

/**
 * A matrix without its noise: its detail bands shrunk, each by a threshold of its own, and transformed back. White noise
 * is measured in the finest diagonal band. `levels` is `dwtMaxLevel` of the shorter side by default; a matrix too small
 * for one level comes back as it is. Throws RangeError as `denoise` does.
 */
export function denoise2<A extends FloatArray>(
  matrix: Matrix<A>,
  like: WaveletLike,
  options: DenoiseOptions = {},
): Matrix<A> {
  checkMatrix(matrix);
  const { height, width, data } = matrix;
  const wavelet = waveletOf(like);
  const levels = checkLevels(options.levels ?? dwtMaxLevel(Math.min(height, width), wavelet));
  const { transform, shifts } = resolveTransform(options);
  if (levels === 0) return { height, width, data: data.slice() as A };
  const once = transform === "swt" ? bySwt : byDwt;
  if (shifts === 1) return once(matrix, wavelet, levels, options);
  const sum = new Float64Array(data.length);
  for (let down = 0; down < shifts; down++)
    for (let along = 0; along < shifts; along++) {
      const clean = once(rolled(matrix, down, along), wavelet, levels, options);
      rolled(clean, -down, -along).data.forEach((value, i) => {
        sum[i]! += value / shifts ** 2;
      });
    }
  return { height, width, data: ofKind(data, sum) };
}

function byDwt<A extends FloatArray>(
  matrix: Matrix<A>,
  wavelet: Wavelet,
  levels: number,
  options: DenoiseOptions,
): Matrix<A> {
  const { mode } = options;
  const bands = wavedec2(matrix, wavelet, { levels, ...(mode && { mode }) });
  const samples = matrix.data.length;
  return waverec2({ ...bands, details: shrunkDetails(bands.details, wavelet, samples, options) });
}

function bySwt<A extends FloatArray>(
  matrix: Matrix<A>,
  wavelet: Wavelet,
  levels: number,
  options: DenoiseOptions,
): Matrix<A> {
  const bands = swt2(matrix, wavelet, { levels, trimApprox: true });
  const samples = matrix.data.length;
  return iswt2({ ...bands, details: shrunkDetails(bands.details, wavelet, samples, options) });
}

/** The details of a decomposition, coarsest first and at least one, each band shrunk. */
function shrunkDetails<A extends FloatArray>(
  details: readonly DetailBands<A>[],
  wavelet: Wavelet,
  samples: number,
  options: DenoiseOptions,
): DetailBands<A>[] {
  const gains = noiseGains(wavelet, details.length);
  const finest = details.at(-1)!.hh.data; // at least one
  const shrink = shrinkage(options, samples, finest, gains[0]!.high ** 2); // one for each level
  return details.map(({ hl, lh, hh }, i) => {
    const { low, high } = gains[details.length - 1 - i]!; // one for each level
    const shrunk = (band: Matrix<A>, gain: number) => ({ ...band, data: shrink(band.data, gain) });
    return {
      hl: shrunk(hl, high * low),
      lh: shrunk(lh, low * high),
      hh: shrunk(hh, high * high),
    };
  });
}

/** The matrix moved down and to the right by some samples, around its ends. */
function rolled<A extends FloatArray>(matrix: Matrix<A>, down: number, along: number): Matrix<A> {
  const { height, width, data } = matrix;
  const result = zerosLike(data, data.length);
  for (let i = 0; i < height; i++) {
    const from = modulo(i - down, height) * width;
    for (let j = 0; j < width; j++) result[i * width + j] = data[from + modulo(j - along, width)]!;
  }
  return { height, width, data: result };
}
