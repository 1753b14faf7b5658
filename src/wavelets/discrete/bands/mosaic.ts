import type { DetailBands } from "../../arrays/detailBands.ts";
import { type FloatArray, zerosLike } from "../../arrays/floatArray.ts";
import type { Matrix } from "../../arrays/matrix.ts";
import type { Mode } from "../../extension/mode.ts";
import { type WaveletLike, waveletOf } from "../../families/wavelet.ts";
import type { Wavedec2 } from "../wavedec2.ts";

/**
 * Lays a decomposition out as one matrix of the signal's own size, the Mallat mosaic:
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
 * Throws RangeError unless the bands tile: `periodization` on a size divisible by 2^levels.
 */
export function pack<A extends FloatArray>(decomposition: Wavedec2<A>): Matrix<A> {
  const { approximation, details, height, width, mode } = decomposition;
  expectTiling(height, width, details.length, mode);
  const data = zerosLike(approximation.data, height * width);
  copy(approximation, data, 0, width);
  for (const { hl, lh, hh } of details) {
    const below = hl.height * width;
    copy(lh, data, lh.width, width);
    copy(hl, data, below, width);
    copy(hh, data, below + hh.width, width);
  }
  return { height, width, data };
}

/** What {@link unpack} must be told, because a bare matrix does not carry it. */
export interface UnpackOptions {
  readonly levels: number;
  readonly mode: Mode;
  readonly wavelet: WaveletLike;
}

/** The decomposition that {@link pack} laid out. Throws RangeError as pack does. */
export function unpack<A extends FloatArray>(
  mosaic: Matrix<A>,
  { levels, mode, wavelet: like }: UnpackOptions,
): Wavedec2<A> {
  const { height, width } = mosaic;
  const wavelet = waveletOf(like);
  expectTiling(height, width, levels, mode);
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

function expectTiling(height: number, width: number, levels: number, mode: Mode): void {
  const unit = 2 ** levels;
  if (mode !== "periodization" || height % unit !== 0 || width % unit !== 0)
    throw new RangeError(
      `${levels} levels of ${height}×${width} in mode ${mode} do not tile a mosaic; ` +
        `periodization on multiples of ${unit} does`,
    );
}

function copy(band: Matrix, target: FloatArray, offset: number, stride: number): void {
  for (let i = 0; i < band.height; i++) {
    const row = band.data.subarray(i * band.width, (i + 1) * band.width);
    target.set(row, offset + i * stride);
  }
}

function cut<A extends FloatArray>(
  { width, data }: Matrix<A>,
  top: number,
  left: number,
  h: number,
  w: number,
): Matrix<A> {
  const band = zerosLike(data, h * w);
  for (let i = 0; i < h; i++) {
    const from = (top + i) * width + left;
    band.set(data.subarray(from, from + w), i * w);
  }
  return { height: h, width: w, data: band };
}
