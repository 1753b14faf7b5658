/**
 * The pieces that words are made of, in the order in which they are joined: first single characters, among them the space
 * that begins a word, then joins of two earlier pieces. Plain JSON.
 */
export type WordPieces = readonly string[];

/** Cuts a text into pieces: their indices in a list of `WordPieces`. */
export type CutText = (text: string, options?: CutOptions) => number[];

export interface CutOptions {
  /**
   * Whether to leave a join out; it is asked once for each join that could be done next. Joins that are left out by chance
   * while a model learns teach it the parts of the words it knows (Provilkov et al. 2020).
   */
  readonly skip?: () => boolean;
}

/** The words of a text, in small letters, each with a space before it; every sign is a word of its own. */
export function wordsOf(text: string): string[] {
  const small = text.normalize("NFKC").toLowerCase();
  return (small.match(/[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu) ?? []).map((word) => ` ${word}`);
}

/**
 * Learns word pieces from texts by byte pair encoding (Sennrich et al. 2016) of characters: again and again the two pieces
 * that stand most often side by side become one, until there are `most` or no pair stands twice. The same texts give the
 * same pieces in any order.
 *
 * @example
 * const pieces = learnWordPieces(["red apple", "green apple"], { most: 2000 });
 * cutter(pieces)("Red apples").map((piece) => pieces[piece]); // [" red", " apple", …]
 */
export function learnWordPieces(
  texts: Iterable<string>,
  { most }: { readonly most: number },
): WordPieces {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const words = [...counts].map(([word, count]) => ({ parts: [...word], count }));
  const pieces = [...new Set(words.flatMap(({ parts }) => parts))].sort(byCodeUnits);
  const pairs = pairCounts();
  for (const [w, { parts, count }] of words.entries()) pairs.add(parts, count, w);
  while (pieces.length < most) {
    const best = pairs.mostFrequent();
    if (best === undefined) break;
    const joined = best.left + best.right;
    // Two pairs may make the same piece; it has the rank of the first.
    if (!pieces.includes(joined)) pieces.push(joined);
    for (const w of [...best.words]) {
      const word = words[w]!; // an index of a word
      pairs.add(word.parts, -word.count, w);
      word.parts = joinAll(word.parts, best.left, best.right);
      pairs.add(word.parts, word.count, w);
    }
  }
  return pieces;
}

/**
 * The function that cuts texts into given pieces: of the possible joins of a word the one that makes the earliest piece is
 * done, until none is left. Characters that are not among the pieces are left out.
 */
export function cutter(pieces: WordPieces): CutText {
  const rankOf = new Map(pieces.map((piece, rank) => [piece, rank]));
  const cutWord = (word: string, skip: () => boolean): number[] => {
    let parts = [...word].filter((character) => rankOf.has(character));
    for (;;) {
      let [lowest, at] = [Infinity, -1];
      for (let i = 0; i + 1 < parts.length; i++) {
        const rank = rankOf.get(parts[i]! + parts[i + 1]!) ?? Infinity;
        if (rank < lowest && !skip()) [lowest, at] = [rank, i];
      }
      if (at < 0) return parts.map((part) => rankOf.get(part)!); // all of them are pieces
      parts = [...parts.slice(0, at), parts[at]! + parts[at + 1]!, ...parts.slice(at + 2)];
    }
  };
  return (text, { skip = () => false } = {}) =>
    wordsOf(text).flatMap((word) => {
      const cut = cutWord(word, skip);
      // Of a word without a known character its space would be left.
      return cut.length === 1 && pieces[cut[0]!] === " " ? [] : cut;
    });
}

interface Pair {
  readonly left: string;
  readonly right: string;
  count: number;
  /** Words in which it stands. */
  readonly words: Set<number>;
}

/** How often each pair of pieces stands side by side. */
function pairCounts() {
  const pairs = new Map<string, Pair>();
  return {
    /** Counts the pairs of word `w`, which occurs `count` times; a negative count takes them away. */
    add(parts: readonly string[], count: number, w: number): void {
      for (let i = 0; i + 1 < parts.length; i++) {
        const [left, right] = [parts[i]!, parts[i + 1]!]; // i + 1 is below the length
        const key = `${left}\n${right}`; // no word has a line break
        const pair = pairs.get(key) ?? { left, right, count: 0, words: new Set() };
        pairs.set(key, pair);
        pair.count += count;
        if (count > 0) pair.words.add(w);
        else pair.words.delete(w);
        if (pair.count === 0) pairs.delete(key);
      }
    },
    /** The pair that stands most often, and more than once; of equal ones the first by its pieces. */
    mostFrequent(): Pair | undefined {
      let best: Pair | undefined;
      for (const pair of pairs.values()) {
        if (pair.count < 2 || pair.count < (best?.count ?? 0)) continue;
        if (best === undefined || pair.count > best.count || order(pair, best) < 0) best = pair;
      }
      return best;
    },
  };
}

const order = (a: Pair, b: Pair): number =>
  byCodeUnits(a.left, b.left) || byCodeUnits(a.right, b.right);

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Joins a pair wherever it stands, from left to right. */
function joinAll(parts: readonly string[], left: string, right: string): string[] {
  const joined: string[] = [];
  for (let i = 0; i < parts.length; i++) {
    if (parts[i] === left && parts[i + 1] === right) {
      joined.push(left + right);
      i++;
    } else joined.push(parts[i]!); // i is below the length
  }
  return joined;
}
