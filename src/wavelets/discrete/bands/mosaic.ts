import { checkLevels } from "../../arguments/levels.ts";
import { checkOptions, optionNames } from "../../arguments/options.ts";
import { checkResult } from "../../arguments/result.ts";
import type { DetailBands } from "../../arrays/detailBands.ts";
import { type FloatArray, zerosLike } from "../../arrays/floatArray.ts";
import { checkMatrix, checkSize, type Matrix } from "../../arrays/matrix.ts";
import type { Mode } from "../../extension/mode.ts";
import { type WaveletLike, waveletOf } from "../../families/wavelet.ts";
import { copy } from "../../filterBank/pass.ts";
import type { Wavedec2 } from "../wavedec2.ts";

/**
 * All bands of a decomposition in one matrix of the original size, in Mallat's layout:
 *
 * ```
 * ┌────┬────┬─────────┐
 * │ ll │ lh₂│         │   the filters along axis 0 (down), then along axis 1;
 * ├────┼────┤   lh₁   │   ll is the approximation, at the coarsest level;
 * │ hl₂│ hh₂│         │   PyWavelets calls hl cH, lh cV and hh cD
 * ├────┴────┼─────────┤
 * │   hl₁   │   hh₁   │
 * └─────────┴─────────┘
 * ```
 *
 * Throws RangeError unless the bands tile the matrix: mode `periodization`, and sides divisible by 2^levels.
 *
 * @example
 * ```ts
 * const image = { height: 4, width: 4, data: new Float64Array(16).fill(1) };
 * const mosaic = pack(wavedec2(image, "haar", { levels: 2, mode: "periodization" }));
 * console.log(mosaic.data.findIndex((x) => Math.abs(x - 4) < 1e-9)); // the one coefficient of a constant
 * // → 0
 * ```
 */
export function pack<A extends FloatArray>(decomposition: Wavedec2<A>): Matrix<A> {
  checkResult(decomposition, "details", "wavedec2");
  const { approximation, details, height, width, mode } = decomposition;
  checkTiling(height, width, details.length, mode);
  const data = zerosLike(approximation.data, height * width);
  const coarsest = 2 ** details.length;
  checkSize(approximation, height / coarsest, width / coarsest);
  paste(approximation, data, 0, width);
  for (const [i, { hl, lh, hh }] of details.entries()) {
    const unit = 2 ** (details.length - i);
    for (const band of [hl, lh, hh]) checkSize(band, height / unit, width / unit);
    const below = hl.height * width;
    paste(lh, data, lh.width, width);
    paste(hl, data, below, width);
    paste(hh, data, below + hh.width, width);
  }
  return { height, width, data };
}

/** What {@link unpack} needs and a matrix does not carry. */
export interface UnpackOptions {
  readonly levels: number;
  readonly mode: Mode;
  readonly wavelet: WaveletLike;
}

const unpackOptions = optionNames<UnpackOptions>({ levels: true, mode: true, wavelet: true });

/** The inverse of {@link pack}: the decomposition that a mosaic holds. Throws RangeError as pack does. */
export function unpack<A extends FloatArray>(
  mosaic: Matrix<A>,
  options: UnpackOptions,
): Wavedec2<A> {
  checkMatrix(mosaic, "mosaic");
  checkOptions(options, unpackOptions);
  const { levels, mode } = options;
  const { height, width } = mosaic;
  const wavelet = waveletOf(options.wavelet);
  checkTiling(height, width, checkLevels(levels), mode);
  const details: DetailBands<A>[] = [];
  for (let level = levels; level >= 1; level--) {
    const h = height / 2 ** level;
    const w = width / 2 ** level;
    details.push({
      hl: cut(mosaic, h, 0, h, w),
      lh: cut(mosaic, 0, w, h, w),
      hh: cut(mosaic, h, w, h, w),
    });
  }
  const approximation = cut(mosaic, 0, 0, height / 2 ** levels, width / 2 ** levels);
  return { approximation, details, height, width, mode, wavelet };
}

function checkTiling(height: number, width: number, levels: number, mode: Mode): void {
  const unit = 2 ** levels;
  if (mode !== "periodization" || height % unit !== 0 || width % unit !== 0)
    throw new RangeError(
      `${levels} levels of ${height}×${width} in mode ${mode} do not tile a mosaic; ` +
        `use mode periodization and sides divisible by ${unit}`,
    );
}

function paste(band: Matrix, target: FloatArray, offset: number, stride: number): void {
  const { height, width, data } = band;
  for (let i = 0; i < height; i++) copy(data, i * width, target, offset + i * stride, width);
}

function cut<A extends FloatArray>(
  { width, data }: Matrix<A>,
  top: number,
  left: number,
  h: number,
  w: number,
): Matrix<A> {
  const band = zerosLike(data, h * w);
  for (let i = 0; i < h; i++) copy(data, (top + i) * width + left, band, i * w, w);
  return { height: h, width: w, data: band };
}
