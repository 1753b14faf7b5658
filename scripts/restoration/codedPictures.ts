import type { BandPlan } from "../../src/codec/planes/bandPlan.ts";
import type { Known } from "../../src/codec/planes/known.ts";
import type { Raster } from "../../src/data/index.ts";
import { analyzePicture, codeAtStep } from "../../src/image/compression/codePicture.ts";
import type { PictureHead } from "../../src/image/compression/pictureHead.ts";
import { sizeGuess, stepFor } from "../../src/image/compression/sizeGuess.ts";

/** A picture as code, beside what it was. */
export interface CodedExample {
  readonly raster: Raster;
  readonly plan: BandPlan;
  readonly head: PictureHead;
  readonly known: Known;
  /** Bits per pixel. */
  readonly rate: number;
  /** What the decoder looks for, in units of the plan's 2^0. */
  readonly coefficients: Float64Array;
}

/** A code's length falls about so with the step: the slope of their logarithms. */
const slope = -1.1;
/** A code that is so much longer or shorter than wanted is made anew once. */
const tolerance = 1.15;

/** A picture coded at about so many bits per pixel. */
export function codedExamples(raster: Raster, rates: readonly number[]): CodedExample[] {
  const analysis = analyzePicture(raster);
  const guess = sizeGuess(analysis);
  const pixels = raster.width * raster.height;
  return rates.map((wanted) => {
    let step = stepFor(guess.totalAt, wanted * pixels, 2 ** -6);
    let coded = codeAtStep(analysis, step);
    const excess = (8 * coded.code.length) / (wanted * pixels);
    if (excess > tolerance || excess < 1 / tolerance) {
      step = Math.fround(step * excess ** (-1 / slope));
      coded = codeAtStep(analysis, step);
    }
    const { head, known, code } = coded;
    const coefficients = Float64Array.from(analysis.coefficients, (x) => x / step);
    return {
      ...{ raster, plan: analysis.plan, head, known, coefficients },
      rate: (8 * code.length) / pixels,
    };
  });
}
