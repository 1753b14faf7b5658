import { UserError } from "../../errors/userError.ts";
import { rasterPsnr } from "../psnr.ts";
import {
  type Analysis,
  type CodedPicture,
  codeAtStep,
  pictureOf,
  planesAtStep,
  type UncutPicture,
} from "./codePicture.ts";
import { expectedCoefficients } from "./reconstruct.ts";
import { restore } from "./restoration/restore.ts";
import { type Sample, sampleOf } from "./sample.ts";
import { leastStepOf, mostStep, roundStep, sizeGuess } from "./sizeGuess.ts";

/** dB by which a picture may be better than wanted: a large one is not coded again for less. */
const marginOf = (isSampled: boolean): number => (isSampled ? 0.1 : 0.04);
/** How many steps are tried at most. */
const trials = 7;
/** dB that one octave of steps makes where it was not measured. */
const usualSlope = -5;

/** Codes a picture to at least so many dB by as few bytes as will do. Throws UserError where no step is fine enough. */
export function codeToPsnr(analysis: Analysis, wanted: number): CodedPicture {
  const leastStep = leastStepOf(analysis);
  const sample = sampleOf(analysis);
  const isSampled = sample.plan !== analysis.plan;
  const margin = marginOf(isSampled);
  const withinLimits = (step: number) => roundStep(Math.min(Math.max(step, leastStep), mostStep));
  // Errors are at most about a third of the step.
  const guessed = withinLimits(255 * 10 ** (-wanted / 20) * 2.4);
  let step = isSampled
    ? withinLimits(stepBySample(analysis, sample, wanted + margin / 2, guessed))
    : guessed;
  let best: CodedPicture | undefined;
  let [lastStep, lastPsnr, slope] = [0, 0, usualSlope];
  for (let trial = 0; trial < trials; trial++) {
    const { head, code, known } = codeAtStep(analysis, step);
    const reached = reachedBy(analysis, { head, code, known });
    if (reached >= wanted && (!best || code.length < best.code.length)) best = { head, code };
    if (reached >= wanted && reached <= wanted + margin) break;
    if (lastStep > 0 && step !== lastStep) {
      const found = (reached - lastPsnr) / Math.log2(step / lastStep);
      if (found < -1 && found > -12) slope = found;
    }
    [lastStep, lastPsnr] = [step, reached];
    const next = withinLimits(step * 2 ** ((wanted + margin / 2 - reached) / slope));
    if (next === step) break;
    step = next;
  }
  if (best) return best;
  throw new UserError(
    `${wanted} dB cannot be reached with rounded samples; ask for less, or for lossless`,
  );
}

/** PSNR of what a decoder knows of a coded picture. */
const reachedBy = ({ raster, plan }: Analysis, { head, known }: UncutPicture): number =>
  rasterPsnr(raster, pictureOf(head, plan, known));

/** The step at which a picture is expected to reach so many dB, by codings of a sample whose coefficients are compared. */
function stepBySample(analysis: Analysis, sample: Sample, wanted: number, first: number): number {
  const [whole, own] = [sizeGuess(analysis), sizeGuess(sample)];
  const { width, height, channels } = analysis.raster;
  const samples = width * height * channels;
  let step = first;
  for (let trial = 0; trial < 3; trial++) {
    const { known } = planesAtStep(sample, step); // as usual, however the picture is laid out
    const values = restore(expectedCoefficients(known), known, sample.plan);
    let squares = 0;
    for (let i = 0; i < values.length; i++)
      squares += (values[i]! * step - sample.coefficients[i]!) ** 2;
    const error = (squares * whole.errorAt(step)) / own.errorAt(step) / samples;
    const reached = 10 * Math.log10(255 ** 2 / (error + rounding));
    const next = step * 2 ** ((wanted - reached) / usualSlope);
    if (Math.abs(Math.log(next / step)) < 0.02) return next;
    step = next;
  }
  return step;
}

/** The squared error of rounding. */
const rounding = 1 / 12;
