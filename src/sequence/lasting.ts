import type { OpenKind } from "./kinds/alphabets.ts";

/** What is asked of a sequence that lasts so many seconds. */
export interface Lasting {
  /** Tokens in all, at most, and one after the prompt at least: of sound exactly those that last so long. */
  readonly length: number;
  /** Told each token, whether the time is reached. */
  readonly isLast: (token: number) => boolean;
}

/** Tokens of `seconds` after a prompt, which counts; `undefined` of a kind that takes no time. */
export function lasting(kind: OpenKind, seconds: number, prompt: Uint16Array): Lasting | undefined {
  if (kind.mostPerSecond === undefined) return undefined;
  const secondsOf = (tokens: Uint16Array) => kind.extent(tokens).seconds ?? 0;
  let reached = secondsOf(prompt);
  const one = new Uint16Array(1);
  return {
    length: prompt.length + Math.max(1, Math.round((seconds - reached) * kind.mostPerSecond)),
    isLast(token) {
      one[0] = token;
      reached += secondsOf(one);
      return reached >= seconds - 1e-9; // sums of steps
    },
  };
}

/** The beginning of tokens that lasts at most so many seconds. */
export function beginning(kind: OpenKind, tokens: Uint16Array, seconds: number): Uint16Array {
  let reached = 0;
  for (let i = 0; i < tokens.length; i++) {
    reached += kind.extent(tokens.subarray(i, i + 1)).seconds ?? 0;
    if (reached > seconds + 1e-9) return tokens.subarray(0, i); // sums of steps
  }
  return tokens;
}
