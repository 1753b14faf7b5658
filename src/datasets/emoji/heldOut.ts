import { createRandom } from "../../data/random/random.ts";

/** A picture by what it shows and how: its caption, its style, and what makes it different from others. */
export interface Pair {
  readonly name: string;
  readonly set: string;
  /** Equal where two pictures of a set are equal. */
  readonly body: string;
}

/** One in so many pairs is held out. */
const every = 16;

/**
 * The pairs of caption and style that nobody is to train on: one in sixteen, by a hash of both, so that the choice is the
 * same at all times. Whoever has seen the others knows each held-out caption in another style and each style with other
 * captions. Pictures that their set has twice are not held out, as they would be seen under another name.
 */
export function heldOutPairs<P extends Pair>(pairs: readonly P[]): ReadonlySet<P> {
  const copies = counts(pairs.map(bodyOf));
  const unique = pairs.filter((pair) => copies.get(bodyOf(pair)) === 1);
  // The pair with a caption's highest hash always stays in the training part.
  const highest = new Map<string, number>();
  for (const pair of pairs) {
    highest.set(pair.name, Math.max(highest.get(pair.name) ?? 0, hash(pair)));
  }
  return new Set(
    unique.filter((pair) => hash(pair) < 1 / every && hash(pair) !== highest.get(pair.name)),
  );
}

const bodyOf = ({ set, body }: Pair): string => `${set}\n${body}`;

/** A number in [0, 1), all equally likely. */
const hash = ({ name, set }: Pair): number => createRandom(`${set}/${name}`).uniform();

function counts(texts: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const text of texts) found.set(text, (found.get(text) ?? 0) + 1);
  return found;
}
