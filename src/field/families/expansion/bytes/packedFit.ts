import { UserError } from "../../../../errors/userError.ts";
import type { Signal, SignalForm } from "../../../signal/signal.ts";
import { smallestAt } from "../smallest.ts";
import { type Expansion, expand, problemOf, projected, sampled } from "../sparseFit.ts";
import {
  type ExpansionCoder,
  expansionCoder,
  scaledBy,
  type UnitCoefficients,
} from "./expansionCoder.ts";
import { codeBytesOf, readFieldFile, writeFieldFile } from "./fieldFile.ts";
import type { FieldHead } from "./fieldHead.ts";

/** What a bit is worth, as squared error in units of the step, where bytes are counted. */
const lambda = 0.2;

/** By which part rounding the coefficients may raise the squared error of a fit: 0.01 dB. */
const roundingShare = 0.002;

/** Coefficients are not told finer than this, 125 dB below the range of values, nor by more planes than a code has. */
const finestStep = 2 ** -18;
const mostPlanes = 25;

/** Steps are looked for until the code is longer than wanted by at most this part: its end is cut off. */
const excess = 0.004;
/** How many steps are tried at most. */
const trials = 7;

/** A signal's coder, and what its files have in common. */
interface Packer {
  readonly coder: ExpansionCoder;
  readonly head: Omit<FieldHead, "step" | "startingPlane" | "isCut">;
}

function packerOf({ size, rate, range }: SignalForm, { grid, channels }: Expansion): Packer {
  const form = { size, ...(rate !== undefined && { rate }), ...(range && { range }) };
  return { coder: expansionCoder(grid, channels), head: { grid, channels, form } };
}

/** A compressed field, and what a reader of its file gets. */
export interface PackedFit {
  readonly file: Uint8Array<ArrayBuffer>;
  readonly expansion: Expansion;
}

/** Rounds the coefficients of an expansion that was fitted to a signal, as far as that costs 0.01 dB. */
export function packedFit(signal: Signal, expansion: Expansion): PackedFit {
  const { coder, head } = packerOf(signal, expansion);
  const x = scaledBy(expansion.coefficients, coder.norms);
  const kept = x.reduce((sum, value) => sum + (value === 0 ? 0 : 1), 0);
  const error = squareOf(residualOf(signal, expansion, x));
  // A rounding error is evenly distributed over the step.
  const wanted = Math.sqrt((12 * roundingShare * error) / Math.max(kept, 1));
  const step = stepFor(x, wanted);
  return packed({ coder, head }, x, step);
}

/** An expansion with its coefficients rounded to a step. */
export function packExpansion(
  expansion: Expansion,
  form: SignalForm,
  wantedStep: number,
): PackedFit {
  const packer = packerOf(form, expansion);
  const x = scaledBy(expansion.coefficients, packer.coder.norms);
  return packed(packer, x, stepFor(x, wantedStep));
}

function packed({ coder, head }: Packer, x: UnitCoefficients, step: number): PackedFit {
  const { bytes, known, startingPlane } = coder.encode(x, step, 0);
  const { grid, channels } = head;
  const coefficients = scaledBy(coder.expected(known, step), coder.inverses);
  return {
    file: writeFieldFile({ ...head, step, startingPlane, isCut: false }, bytes),
    expansion: { grid, channels, coefficients },
  };
}

/**
 * Fits a field with the smallest error that a file of exactly `fileBytes` bytes holds, or fewer where the signal needs no more. The
 * coefficients of all atoms are coded with a step that is about right; then the error of what a decoder knows is projected onto the
 * atoms, and their sum is coded with the step that makes the code so long (0.06 to 0.08 dB on two Kodak pictures). Throws UserError where the head alone is longer.
 */
