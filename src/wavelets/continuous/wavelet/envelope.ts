import type { Definition } from "./definition.ts";

/** |ψ| counts as zero below this share of its peak. */
const unseen = 1e-14;
/** {@link reachOf} searches up to this number of periods of the peak frequency. */
const periods = 2048;

/** The |t| beyond which |ψ|² stays below e⁻² of its peak. */
export function eFoldingTime(definition: Definition): number {
  return last(definition, Math.exp(-1), 64);
}

/** The |t| beyond which |ψ| stays below 1e-14 of its peak; Infinity if that is more than thousands of periods away. */
export function reachOf(definition: Definition): number {
  return last(definition, unseen, 32);
}

/** The last t at which |ψ(t)| / max|ψ| exceeds `share`, searched in steps of 1/`steps` of a period, then of t. */
function last({ psi, peakFrequency }: Definition, share: number, steps: number): number {
  const period = (2 * Math.PI) / peakFrequency;
  const size = (t: number) => Math.hypot(psi(t).re, psi(t).im);
  let peak = 0;
  for (let i = 0; i <= 2 * steps; i++) peak = Math.max(peak, size((i / steps) * period));
  const exceeds = (t: number) => size(t) > share * peak;
  // |ψ| can have zeros, so an interval counts as empty only if it is empty at several points.
  let end = 0;
  for (let t = 0; t < periods * period; ) {
    const step = Math.max(period / steps, t / steps);
    if (exceeds(t)) end = t + step;
    else if (t > 4 * period && t > 2 * end) return end;
    t += step;
  }
  return end * 2 < periods * period ? end : Infinity;
}
