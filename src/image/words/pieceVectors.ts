import { createRandom } from "../../data/random/random.ts";
import { spreadEvenly } from "../../data/random/spreadEvenly.ts";
import type { ImageLanguage } from "../language/language.ts";
import type { Example, TrainingImages } from "../model.ts";
import { coarseOffsets } from "./coarseCorner.ts";
import { ridge } from "./ridge.ts";

/** Penalty of the regression on pieces, where values have variance 1: a piece of one picture is believed half. */
const penalty = 1;
/** Images that pieces and matrices are fitted on, at most. */
const fitted = { pieces: 20_000, matrix: 4000 };

/**
 * What the vectors of word pieces start from, `[pieces + 1, coarseWidth]`: what pictures with a piece in their caption have
 * in common. The coarse coefficients of a picture, as they differ from the mean of its class in units of their standard
 * deviation, are explained by the sum of its pieces (ridge regression). So the vector of a caption starts as a guess of the
 * picture, also for new combinations of words, and the network need not learn each word from scratch. Row 0 is padding.
 */
export function fitPieceVectors(
  training: TrainingImages,
  language: ImageLanguage,
  pieces: number,
): Float32Array {
  const { words, values, width } = observe(training, language, fitted.pieces);
  return Float32Array.from(
    ridge({ columns: words, values }, { count: pieces + 1, width, penalty }),
  );
}

/** Parts of the images that are left out of a fit in turn. */
const folds = 8;

/**
 * What is to be added to the guess of each of the `images` in training, so that it is one that does not know the image itself:
 * the same regression without it and an eighth of the others, less the whole one (cross-fitting, as in stacking, Wolpert 1992).
 * The fitted guess knows the images that it was fitted to, half of the variance of emoji where it explains less than a third of
 * held-out ones; a network that trained on such guesses would believe those of other images too much.
 */
export function takenBack(
  training: TrainingImages,
  images: number,
  language: ImageLanguage,
  pieces: number,
): ReadonlyMap<number, readonly number[]> {
  const { numbers, words, values, width } = observe(
    { ...training, count: images },
    language,
    fitted.pieces,
  );
  const regress = (isIn: (k: number) => boolean) =>
    ridge(
      { columns: words.filter((_, k) => isIn(k)), values: values.filter((_, k) => isIn(k)) },
      { count: pieces + 1, width, penalty },
    );
  const whole = regress(() => true);
  const added = new Map<number, readonly number[]>();
  for (let fold = 0; fold < folds; fold++) {
    const rest = regress((k) => k % folds !== fold);
    for (let k = fold; k < words.length; k += folds) {
      const difference = Array.from({ length: width }, (_, d) =>
        words[k]!.reduce((sum, w) => sum + rest[w * width + d]! - whole[w * width + d]!, 0),
      );
      added.set(numbers[k]!, difference); // a number each
    }
  }
  return added;
}

/**
 * The matrix that brings the vectors of a user's encoder to the same guess at the start, `[length, coarseWidth]`, by the same
 * regression. The vectors have numbers of 1 on average.
 */
export function fitVectorMatrix(
  training: TrainingImages,
  language: ImageLanguage,
  length: number,
): Float32Array {
  const { words: weights, values, width } = observe(training, language, fitted.matrix);
  const all = Array.from({ length }, (_, column) => column);
  const columns = weights.map(() => all);
  // Half of what all numbers of a vector say together is believed of one picture, as with pieces.
  return Float32Array.from(
    ridge({ columns, weights, values }, { count: length, width, penalty: penalty * length }),
  );
}

/** The words of images that have some, and what these are to explain. */
function observe(training: TrainingImages, language: ImageLanguage, most: number) {
  const offsets = coarseOffsets(language);
  const random = createRandom("images to fit words on");
  const told = spreadEvenly(training.count, most)
    .map((i) => ({ number: i, ...training.draw(i, random) }))
    .filter(({ words = [] }) => words.length > 0)
    .map(({ number, coefficients, label, words = [] }) => ({
      ...{ number, label, words },
      values: Float64Array.from(offsets, (offset) => coefficients[offset]!), // offsets of the matrix
    }));
  return {
    numbers: told.map(({ number }) => number),
    words: told.map(({ words }) => words),
    ...standardized(told, 2 ** language.tokens.finestPlane),
    width: offsets.length,
  };
}

/**
 * What guesses are relative to, as `guessedCoefficients` has it: the means of all images and of each class,
 * `[classes + 1, coarseWidth]`, and the standard deviations in the same form.
 */
export function fitMeans(
  training: TrainingImages,
  language: ImageLanguage,
  classes: number,
): { readonly means: Float32Array; readonly deviations: Float32Array } {
  const { spreads, all } = observe(training, language, fitted.pieces);
  const rows = [all, ...Array.from({ length: classes }, (_, label) => spreads.get(label) ?? all)];
  return {
    means: Float32Array.from(rows.flatMap(({ mean }) => [...mean])),
    deviations: Float32Array.from(rows.flatMap(({ deviation }) => [...deviation])),
  };
}

/** Mean and standard deviation of each value. */
interface Spread {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/** Labels of fewer images than this have the deviations of all. */
const fewest = 20;

/** Values as they differ from the mean of their label, in units of its standard deviation, which is at least `least`. */
function standardized(
  rows: readonly (Pick<Example, "label"> & { readonly values: Float64Array })[],
  least: number,
) {
  const labels = [...new Set(rows.map(({ label }) => label))];
  const all = spreadOf(rows, least);
  const spreads = new Map(
    labels.map((label): [number, Spread] => {
      const some = rows.filter((row) => row.label === label);
      const own = spreadOf(some, least);
      return [label, some.length < fewest ? { ...own, deviation: all.deviation } : own];
    }),
  );
  const values = rows.map((row) => {
    const { mean, deviation } = spreads.get(row.label)!; // every label has one
    return row.values.map((value, d) => (value - mean[d]!) / deviation[d]!);
  });
  return { values, spreads, all };
}

function spreadOf(rows: readonly { readonly values: Float64Array }[], least: number): Spread {
  const mean = new Float64Array(rows[0]?.values.length ?? 0);
  for (const { values } of rows)
    values.forEach((value, d) => {
      mean[d]! += value / rows.length;
    });
  const variance = new Float64Array(mean.length);
  for (const { values } of rows)
    values.forEach((value, d) => {
      variance[d]! += (value - mean[d]!) ** 2 / rows.length;
    });
  return { mean, deviation: variance.map((square) => Math.max(least, Math.sqrt(square))) };
}
