import type { Picture } from "../../data/images/picture.ts";
import { UserError } from "../../errors/userError.ts";
import { codeBytesOf } from "../file/pictureFile.ts";
import { rasterPsnr } from "../psnr.ts";
import {
  type Analysis,
  analyzePicture,
  type CodedPicture,
  codeAtStep,
  pictureOf,
  type UncutPicture,
} from "./codePicture.ts";
import { cutCode } from "./layout/cutCode.ts";
import type { PlanesEncoder } from "./layout/encodeLaidOut.ts";

/** What a compressed picture is to be like. */
export type Aim =
  /** A file of exactly so many bytes, or fewer where the picture needs no more. */
  | { readonly bytes: number }
  /** At least so many dB of PSNR over all samples, by as few bytes as will do. */
  | { readonly psnr: number }
  /** 0 … 100; see {@link stepOfQuality}. */
  | { readonly quality: number }
  /** The finest threshold, in gray levels. */
  | { readonly step: number };

/** The finest threshold of a quality: 3 gray levels at 95, and twice that for each 10 less. */
export const stepOfQuality = (quality: number): number => roundStep(3 * 2 ** ((95 - quality) / 10));

/** Steps between which one is looked for. */
const [plainLeastStep, mostStep] = [2 ** -6, 2 ** 12];
/** The least of them: finer ones, as far as the code has room, for samples of more bits. */
const leastStepOf = ({ depth }: Analysis): number => (depth ? 2 ** -10 : plainLeastStep);
/** How many steps are tried at most. */
const trials = 7;

/** Codes a picture so that it is as wanted. Throws UserError where a file cannot be so small. */
export function codeToAim(raster: Picture, aim: Aim, encode?: PlanesEncoder): CodedPicture {
  const analysis = { ...analyzePicture(raster), ...(encode && { encode }) };
  if ("step" in aim) return codeAtStep(analysis, roundStep(aim.step));
  if ("quality" in aim) return codeAtStep(analysis, stepOfQuality(aim.quality));
  if ("psnr" in aim) return codeToPsnr(analysis, aim.psnr);
  return codeToBytes(analysis, aim.bytes);
}

/** A step that a file holds exactly. */
const roundStep = (step: number): number => Math.fround(step);

/** Steps are tried until the code is longer than wanted by at most this part: its end is cut off. */
const excess = 0.004;

function codeToBytes(analysis: Analysis, fileBytes: number): CodedPicture {
  const guess = guessOfBits(analysis);
  const leastStep = leastStepOf(analysis);
  let step = stepFor(guess, 8 * fileBytes, leastStep);
  let coded = codeAtStep(analysis, step);
  const wanted = codeBytesOf(coded.head, fileBytes);
  if (wanted < 0)
    throw new UserError(
      `${fileBytes} bytes are too few: the head of the file alone needs ${fileBytes - wanted}`,
    );
  let best: CodedPicture | undefined;
  const goal = (1 + excess / 2) * wanted;
  let [lastStep, lastLength] = [0, 0];
  for (let trial = 1; ; trial++) {
    const length = Math.max(coded.code.length, 1);
    if (length >= wanted && (!best || length < best.code.length)) best = coded;
    const isGood = length >= wanted && length <= (1 + excess) * wanted;
    if (isGood || trial === trials || wanted === 0) break;
    // Two lengths tell how their logarithm falls with that of the step; one alone tells by how much the guess is wrong.
    const slope =
      trial > 1 ? Math.log(length / lastLength) / Math.log(step / lastStep) : Number.NaN;
    const next =
      slope < -0.2 && slope > -3
        ? roundStep(Math.min(Math.max(step * (goal / length) ** (1 / slope), leastStep), mostStep))
        : stepFor(guess, (guess(step) * goal) / length, leastStep);
    if (next === step) break;
    [lastStep, lastLength] = [step, length];
    step = next;
    coded = codeAtStep(analysis, step);
  }
  const chosen = best ?? coded;
  if (chosen.code.length <= wanted) return chosen;
  return cutCode(chosen, wanted);
}

/** A guess of the bits that a step needs: what a coder would that knows the size of each coefficient's neighborhood. */
function guessOfBits({ plan, coefficients }: Analysis): (step: number) => number {
  const sizes: number[] = [];
  for (const { start, stride, height, width } of plan.bands)
    for (let row = 0; row < height; row += 4)
      for (let column = 0; column < width; column += 4) {
        let sum = 0;
        const rows = Math.min(4, height - row);
        const columns = Math.min(4, width - column);
        for (let i = 0; i < rows; i++)
          for (let j = 0; j < columns; j++)
            sum += Math.abs(coefficients[start + (row + i) * stride + column + j]!);
        sizes.push(sum / (rows * columns));
      }
  return (step) => {
    let total = 0;
    for (const size of sizes) {
      const x = size / step;
      total += 16 * Math.log2(1 + 1.5 * x * x);
    }
    return total;
  };
}

/** The step for which a falling guess of bits is as wanted. */
function stepFor(guess: (step: number) => number, bits: number, leastStep: number): number {
  let [low, high] = [leastStep, mostStep];
  for (let i = 0; i < 24; i++) {
    const middle = Math.sqrt(low * high);
    if (guess(middle) > bits) low = middle;
    else high = middle;
  }
  return roundStep(high);
}

/** A guess of the step for so many bits. */
export const stepForBits = (analysis: Analysis, bits: number): number =>
  stepFor(guessOfBits(analysis), bits, leastStepOf(analysis));

/** dB by which a picture may be better than wanted. */
const margin = 0.04;

function codeToPsnr(analysis: Analysis, wanted: number): CodedPicture {
  const leastStep = leastStepOf(analysis);
  // Errors are at most about a third of the step.
  let step = roundStep(Math.min(Math.max(255 * 10 ** (-wanted / 20) * 2.4, leastStep), mostStep));
  let best: CodedPicture | undefined;
  let [lastStep, lastPsnr, slope] = [0, 0, -5];
  for (let trial = 0; trial < trials; trial++) {
    const coded = codeAtStep(analysis, step);
    const reached = reachedBy(analysis, coded);
    if (reached >= wanted && (!best || coded.code.length < best.code.length)) best = coded;
    if (reached >= wanted && reached <= wanted + margin) break;
    if (lastStep > 0 && step !== lastStep) {
      const found = (reached - lastPsnr) / Math.log2(step / lastStep);
      if (found < -1 && found > -12) slope = found;
    }
    [lastStep, lastPsnr] = [step, reached];
    const next = roundStep(
      Math.min(
        Math.max(step * 2 ** ((wanted + margin / 2 - reached) / slope), leastStep),
        mostStep,
      ),
    );
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
