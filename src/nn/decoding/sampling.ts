/** How a token is drawn from the model's distribution; everything off by default. Of several limits the strictest decides. */
export interface SamplingOptions {
  /** Divides the logits; 0 takes the likeliest token. */
  readonly temperature?: number;
  /** Keeps the `topK` likeliest tokens. */
  readonly topK?: number;
  /** Keeps the fewest likeliest tokens whose probabilities reach this sum (Holtzman et al. 2020). */
  readonly topP?: number;
  /** Keeps the tokens whose probability is at least this share of the likeliest one's (Nguyen et al. 2024). */
  readonly minP?: number;
}

/** A legality mask that allows every token. */
export const anyToken = -1;

/**
 * Draws a token: the softmax of `logits` over the legal ones, cut down by `options` and renormalized, read at the
 * quantile `uniform` in [0, 1), likeliest tokens first and equal ones in the order of the vocabulary. Bit i of `legal` allows
 * token i (of vocabularies up to 32; `anyToken` of any). The likeliest token always stays, however strict the limits. Throws a
 * RangeError where nothing is legal.
 */
export const chooseToken = (
  logits: Float32Array,
  legal: number,
  uniform: number,
  options: SamplingOptions = {},
): number => chooseIn(roomFor(logits.length), logits, legal, uniform, options);

/** {@link chooseToken} for many draws, which use the same memory one after another. */
export function tokenChooser(): typeof chooseToken {
  let room = roomFor(0);
  return (logits, legal, uniform, options = {}) => {
    if (room.weights.length !== logits.length) room = roomFor(logits.length);
    return chooseIn(room, logits, legal, uniform, options);
  };
}

/** The probability with which `chooseToken` draws a token, for a uniform quantile. */
export function tokenChance(
  logits: Float32Array,
  legal: number,
  token: number,
  options: SamplingOptions = {},
): number {
  const room = roomFor(logits.length);
  const { tokens, best } = legalTokens(room, logits, legal);
  if (options.temperature === 0) return Number(token === best);
  const { weights } = room;
  const total = weigh(weights, logits, tokens, best, options.temperature);
  const { kept, mass } = cutDown(logits, tokens, weights, total, options);
  return kept.includes(token) ? weights[token]! / mass : 0; // a token
}

/** Memory of a draw. */
interface Room {
  readonly tokens: Int32Array;
  /** Numbers in proportion to the probabilities, by token; that of the likeliest is 1. */
  readonly weights: Float64Array;
  /** For {@link narrowed}: the class of each token, some tokens, and the sum of weights of each class. */
  readonly classes: Uint8Array;
  readonly some: Int32Array;
  readonly sums: Float64Array;
}

const roomFor = (count: number): Room => ({
  ...{ tokens: new Int32Array(count), weights: new Float64Array(count) },
  ...{ classes: new Uint8Array(count), some: new Int32Array(count) },
  sums: new Float64Array(classCount),
});

function chooseIn(
  room: Room,
  logits: Float32Array,
  legal: number,
  uniform: number,
  options: SamplingOptions,
): number {
  const { tokens, best } = legalTokens(room, logits, legal);
  if (options.temperature === 0) return best;
  const { weights } = room;
  const total = weigh(weights, logits, tokens, best, options.temperature);
  const { kept, mass } = cutDown(logits, tokens, weights, total, options);
  const { some, before } =
    kept.length < worthNarrowing
      ? { some: kept, before: 0 }
      : narrowed(room, logits, kept, logits[best]!, uniform * mass); // a token
  return some[placeWhere(logits, some, weights, uniform * mass, exceeds, before)]!; // a place
}

/** The legal tokens in the order of the vocabulary, and the likeliest one, of equal ones the first. */
function legalTokens({ tokens }: Room, logits: Float32Array, legal: number) {
  let count = 0;
  let best = -1;
  let top = Number.NEGATIVE_INFINITY;
  for (let token = 0; token < logits.length; token++) {
    if (legal !== anyToken && !(token < 32 && (legal >>> token) & 1)) continue;
    tokens[count++] = token;
    const logit = logits[token]!; // a token
    if (logit > top || best < 0) {
      best = token;
      top = logit;
    }
  }
  if (count === 0) throw new RangeError("no token is legal");
  return { best, tokens: count === tokens.length ? tokens : tokens.subarray(0, count) };
}

/** Finds the weights of tokens, and their sum. */
function weigh(
  weights: Float64Array,
  logits: Float32Array,
  tokens: Int32Array,
  best: number,
  temperature = 1,
): number {
  const top = logits[best]!; // a token
  let sum = 0;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!; // below the length
    const weight = Math.exp((logits[token]! - top) / temperature); // a token
    weights[token] = weight;
    sum += weight;
  }
  return sum;
}

