import type { Random } from "../../data/random/random.ts";
import { UserError } from "../../errors/userError.ts";

/** What an operator makes of its arguments, digits all. */
const operators = {
  "[MIN": (digits: readonly number[]) => Math.min(...digits),
  "[MAX": (digits: readonly number[]) => Math.max(...digits),
  /** Of an even number the mean of the two in the middle, rounded down. */
  "[MED": (digits: readonly number[]) => {
    const sorted = digits.toSorted((a, b) => a - b);
    const half = sorted.length >> 1;
    const [below, above] = [sorted[(sorted.length - 1) >> 1]!, sorted[half]!]; // never empty
    return Math.floor((below + above) / 2);
  },
  /** The sum modulo ten. */
  "[SM": (digits: readonly number[]) => digits.reduce((sum, digit) => sum + digit, 0) % 10,
};
const meanings = Object.values(operators);
const digits = 10;

/** The tokens by number, under Long Range Arena's names: ten digits, four operators that open a bracket, and its end. */
export const listOpsTokens: readonly string[] = [
  ...Array.from({ length: digits }, (_, i) => `${i}`),
  ...Object.keys(operators),
  "]",
];
const end = listOpsTokens.length - 1;

/** Which expressions are drawn. Lengths count tokens, brackets' ends included; both bounds are allowed. */
export interface ListOpsOptions {
  readonly minLength: number;
  readonly maxLength: number;
  /** At this depth there are digits only; the whole expression is at depth 1. */
  readonly maxDepth: number;
  /** Arguments of an operator, at most; at least two. */
  readonly maxArguments: number;
}

/** Those of Long Range Arena, whose lengths lie between 500 and 2,000, both left out. */
export const longRangeArena: ListOpsOptions = {
  minLength: 501,
  maxLength: 1999,
  maxDepth: 10,
  maxArguments: 10,
};

/** The chance that an argument is an expression of its own, and no digit. */
const nested = 0.25;

/** All expressions are of one of two parts, by what they say, so that no expression is in both. */
export type ListOpsPart = "train" | "valid";

/** After so many expressions that do not fit, none is expected to. */
const trials = 200_000;

/**
 * Draws an expression as token numbers (ListOps: Nangia & Bowman 2018; the sampling rule is that of the generator of Long
 * Range Arena, Tay et al. 2020): above the greatest depth an operator with chance ¼, each of the four as likely, with 2 …
 * `maxArguments` arguments, each number as likely; otherwise a digit, each as likely. What has not a length within the
 * bounds is drawn anew. (The generator's constant 0.25 is called a chance of values, but it is that of operators.) The
 * brackets which make the original a binary tree are left out, as everybody does who trains on it.
 *
 * `part` keeps the expressions of one of the two parts alone. Throws UserError where no expression seems to fit.
 */
export function drawExpression(
  options: ListOpsOptions,
  part: ListOpsPart,
  random: Random,
): Uint8Array {
  const { minLength, maxLength, maxDepth, maxArguments } = options;
  const tokens = new Uint8Array(maxLength);
  let length = 0;
  /** Adds an expression to the tokens; false as soon as they are too many. */
  const append = (depth: number): boolean => {
    const leaf = depth >= maxDepth || random.uniform() >= nested;
    if (leaf) return push(random.integer(digits));
    if (!push(digits + random.integer(meanings.length))) return false;
    const count = 2 + random.integer(maxArguments - 1);
    for (let i = 0; i < count; i++) if (!append(depth + 1)) return false;
    return push(end);
  };
  const push = (token: number): boolean => {
    if (length === maxLength) return false;
    tokens[length++] = token;
    return true;
  };
  for (let trial = 0; trial < trials; trial++) {
    length = 0;
    if (!append(1) || length < minLength) continue;
    const expression = tokens.slice(0, length);
    if (partOf(expression) === part) return expression;
  }
  throw new UserError(
    `no expression of ${minLength} to ${maxLength} tokens turned up in ${trials} trials; allow more lengths`,
  );
}

/** One expression in so many is for validation. */
const validShare = 8;

/** Told by a hash of the tokens (FNV-1a), its upper bits, on which every token tells. */
function partOf(expression: Uint8Array): ListOpsPart {
  let hash = 0x811c9dc5;
  for (const token of expression) hash = Math.imul(hash ^ token, 0x01000193);
  return (hash >>> 24) % validShare === 0 ? "valid" : "train";
}

/**
 * The digit that an expression stands for, found by a stack of the operators which wait for their end. Throws RangeError
 * where the tokens are no expression.
 */
export function expressionValue(expression: Iterable<number>): number {
  const waiting: { readonly token: number; readonly known: number[] }[] = [];
  const whole: number[] = [];
  for (const token of expression) {
    if (token >= digits && token < end) {
      waiting.push({ token, known: [] });
      continue;
    }
    let digit = token;
    if (!(token in listOpsTokens)) throw new RangeError(`${token} is no token`);
    if (token === end) {
      const { token: operator = end, known = [] } = waiting.pop() ?? {};
      const meaning = meanings[operator - digits];
      if (!meaning || known.length === 0) throw new RangeError("a bracket ends that holds nothing");
      digit = meaning(known);
    }
    (waiting.at(-1)?.known ?? whole).push(digit);
  }
  const [value] = whole;
  if (value === undefined || whole.length > 1 || waiting.length > 0) {
    throw new RangeError("the tokens are not one whole expression");
  }
  return value;
}