export function packedFitOfBytes(signal: Signal, fileBytes: number): PackedFit {
  const full = expand(signal);
  const { coder, head } = packerOf(signal, full);
  const wanted = codeBytesOf({ ...head, step: 1, startingPlane: 0, isCut: true }, fileBytes);
  if (wanted < 0)
    throw new UserError(
      `${fileBytes} bytes are too few: the head of the field's file alone needs ${fileBytes - wanted}`,
    );
  const x = scaledBy(full.coefficients, coder.norms);
  const guessed = guessedStep(x, wanted);
  const problem = problemOf(signal, full.grid);
  const known = coder.expected(coder.encode(x, guessed, lambda).known, guessed);
  const error = problem.target.slice();
  for (const [i, value] of sampled(problem, known).entries()) error[i]! -= value;
  for (const [i, value] of projected(problem, error, "all").entries()) known[i]! += value;
  const { bytes, startingPlane, step } = codedToLength(coder, known, wanted, guessed);
  const isCut = bytes.length > wanted;
  const file = writeFieldFile({ ...head, step, startingPlane, isCut }, bytes.subarray(0, wanted));
  return { file, expansion: readFieldFile(file, "the field").expansion };
}

/** Codes coefficients with a step that makes the code as long as wanted, or a little longer; shorter only where no step makes it longer. */
function codedToLength(coder: ExpansionCoder, x: UnitCoefficients, wanted: number, start: number) {
  const code = (step: number) => ({ ...coder.encode(x, step, lambda), step });
  const goal = (1 + excess / 2) * wanted;
  /** The shortest of those that are long enough; before there is one, the longest. */
  const isBetter = (length: number, than = 0) =>
    length >= wanted ? than < wanted || length < than : length > than;
  let coded = code(start);
  let best: typeof coded | undefined;
  let [longer, shorter] = [0, Number.POSITIVE_INFINITY]; // steps
  let before: typeof coded | undefined;
  for (let trial = 1; ; trial++) {
    const length = Math.max(coded.bytes.length, 1);
    if (length >= wanted) longer = Math.max(longer, coded.step);
    else shorter = Math.min(shorter, coded.step);
    if (isBetter(length, best?.bytes.length)) best = coded;
    if ((length >= wanted && length <= (1 + excess) * wanted) || trial === trials) break;
    const slope =
      before && before.step !== coded.step
        ? Math.log(length / Math.max(before.bytes.length, 1)) / Math.log(coded.step / before.step)
        : -1;
    let next = stepFor(
      x,
      coded.step * (goal / length) ** (1 / Math.min(Math.max(slope, -3), -0.3)),
    );
    const isBetween = next > longer && next < shorter;
    if (!isBetween && longer > 0 && shorter < Number.POSITIVE_INFINITY)
      next = stepFor(x, Math.sqrt(longer * shorter));
    if (next === coded.step) break;
    before = coded;
    coded = code(next);
  }
  return best ?? coded;
}

/** Bits that a coefficient takes with its sign and place, about; and how many steps the least one has that is told. */
const usualBits = 4.8;
const leastTold = 1.05;

/** The step that makes a code about as long as wanted. */
function guessedStep(x: UnitCoefficients, wanted: number): number {
  const told = Math.min(Math.ceil((8 * wanted) / usualBits), x.length);
  const least = smallestAt(
    x.map((value) => Math.abs(value)),
    x.length - told,
  );
  return stepFor(x, (least ?? 0) / leastTold);
}

/** The nearest step that a file holds and that coefficients can be told in. */
function stepFor(x: UnitCoefficients, step: number): number {
  const largest = x.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Math.fround(Math.max(step, finestStep, largest / 2 ** mostPlanes));
}

function residualOf(signal: Signal, { grid }: Expansion, x: UnitCoefficients): Float64Array {
  const problem = problemOf(signal, grid);
  const values = sampled(problem, x);
  return problem.target.map((value, i) => value - values[i]!);
}

const squareOf = (values: Float64Array): number => values.reduce((sum, x) => sum + x * x, 0);
