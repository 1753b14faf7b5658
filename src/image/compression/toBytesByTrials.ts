import { UserError } from "../../errors/userError.ts";
import { codeBytesOf } from "../file/pictureFile.ts";
import { type Analysis, type CodedPicture, codeAtStep } from "./codePicture.ts";
import { cutCode } from "./layout/cutCode.ts";
import { leastStepOf, mostStep, roundStep, sizeGuess, stepFor } from "./sizeGuess.ts";

/** How many steps are tried at most. */
const trials = 7;
/** Steps are tried until the code is longer than wanted by at most this part: its end is cut off. */
const excess = 0.004;

/** What `codeToBytes` does, of codes that are laid out in another way than it can pace. */
export function codeToBytesByTrials(analysis: Analysis, fileBytes: number): CodedPicture {
  const guess = sizeGuess(analysis);
  const leastStep = leastStepOf(analysis);
  let step = stepFor(guess.totalAt, 8 * fileBytes, leastStep);
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
        : stepFor(guess.totalAt, (guess.totalAt(step) * goal) / length, leastStep);
    if (next === step) break;
    [lastStep, lastLength] = [step, length];
    step = next;
    coded = codeAtStep(analysis, step);
  }
  const chosen = best ?? coded;
  if (chosen.code.length <= wanted) return chosen;
  return cutCode(chosen, wanted);
}
