import type { Random } from "../data/random/random.ts";
import type { Example, TrainingImages } from "./model.ts";

/** Contexts below this entropy (bits) are kept as if they had it: what looks certain is still checked. */
const entropyFloor = 0.08;

/** How often each answer was given in a context. */
export type AnswerCounts = ReadonlyMap<number, Float64Array>;

/**
 * Chances in proportion to the root of each context's entropy, so that `kept` of all decisions counted are kept. An answer may
 * leave `open` bits, which are as random as any.
 */
export function chancesOf(
  counts: AnswerCounts,
  kept: number,
  open: (answer: number) => number = () => 0,
): { readonly known: Float64Array; readonly unseen: number } {
  const contexts = [...counts].map(([context, row]) => {
    const total = row.reduce((sum, n) => sum + n, 0);
    const entropy = row.reduce(
      (sum, n, answer) => (n > 0 ? sum + (n / total) * (open(answer) - Math.log2(n / total)) : sum),
      0,
    );
    return { context, total, root: Math.sqrt(Math.max(entropyFloor, entropy)) };
  });
  const all = contexts.reduce((sum, { total }) => sum + total, 0);
  const share = all > 0 ? Math.min(1, kept / all) : 1;
  const keptAt = (scale: number) =>
    contexts.reduce((sum, { total, root }) => sum + total * Math.min(1, scale * root), 0) / all;
  let scale = share;
  // Contexts that reach certainty leave the rest to the others: a few rounds settle it.
  for (let round = 0; round < 30 && all > 0; round++) scale *= share / keptAt(scale);
  const highest = contexts.reduce((most, { context }) => Math.max(most, context), -1);
  const known = new Float64Array(highest + 1); // 0 where nothing was seen
  for (const { context, root } of contexts) known[context] = Math.min(1, scale * root);
  return { known, unseen: Math.min(1, scale) };
}

/** At most `count` training images, evenly spaced, to fit chances on. */
export function* examplesToFit(
  training: TrainingImages,
  count: number,
  random: Random,
): Generator<Example, void, void> {
  const some = Math.min(count, training.count);
  for (let k = 0; k < some; k++) {
    yield training.draw(Math.floor((k * training.count) / some), random);
  }
}
