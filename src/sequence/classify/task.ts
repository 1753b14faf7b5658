import type { Examples } from "./examples.ts";

/** A classification of sequences: what is told apart, and the examples of it. */
export interface Task {
  /** Tokens are 0 … symbols - 1. */
  readonly symbols: number;
  /** One name a class, in the order of their numbers. */
  readonly classNames: readonly string[];
  /** Tokens of the longest example. */
  readonly longest: number;
  readonly train: Examples;
  /** Examples that are never trained on, always the same. */
  readonly valid: Examples;
}

/** Whether example `i` of `count` that come in no parts is held out: every tenth, or the last of fewer. */
export function isHeldOut(i: number, count: number): boolean {
  return count < 10 ? i > 0 && i === count - 1 : i % 10 === 9;
}