function sumOf(weights: Float64Array, tokens: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < tokens.length; i++) sum += weights[tokens[i]!]!; // below the length
  return sum;
}

/** The tokens that all limits keep, and the sum of their weights; the order of `tokens` changes. */
function cutDown(
  logits: Float32Array,
  tokens: Int32Array,
  weights: Float64Array,
  total: number,
  { topK = tokens.length, topP = 1, minP = 0 }: SamplingOptions,
): { readonly kept: Int32Array; readonly mass: number } {
  if (topP >= 1 && topK >= tokens.length && minP <= 0) return { kept: tokens, mass: total };
  let kept = tokens;
  const keepUntil = (sizes: Float64Array, target: number) => {
    // No limit takes the likeliest token away.
    const reached = placeWhere(logits, kept, sizes, Math.max(target, Number.MIN_VALUE), reaches);
    kept = kept.subarray(0, reached + 1);
  };
  if (topP < 1) keepUntil(weights, topP * total);
  if (topK < kept.length) keepUntil(new Float64Array(logits.length).fill(1), topK);
  if (minP > 0) kept = kept.filter((token) => weights[token]! >= Math.min(1, minP)); // tokens
  return { kept, mass: sumOf(weights, kept) };
}

const exceeds = (sum: number, target: number): boolean => sum > target;
const reaches = (sum: number, target: number): boolean => sum >= target;

/** Classes of {@link narrowed}, how many of them lie between e and 1 of a weight, and from how many tokens on they save time. */
const [classCount, classesOfUnit, worthNarrowing] = [128, 8, 64];

/**
 * The tokens among which the one lies whose weight, added to those of all likelier ones, first exceeds `target`, and the sum of the
 * weights of all likelier than these: tokens are put into classes of about equal logits, and those of one class are taken. No branch
 * depends on a logit that the processor could not guess.
 */
function narrowed(
  { weights, classes, some, sums }: Room,
  logits: Float32Array,
  tokens: Int32Array,
  top: number,
  target: number,
): { readonly some: Int32Array; readonly before: number } {
  sums.fill(0);
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!; // below the length
    const each = Math.min((top - logits[token]!) * classesOfUnit, classCount - 1) | 0; // a token
    classes[i] = each;
    sums[each] = sums[each]! + weights[token]!; // a class and a token
  }
  let [chosen, before, sum] = [0, 0, sums[0]!]; // the likeliest is of the first class
  for (let each = 1; each < classCount && sum <= target; each++) {
    const weight = sums[each]!; // a class
    if (weight === 0) continue;
    chosen = each;
    before = sum;
    sum += weight;
  }
  let count = 0;
  for (let i = 0; i < tokens.length; i++) {
    if (classes[i] === chosen) some[count++] = tokens[i]!; // below the length
  }
  return { some: some.subarray(0, count), before };
}

/**
 * Brings the likeliest tokens to the front, in any order, as far as the one whose size, added to those of all likelier ones and to `before`, first
 * `isEnough`, and returns its place; the last where rounding leaves a crumb beyond it. Nothing is sorted: tokens are divided into
 * those likelier than one of them and the others, and only the part in which the answer lies is divided again (Hoare's selection).
 */
function placeWhere(
  logits: Float32Array,
  tokens: Int32Array,
  sizes: Float64Array,
  target: number,
  isEnough: (sum: number, target: number) => boolean,
  before = 0,
): number {
  let [low, high] = [0, tokens.length];
  let sum = before;
  for (;;) {
    const last = high - 1;
    const pivot = tokens[(low + high) >> 1]!; // between both
    tokens[(low + high) >> 1] = tokens[last]!;
    const level = logits[pivot]!; // a token
    let likelier = sum;
    let middle = low;
    for (let i = low; i < last; i++) {
      const token = tokens[i]!; // between both
      const logit = logits[token]!; // a token
      if (logit < level || (logit === level && token > pivot)) continue;
      likelier += sizes[token]!; // a token
      tokens[i] = tokens[middle]!; // before i
      tokens[middle++] = token;
    }
    tokens[last] = tokens[middle]!; // before the end
    tokens[middle] = pivot;
    if (middle > low && isEnough(likelier, target)) high = middle;
    else {
      sum = likelier + sizes[pivot]!; // a token
      if (middle === last || isEnough(sum, target)) return middle;
      low = middle + 1;
    }
  }
}
