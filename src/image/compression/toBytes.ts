import { UserError } from "../../errors/userError.ts";
import { codeBytesOf } from "../file/pictureFile.ts";
import {
  type Analysis,
  type CodedPicture,
  codeAtPace,
  headOf,
  planesAtStep,
} from "./codePicture.ts";
import { sampleOf } from "./sample.ts";
import { leastStepOf, mostStep, type SizeGuess, sizeGuess, stepFor } from "./sizeGuess.ts";

/**
 * A natural end within these parts of the wanted one is good: what is too long is cut off, what is too short goes on in the next plane.
 * For less than the second ones, of about 0.1 dB, a large picture is not coded again.
 */
const [near, nearOfLarge] = [
  { short: 0.006, long: 0.002 },
  { short: 0.05, long: 0.01 },
];
/** Pixels of a large picture. */
const large = 2 ** 21;
/** How much worse it is to be too long. */
const cutting = 4;
/** Codings of the whole picture at most, by its pixels: where they are few, each coefficient counts. */
const codingsOf = (pixels: number): number => (pixels < 2 ** 17 ? 6 : 3);

/** Codes a picture to a file of exactly so many bytes, or fewer where it needs no more. Throws UserError where its head alone is longer. */
export function codeToBytes(analysis: Analysis, fileBytes: number): CodedPicture {
  const wanted = codeBytesOf(headOf(analysis, mostStep), fileBytes);
  if (wanted < 0)
    throw new UserError(
      `${fileBytes} bytes are too few: the head of the file alone needs ${fileBytes - wanted}`,
    );
  if (wanted === 0)
    return { head: { ...headOf(analysis, mostStep), isCut: true }, code: new Uint8Array(0) };
  const least = leastStepOf(analysis);
  const { width, height } = analysis.raster;
  const codings = codingsOf(width * height);
  const { short, long } = width * height < large ? near : nearOfLarge;
  const guess = sizeGuess(analysis);
  let estimate = estimateBySample(analysis, guess, wanted);
  let best: Attempt | undefined;
  for (let coding = 1; ; coding++) {
    const { step, bits } = estimate;
    const coded = codeAtPace(analysis, step, { bytes: wanted, bits });
    const { head, code, finished, chosenBytes } = coded;
    const error = chosenBytes / wanted - 1;
    const loss = error > 0 ? cutting * error : -error;
    if (!best || loss < best.loss) best = { head, code, finished, loss };
    if ((error >= -short && error <= long) || coding === codings) break;
    estimate = estimateBy({ guess, step, ...coded }, guess, { wanted, least });
    if (estimate.step === step) break;
  }
  return cutTo(wanted, best);
}

/** A code of the whole picture, and how far its natural end is from where it should be. */
interface Attempt extends CodedPicture {
  readonly finished: boolean;
  readonly loss: number;
}

/** A code that has so many bytes, or fewer where the picture needs no more. */
function cutTo(bytes: number, { head, code, finished }: Attempt): CodedPicture {
  if (code.length > bytes) return { head: { ...head, isCut: true }, code: code.subarray(0, bytes) };
  if (finished) return { head, code };
  const longer = new Uint8Array(bytes); // zeros at the end are left out of a code, and mean what they say
  longer.set(code);
  return { head: { ...head, isCut: true }, code: longer };
}

/** At which step a code is expected to be as long as wanted, and what each band will then need in its last plane. */
interface Estimate {
  readonly step: number;
  readonly bits: readonly (readonly number[])[];
}

/** The bytes of code that are wanted, and the least step. */
interface Goal {
  readonly wanted: number;
  readonly least: number;
}

/** What a coding at a step needed, of the whole picture or of a sample of it, and what had been guessed of the same coefficients. */
interface Known {
  readonly guess: SizeGuess;
  readonly step: number;
  readonly chosenBits: Float64Array;
  readonly chosenBytes: number;
}

/** Estimates from a coding that the guess of a whole picture is wrong by the same factor. `saved` is less than 1 where less will be needed. */
function estimateBy(known: Known, whole: SizeGuess, { wanted, least }: Goal, saved = 1): Estimate {
  const factor = (saved * 8 * known.chosenBytes) / known.guess.totalAt(known.step);
  const step = stepFor((x) => factor * whole.totalAt(x), 8 * wanted, least);
  const own = known.guess.bandsAt(known.step);
  const bits = whole.partsAt(step).map((parts, i) => {
    const scale = own[i]! > 0 ? (saved * known.chosenBits[i]!) / own[i]! : 0;
    return parts.map((guessed) => scale * guessed);
  });
  return { step, bits };
}

/** Large pictures need fewer bits than their samples, from which the coder has learned less. */
const learning = 0.985;
/** An estimate that differs so little from the step that was tried, as a logarithm, is good. */
const little = 0.05;

/** An estimate from codings of a sample, at the step that was guessed, and at a better one where the guess was far off. */
function estimateBySample(analysis: Analysis, whole: SizeGuess, wanted: number): Estimate {
  const sample = sampleOf(analysis);
  const isWhole = sample.plan === analysis.plan;
  const guess = isWhole ? whole : sizeGuess(sample);
  const goal = { wanted, least: leastStepOf(analysis) };
  let step = stepFor(whole.totalAt, 8 * wanted, goal.least);
  for (let trial = 1; ; trial++) {
    const planes = planesAtStep(sample, step);
    const estimate = estimateBy({ guess, step, ...planes }, whole, goal, isWhole ? 1 : learning);
    if (isWhole || trial === 2 || Math.abs(Math.log(estimate.step / step)) < little)
      return estimate;
    step = estimate.step;
  }
}
