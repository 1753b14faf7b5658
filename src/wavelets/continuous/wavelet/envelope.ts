import type { Definition } from "./definition.ts";

/** The share of its peak below which |ψ| no longer counts. */
const unseen = 1e-14;
/** Periods of the peak frequency after which the search for {@link reachOf} ends. */
const periods = 2048;

/** The |t| beyond which |ψ|² stays below e⁻² of its peak. */
export function eFoldingTime(definition: Definition): number {
  return last(definition, Math.exp(-1), 64);
}

/** The |t| beyond which |ψ| stays below 1e-14 of its peak; Infinity if that is more than thousands of periods away. */
export function reachOf(definition: Definition): number {
  return last(definition, unseen, 32);
}

/** The last t at which |ψ(t)| / max|ψ| exceeds `share`, looked for in steps of a `steps`th of a period, then of t. */
function last({ psi, peakFrequency }: Definition, share: number, steps: number): number {
  const period = (2 * Math.PI) / peakFrequency;
  const size = (t: number) => Math.hypot(psi(t).re, psi(t).im);
  let peak = 0;
  for (let i = 0; i <= 2 * steps; i++) peak = Math.max(peak, size((i / steps) * period));
  const exceeds = (t: number) => size(t) > share * peak;
  // A wavelet's |ψ| may have zeros, so an interval counts as empty when all of several places in it are.
  let end = 0;
  for (let t = 0; t < periods * period; ) {
    const step = Math.max(period / steps, t / steps);
    if (exceeds(t)) end = t + step;
    else if (t > 4 * period && t > 2 * end) return end;
    t += step;
  }
  return end * 2 < periods * period ? end : Infinity;
}
