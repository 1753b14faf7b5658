import type { Analysis } from "./codePicture.ts";

/** A guess of the bits that a plan needs at a step. */
export interface SizeGuess {
  /** Of each band. */
  bandsAt(step: number): readonly number[];
  /** Of each band in parts of its rows, one after another. */
  partsAt(step: number): readonly (readonly number[])[];
  totalAt(step: number): number;
  /** The squared error of all coefficients. */
  errorAt(step: number): number;
}

/** Sizes of 4×4 coefficients are counted in so many classes an octave, from 2^lowest up. */
const [classes, lowest, octaves] = [8, -12, 32];
/** A band has so many parts. */
const parts = 16;

/**
 * Guesses bits as a coder would need them that knows the size of each coefficient's neighborhood: of 4×4 coefficients, whose sizes are
 * counted once, so that a guess takes no time.
 */
export function sizeGuess({
  plan,
  coefficients,
}: Pick<Analysis, "plan" | "coefficients">): SizeGuess {
  const places = classes * octaves;
  const counts = plan.bands.map(({ start, stride, height, width }) => {
    const counts = Array.from({ length: parts }, () => new Float64Array(places));
    for (let row = 0; row < height; row += 4)
      for (let column = 0; column < width; column += 4) {
        let sum = 0;
        const rows = Math.min(4, height - row);
        const columns = Math.min(4, width - column);
        for (let i = 0; i < rows; i++)
          for (let j = 0; j < columns; j++)
            sum += Math.abs(coefficients[start + (row + i) * stride + column + j]!);
        const place = Math.round(classes * (Math.log2(sum / (rows * columns)) - lowest));
        const part = counts[Math.floor((parts * row) / height)]!;
        if (place >= 0) part[Math.min(place, places - 1)]! += rows * columns;
      }
    return counts;
  });
  const partsAt = (step: number) => {
    const bits = Float64Array.from({ length: places }, (_, place) =>
      Math.log2(1 + 1.5 * (2 ** (place / classes + lowest) / step) ** 2),
    );
    return counts.map((band) =>
      band.map((own) => own.reduce((sum, count, place) => sum + count * bits[place]!, 0)),
    );
  };
  const bandsAt = (step: number) => partsAt(step).map(sumOf);
  const errorAt = (step: number) => {
    // That of what lies evenly in its interval, and of small ones all that they are.
    const errors = Float64Array.from({ length: places }, (_, place) => {
      const square = 2 ** (2 * (place / classes + lowest));
      return square / (1 + (12 * square) / (step * step));
    });
    return sumOf(
      counts.flatMap((band) =>
        band.map((own) => own.reduce((sum, count, place) => sum + count * errors[place]!, 0)),
      ),
    );
  };
  return { bandsAt, partsAt, totalAt: (step) => sumOf(bandsAt(step)), errorAt };
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0);

/** Steps between which one is looked for. */
export const mostStep = 2 ** 12;
/** The least of them: finer ones, as far as the code has room, for samples of more bits. */
export const leastStepOf = ({ depth }: Pick<Analysis, "depth">): number =>
  depth ? 2 ** -10 : 2 ** -6;

/** A step that a file holds exactly. */
export const roundStep = (step: number): number => Math.fround(step);

/** The step at which a guess that falls with it is as wanted. */
export function stepFor(
  guessAt: (step: number) => number,
  wanted: number,
  leastStep: number,
): number {
  let [low, high] = [leastStep, mostStep];
  for (let i = 0; i < 24; i++) {
    const middle = Math.sqrt(low * high);
    if (guessAt(middle) > wanted) low = middle;
    else high = middle;
  }
  return roundStep(high);
}
