/** How a token is drawn from the model's distribution; everything off by default. */
export interface SamplingOptions {
  /** Divides the logits; 0 takes the likeliest token. */
  readonly temperature?: number;
  /** Keeps the `topK` likeliest tokens. */
  readonly topK?: number;
  /** Keeps the fewest likeliest tokens whose probabilities reach this sum (Holtzman et al. 2020). */
  readonly topP?: number;
}

/** A legality mask that allows every token. */
export const anyToken = -1;

/**
 * Draws a token: the softmax of `logits` over the legal ones, cut down by `options` and renormalized, read at the
 * quantile `uniform` in [0, 1), likeliest tokens first and equal ones in the order of the vocabulary. Bit i of `legal` allows
 * token i (of vocabularies up to 32; `anyToken` of any). The likeliest token always stays, however small topP. Throws a
 * RangeError where nothing is legal.
 */
export function chooseToken(
  logits: Float32Array,
  legal: number,
  uniform: number,
  options: SamplingOptions = {},
): number {
  const tokens = legalTokens(logits, legal);
  const best = bestOf(logits, tokens);
  if (options.temperature === 0) return best;
  const weights = weightsOf(logits, tokens, logits[best]!, options.temperature); // a token
  const { count, mass } = cutDown(logits, tokens, weights, options);
  return tokenAt(logits, tokens.subarray(0, count), weights, uniform * mass);
}

/** The probability with which `chooseToken` draws a token, for a uniform quantile. */
export function tokenChance(
  logits: Float32Array,
  legal: number,
  token: number,
  options: SamplingOptions = {},
): number {
  const tokens = legalTokens(logits, legal);
  const best = bestOf(logits, tokens);
  if (options.temperature === 0) return Number(token === best);
  const weights = weightsOf(logits, tokens, logits[best]!, options.temperature); // a token
  const { count, mass } = cutDown(logits, tokens, weights, options);
  return tokens.subarray(0, count).includes(token) ? weights[token]! / mass : 0; // a token
}

function legalTokens(logits: Float32Array, legal: number): Int32Array {
  const tokens = new Int32Array(logits.length);
  let count = 0;
  for (let token = 0; token < logits.length; token++) {
    if (legal === anyToken || (token < 32 && (legal >>> token) & 1)) tokens[count++] = token;
  }
  if (count === 0) throw new RangeError("no token is legal");
  return tokens.subarray(0, count);
}

/** The likeliest token, of equal ones the first. */
function bestOf(logits: Float32Array, tokens: Int32Array): number {
  let best = tokens[0]!; // one at least
  for (let i = 1; i < tokens.length; i++) {
    if (logits[tokens[i]!]! > logits[best]!) best = tokens[i]!; // below the length
  }
  return best;
}

/** Numbers in proportion to the probabilities, by token; 1 is that of the likeliest. */
function weightsOf(
  logits: Float32Array,
  tokens: Int32Array,
  top: number,
  temperature = 1,
): Float64Array {
  const weights = new Float64Array(logits.length);
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!; // below the length
    weights[token] = Math.exp((logits[token]! - top) / temperature); // a token
  }
  return weights;
}

/** Brings the tokens that `topK` and `topP` keep to the front, and tells their number and the sum of their weights. */
function cutDown(
  logits: Float32Array,
  tokens: Int32Array,
  weights: Float64Array,
  { topK = tokens.length, topP = 1 }: SamplingOptions,
): { readonly count: number; readonly mass: number } {
  let total = 0;
  for (let i = 0; i < tokens.length; i++) total += weights[tokens[i]!]!; // below the length
  if (topK >= tokens.length && topP >= 1) return { count: tokens.length, mass: total };
  tokens.sort((a, b) => logits[b]! - logits[a]! || a - b); // tokens
  let count = 0;
  let mass = 0;
  while (count < tokens.length && count < Math.max(1, topK) && (count === 0 || mass < topP * total))
    mass += weights[tokens[count++]!]!; // below its length
  return { count, mass };
}

/**
 * The token whose weight, added to those of all likelier ones, first exceeds `target`. Nothing is sorted: tokens are divided
 * into those likelier than one of them and the others, and only the part in which the answer lies is divided again (Hoare's
 * selection, by weight instead of by number).
 */
function tokenAt(
  logits: Float32Array,
  tokens: Int32Array,
  weights: Float64Array,
  target: number,
): number {
  let [low, high] = [0, tokens.length];
  let left = target;
  for (;;) {
    const pivot = tokens[(low + high) >> 1]!; // between both
    tokens[(low + high) >> 1] = tokens[high - 1]!;
    const level = logits[pivot]!; // a token
    let likelier = 0;
    let middle = low;
    for (let i = low; i < high - 1; i++) {
      const token = tokens[i]!; // between both
      const logit = logits[token]!; // a token
      if (logit < level || (logit === level && token > pivot)) continue;
      likelier += weights[token]!; // a token
      tokens[i] = tokens[middle]!; // before i
      tokens[middle++] = token;
    }
    if (left < likelier) high = middle;
    else {
      left -= likelier + weights[pivot]!; // a token
      // Rounding may leave a crumb beyond the last token.
      if (left < 0 || middle === high - 1) return pivot;
      low = middle;
      high -= 1;
    }
  }
}
