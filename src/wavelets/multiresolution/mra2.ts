import { checkLevels } from "../arguments/levels.ts";
import { checkResult } from "../arguments/result.ts";
import type { DetailBands } from "../arrays/detailBands.ts";
import { type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { checkExtent, checkMatrix, checkSize, type Matrix } from "../arrays/matrix.ts";
import { wavedec2, wavedec2Adjoint, waverec2, waverec2Adjoint } from "../discrete/wavedec2.ts";
import type { Mode } from "../extension/mode.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import { iswt2, iswt2Adjoint, swt2, swt2Adjoint } from "../undecimated/swt2.ts";
import { imra, type MraOptions, resolveMraOptions } from "./mra.ts";

/** A matrix as a sum of parts, one per band and scale. */
export interface Mra2<A extends FloatArray = FloatArray> {
  readonly approximation: Matrix<A>;
  /** Coarsest level first; each part has the size of the matrix. */
  readonly details: readonly DetailBands<A>[];
  readonly transform: "swt" | "dwt";
  readonly mode: Mode;
  readonly wavelet: Wavelet;
}

/** The parts of a {@link Mra2}. */
type Parts<A extends FloatArray> = Pick<Mra2<A>, "approximation" | "details">;

/**
 * Multiresolution analysis of a matrix: the part that each band of its transform makes on its own, as `mra` does for
 * signals. Throws as `mra` does.
 */
export function mra2<A extends FloatArray>(
  matrix: Matrix<A>,
  like: WaveletLike,
  options: MraOptions = {},
): Mra2<A> {
  checkMatrix(matrix);
  const wavelet = waveletOf(like);
  const { transform, mode, levels } = resolveMraOptions(options);
  const rest = { transform, mode, wavelet };
  if (transform === "dwt") {
    const whole = wavedec2(matrix, wavelet, { mode, ...levels });
    return { ...partsOf(whole, (bands) => waverec2({ ...whole, ...bands })), ...rest };
  }
  const whole = swt2(matrix, wavelet, { ...levels, norm: true, trimApprox: true });
  const bands = { approximation: whole.approximations[0]!, details: whole.details };
  const inverse = ({ approximation, details }: Parts<A>) =>
    iswt2({ ...whole, approximations: [approximation], details });
  return { ...partsOf(bands, inverse), ...rest };
}

/** The inverse of {@link mra2}: the sum of the parts. Throws RangeError if their sizes differ. */
export function imra2<A extends FloatArray>(analysis: Parts<A>): Matrix<A> {
  checkResult(analysis, "details", "mra2");
  const { approximation, details } = analysis;
  const { height, width } = approximation;
  const parts = [approximation, ...details.flatMap((d) => [d.hl, d.lh, d.hh])];
  checkExtent(height, width);
  for (const part of parts) checkSize(part, height, width);
  return { height, width, data: imra({ components: parts.map((part) => part.data) }) };
}

/** The adjoint of {@link mra2}. Throws RangeError as {@link imra2} does. */
export function mra2Adjoint<A extends FloatArray>(analysis: Mra2<A>): Matrix<A> {
  imra2(analysis); // checks the sizes
  const { transform, mode, wavelet, approximation } = analysis;
  const { height, width } = approximation;
  const levels = analysis.details.length;
  if (transform === "dwt") {
    const bandsOf = (part: Matrix<A>) => waverec2Adjoint(part, wavelet, { mode, levels });
    return wavedec2Adjoint({ ...bandsFrom(analysis, bandsOf), height, width, mode, wavelet });
  }
  const transposed = (part: Matrix<A>) =>
    iswt2Adjoint(part, wavelet, { levels, norm: true, trimApprox: true });
  const bandsOf = (part: Matrix<A>): Parts<A> => {
    const { approximations, details } = transposed(part);
    return { approximation: approximations[0]!, details };
  };
  const { approximation: coarsest, details } = bandsFrom(analysis, bandsOf);
  return swt2Adjoint({
    approximations: [coarsest],
    details,
    height,
    width,
    startLevel: 0,
    norm: true,
    wavelet,
  });
}

/** The adjoint of {@link imra2}: a copy of the matrix as each part of `levels` levels. */
export function imra2Adjoint<A extends FloatArray>(matrix: Matrix<A>, levels: number): Parts<A> {
  checkMatrix(matrix);
  const part = (): Matrix<A> => ({ ...matrix, data: matrix.data.slice() as A });
  const details = Array.from({ length: checkLevels(levels) }, () => ({
    hl: part(),
    lh: part(),
    hh: part(),
  }));
  return { approximation: part(), details };
}

/** The `inverse` of each band with all other bands set to zero. */
function partsOf<A extends FloatArray>(
  bands: Parts<A>,
  inverse: (bands: Parts<A>) => Matrix<A>,
): Parts<A> {
  const zero = (band: Matrix<A>) => ({ ...band, data: zerosLike(band.data, band.data.length) });
  const nothing: Parts<A> = {
    approximation: zero(bands.approximation),
    details: bands.details.map((level) => mapBands(level, zero)),
  };
  return {
    approximation: inverse({ ...nothing, approximation: bands.approximation }),
    details: bands.details.map((level, i) =>
      mapBands(level, (band, name) => {
        const alone = { ...nothing.details[i]!, [name]: band };
        return inverse({ ...nothing, details: nothing.details.with(i, alone) });
      }),
    ),
  };
}

/** The adjoint of {@link partsOf}, where `bandsOf` is the adjoint of its inverse: from each part only its own band. */
function bandsFrom<A extends FloatArray>(
  parts: Parts<A>,
  bandsOf: (part: Matrix<A>) => Parts<A>,
): Parts<A> {
  return {
    approximation: bandsOf(parts.approximation).approximation,
    details: parts.details.map((level, i) =>
      mapBands(level, (part, name) => bandsOf(part).details[i]![name]),
    ),
  };
}

function mapBands<A extends FloatArray>(
  { hl, lh, hh }: DetailBands<A>,
  of: (band: Matrix<A>, name: keyof DetailBands<A>) => Matrix<A>,
): DetailBands<A> {
  return {
    hl: of(hl, "hl"),
    lh: of(lh, "lh"),
    hh: of(hh, "hh"),
  };
}
