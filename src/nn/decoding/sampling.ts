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
 * quantile `uniform` in [0, 1). Bit i of `legal` allows token i (of vocabularies up to 32; `anyToken` of any). The
 * likeliest token always stays, however small topP. Throws a RangeError where nothing is legal.
 */
export function chooseToken(
  logits: Float32Array,
  legal: number,
  uniform: number,
  options: SamplingOptions = {},
): number {
  const { kept, mass } = keptTokens(logits, legal, options);
  let left = uniform * mass;
  for (const { token, weight } of kept) {
    left -= weight;
    if (left < 0) return token;
  }
  return kept.at(-1)!.token; // rounding may leave a crumb; at least one was kept
}

/** The probability with which `chooseToken` draws a token, for a uniform quantile. */
export function tokenChance(
  logits: Float32Array,
  legal: number,
  token: number,
  options: SamplingOptions = {},
): number {
  const { kept, mass } = keptTokens(logits, legal, options);
  return (kept.find((entry) => entry.token === token)?.weight ?? 0) / mass;
}

/** The tokens that can be drawn, likeliest first, with weights in proportion to their probabilities. */
function keptTokens(
  logits: Float32Array,
  legal: number,
  { temperature = 1, topK = logits.length, topP = 1 }: SamplingOptions,
): { readonly kept: { readonly token: number; readonly weight: number }[]; readonly mass: number } {
  const ranked: { token: number; weight: number }[] = [];
  for (let token = 0; token < logits.length; token++) {
    const allowed = legal === anyToken || (token < 32 && (legal >>> token) & 1);
    if (allowed) ranked.push({ token, weight: logits[token]! });
  }
  ranked.sort((a, b) => b.weight - a.weight); // stable: equal logits keep the order of the vocabulary
  const best = ranked[0];
  if (!best) throw new RangeError("no token is legal");
  if (temperature === 0) return { kept: [{ token: best.token, weight: 1 }], mass: 1 };

  const top = best.weight;
  let total = 0;
  for (const entry of ranked) {
    entry.weight = Math.exp((entry.weight - top) / temperature);
    total += entry.weight;
  }
  let kept = 0;
  let mass = 0;
  while (kept < ranked.length && kept < Math.max(1, topK) && (kept === 0 || mass < topP * total)) {
    mass += ranked[kept]!.weight;
    kept += 1;
  }
  return { kept: ranked.slice(0, kept), mass };
}
