import { checkLevels } from "../arguments/levels.ts";
import { checkResult } from "../arguments/result.ts";
import type { DetailBands } from "../arrays/detailBands.ts";
import type { FloatArray } from "../arrays/floatArray.ts";
import { arrayOf, checkMatrix, type Matrix, matrixOf } from "../arrays/matrix.ts";
import type { NdArray } from "../arrays/ndArray.ts";
import {
  type Wavedec2,
  wavedec2,
  wavedec2Adjoint,
  waverec2,
  waverec2Adjoint,
} from "../discrete/wavedec2.ts";
import type { Mode } from "../extension/mode.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import { iswt2, iswt2Adjoint, type Swt2, swt2, swt2Adjoint } from "../undecimated/swt2.ts";
import { asParts, type MraOptions, resolveMraOptions } from "./mra.ts";
import { ownBands, type Parts, partsOf, sumOfParts } from "./parts.ts";

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
type Parts2<A extends FloatArray> = Pick<Mra2<A>, "approximation" | "details">;

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
  const parts =
    transform === "dwt"
      ? partsOf<A, Wavedec2<A>>(wavedec2(matrix, wavelet, { mode, ...levels }), (bands) =>
          arrayOf(waverec2(bands)),
        )
      : partsOf<A, Swt2<A>>(swt2(matrix, wavelet, { ...levels, ...asParts }), (bands) =>
          arrayOf(iswt2(bands)),
        );
  return { ...planesOf(parts), transform, mode, wavelet };
}

/** The inverse of {@link mra2}: the sum of the parts. Throws RangeError if their sizes differ. */
export function imra2<A extends FloatArray>(analysis: Parts2<A>): Matrix<A> {
  checkResult(analysis, "details", "mra2");
  return matrixOf(sumOfParts(partsFrom(analysis)));
}

/** The adjoint of {@link mra2}. Throws RangeError as {@link imra2} does. */
export function mra2Adjoint<A extends FloatArray>(analysis: Mra2<A>): Matrix<A> {
  const { height, width } = imra2(analysis); // checks the sizes
  const { transform, mode, wavelet } = analysis;
  const levels = analysis.details.length;
  const parts = partsFrom(analysis);
  if (transform === "dwt") {
    const bandsOf = (part: NdArray<A>) =>
      waverec2Adjoint(matrixOf(part), wavelet, { mode, levels });
    return wavedec2Adjoint({ ...planesOf(ownBands(parts, bandsOf)), height, width, mode, wavelet });
  }
  const bandsOf = (part: NdArray<A>) =>
    iswt2Adjoint(matrixOf(part), wavelet, { levels, ...asParts });
  const { approximation, details } = planesOf(ownBands(parts, bandsOf));
  const whole = bandsOf(parts.approximation);
  return swt2Adjoint({ ...whole, approximations: [approximation], details });
}

/** The adjoint of {@link imra2}: a copy of the matrix as each part of `levels` levels. */
export function imra2Adjoint<A extends FloatArray>(matrix: Matrix<A>, levels: number): Parts2<A> {
  checkMatrix(matrix);
  const part = (): Matrix<A> => ({ ...matrix, data: matrix.data.slice() as A });
  const details = Array.from({ length: checkLevels(levels) }, () => ({
    hl: part(),
    lh: part(),
    hh: part(),
  }));
  return { approximation: part(), details };
}

function planesOf<A extends FloatArray>({ approximation, details }: Parts<A>): Parts2<A> {
  return {
    approximation: matrixOf(approximation),
    details: details.map(({ ad, da, dd }) => {
      return { hl: matrixOf(da!), lh: matrixOf(ad!), hh: matrixOf(dd!) };
    }),
  };
}

/** The inverse of {@link planesOf}. */
function partsFrom<A extends FloatArray>({ approximation, details }: Parts2<A>): Parts<A> {
  return {
    approximation: arrayOf(approximation),
    details: details.map(({ hl, lh, hh }) => {
      return { ad: arrayOf(lh), da: arrayOf(hl), dd: arrayOf(hh) };
    }),
  };
}
