import type { Coding } from "../pictureHead.ts";

/** Places from `from` up to `to` − 1 along an axis. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How far a sample lies from the coefficients that make it, in samples: the half width of the longer synthesis filter, 9/7 or 5/3. */
const filterReach: Readonly<Record<Coding["type"], number>> = { lossy: 4, lossless: 2, indexed: 0 };

/** How far the nets of restoration look: windows of 5, of coarser pictures of 6. */
const windowReach: Readonly<Record<Coding["type"], number>> = { lossy: 3, lossless: 0, indexed: 0 };

/**
 * Which coefficients along an axis the samples of a span need, after each number of steps of analysis: `[0]` is the span itself,
 * `[d]` places in the bands of step d. At most `length` samples are there; what lies beyond them mirrors what is within reach anyway.
 *
 * A sample at 2k or 2k + 1 is made of coefficients at most the filter's reach away. A restored coefficient depends on what the nets look at
 * around it, and on the low-pass picture beside it, which is made of all coarser coefficients that reach it.
 */
export function reachOf(
  span: Span,
  length: number,
  levels: number,
  type: Coding["type"],
): readonly Span[] {
  const reach = filterReach[type];
  const look = windowReach[type];
  const spans: Span[] = [span];
  let made = span; // restored, and so of the picture that is asked for
  let seen = span; // what anything needs
  for (let steps = 1; steps <= levels; steps++) {
    const size = Math.ceil(length / 2 ** steps);
    const below = ({ from, to }: Span): Span => ({
      from: Math.floor((from - reach - 1) / 2),
      to: Math.floor((to - 1 + reach) / 2) + 1,
    });
    made = below(made);
    const before = below(seen);
    seen = {
      from: Math.min(before.from, made.from - look),
      to: Math.max(before.to, made.to + look),
    };
    spans.push({ from: Math.max(seen.from, 0), to: Math.min(seen.to, size) });
  }
  return spans;
}
