import { blockTokens, type Site } from "../../codec/index.ts";
import type { Mixture } from "./mixture.ts";

const { NowSignificantNeg, NowSignificantPos, Insignificant, NextAccuracy0, NextAccuracy1 } =
  blockTokens;

/** Logarithm of a share that is nothing: finite, as guidance takes differences. */
const nothing = 1e-300;

/**
 * What the distribution of a coefficient's integer says of its next token: the masses of the integers that each token leaves,
 * for each token that can be one of a coefficient so far known. `unit` is that of the band, `known` what is known of it.
 */
export function tellTokenMasses(
  tell: (token: number, mass: number) => void,
  mixture: Mixture,
  { threshold }: Site,
  known: number,
  unit: number,
): void {
  const t = threshold / unit;
  if (known === 0) {
    tell(NowSignificantNeg, mixture.mass(1 - 2 * t, -t));
    tell(NowSignificantPos, mixture.mass(t, 2 * t - 1));
    tell(Insignificant, mixture.mass(1 - t, t - 1));
    return;
  }
  const middle = Math.abs(known) / unit;
  const side = (token: number, from: number, to: number) =>
    tell(token, known > 0 ? mixture.mass(from, to) : mixture.mass(-to, -from));
  side(NextAccuracy0, middle - t, middle - 1);
  side(NextAccuracy1, middle, middle + t - 1);
}

/** The logarithms of these masses, which are shares where those of all integers sum to 1. */
export function writeTokenLogits(
  out: Float32Array,
  at: number,
  mixture: Mixture,
  site: Site,
  known: number,
  unit: number,
): void {
  tellTokenMasses(
    (token, mass) => {
      out[at + token] = Math.log(Math.max(nothing, mass));
    },
    ...[mixture, site, known, unit],
  );
}
