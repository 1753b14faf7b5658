import { blockTokens, type Site } from "../../codec/index.ts";
import type { Mixture } from "./mixture.ts";

const { NowSignificantNeg, NowSignificantPos, Insignificant, NextAccuracy0, NextAccuracy1 } =
  blockTokens;

/** Logarithm of a share that is nothing: finite, as guidance takes differences. */
const nothing = 1e-300;

/**
 * What the distribution of a coefficient's integer says of its next token: logarithms of the shares of the integers that each
 * token leaves. `unit` is that of the band, `known` what is known of the coefficient.
 */
export function writeTokenLogits(
  out: Float32Array,
  at: number,
  mixture: Mixture,
  { threshold }: Site,
  known: number,
  unit: number,
): void {
  const t = threshold / unit;
  const set = (token: number, from: number, to: number) => {
    out[at + token] = Math.log(Math.max(nothing, mixture.mass(from, to)));
  };
  if (known === 0) {
    set(NowSignificantNeg, 1 - 2 * t, -t);
    set(NowSignificantPos, t, 2 * t - 1);
    set(Insignificant, 1 - t, t - 1);
    return;
  }
  const middle = Math.abs(known) / unit;
  const [nearer, further] = [
    [middle - t, middle - 1],
    [middle, middle + t - 1],
  ] as const;
  const side = (token: number, [from, to]: readonly [number, number]) =>
    known > 0 ? set(token, from, to) : set(token, -to, -from);
  side(NextAccuracy0, nearer);
  side(NextAccuracy1, further);
}
