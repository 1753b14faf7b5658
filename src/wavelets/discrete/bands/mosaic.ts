import { checkLevels } from "../../arguments/levels.ts";
import { checkOptions, optionNames } from "../../arguments/options.ts";
import { checkResult } from "../../arguments/result.ts";
import { bandsOf, type DetailBands } from "../../arrays/detailBands.ts";
import type { FloatArray } from "../../arrays/floatArray.ts";
import { checkApart, type Into, intoNames } from "../../arrays/into.ts";
import { checkMatrix, checkSize, type Matrix, matrixFor } from "../../arrays/matrix.ts";
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
 * Throws RangeError unless the bands tile the matrix: mode `periodization`, and sides divisible by 2^levels; and for an `out` of
 * another size or type, or one that shares memory with a band.
 *
 * @example
 * ```ts
 * const image = { height: 4, width: 4, data: new Float64Array(16).fill(1) };
 * const mosaic = pack(wavedec2(image, "haar", { levels: 2, mode: "periodization" }));
 * console.log(mosaic.data.findIndex((x) => Math.abs(x - 4) < 1e-9)); // the one coefficient of a constant
 * // → 0
 * ```
 */
export function pack<A extends FloatArray>(
  decomposition: Wavedec2<A>,
  options: Into<Matrix<A>> = {},
): Matrix<A> {
  checkResult(decomposition, "details", "wavedec2");
  checkOptions(options, intoNames);
  const { approximation, details, height, width, mode } = decomposition;
  checkTiling(height, width, details.length, mode);
  const { out } = options;
  const { data } = matrixFor(out, approximation.data, height, width);
  if (out)
    for (const band of [approximation, ...details.flatMap(bandsOf)]) checkApart(data, band.data);
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

const unpackOptions = optionNames<UnpackOptions & Into<unknown>>({
  ...{ levels: true, mode: true, wavelet: true },
  out: true,
});

/**
 * The inverse of {@link pack}: the decomposition that a mosaic holds. The bands are copies. Throws RangeError as pack does, and for
 * an `out` of other levels.
 */
export function unpack<A extends FloatArray>(
  mosaic: Matrix<A>,
  options: UnpackOptions & Into<Wavedec2<A>>,
): Wavedec2<A> {
  checkMatrix(mosaic, "mosaic");
  checkOptions(options, unpackOptions);
  const { levels, mode, out } = options;
  const { height, width } = mosaic;
  const wavelet = waveletOf(options.wavelet);
  checkTiling(height, width, checkLevels(levels), mode);
  if (out) checkResult(out, "details", "wavedec2");
  if (out && out.details.length !== levels)
    throw new RangeError(`out has ${out.details.length} levels instead of ${levels}`);
  const details: DetailBands<A>[] = [];
  for (let level = levels; level >= 1; level--) {
    const h = height / 2 ** level;
    const w = width / 2 ** level;
    const own = out?.details[levels - level];
    details.push({
      hl: cut(mosaic, h, 0, h, w, own?.hl),
      lh: cut(mosaic, 0, w, h, w, own?.lh),
      hh: cut(mosaic, h, w, h, w, own?.hh),
    });
  }
  const [h, w] = [height / 2 ** levels, width / 2 ** levels];
  const approximation = cut(mosaic, 0, 0, h, w, out?.approximation);
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
  out: Matrix<A> | undefined,
): Matrix<A> {
  const band = matrixFor(out, data, h, w);
  if (out) checkApart(band.data, data);
  for (let i = 0; i < h; i++) copy(data, (top + i) * width + left, band.data, i * w, w);
  return band;
}
