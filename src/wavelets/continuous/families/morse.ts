import { checkPositive } from "../../arguments/numbers.ts";
import type { Complex } from "../fourier/complex.ts";
import { continuous } from "../wavelet/continuousWavelet.ts";
import type { ContinuousWavelet } from "../wavelet/definition.ts";

/**
 * The generalized Morse wavelet (Olhede and Walden 2002): `ψ̂(ω) = 2 (eγ/β)^(β/γ) ω^β e^(−ω^γ)` for ω > 0 and 0
 * otherwise. Its peak is 2 (Lilly and Olhede 2009), so that with norm `l1` the modulus is the amplitude of a cosine.
 * `beta` sets the number of oscillations, `gamma` = 3 the most symmetric shape. ψ(t) has no elementary form and is
 * integrated along a ray in the complex plane, to about 13 digits.
 */
export function morse(beta: number, gamma: number): ContinuousWavelet {
  checkPositive("beta of morse", beta);
  checkPositive("gamma of morse", gamma);
  const { spectrum, slope, peakFrequency } = morseSpectrum(beta, gamma);
  return continuous({
    name: `morse${beta}-${gamma}`,
    family: "morse",
    complex: true,
    quarterTurns: 0,
    psi: (t) => rayIntegral(beta, gamma, t),
    psiLine: (step, count) => rayIntegrals(beta, gamma, step, count),
    spectrum,
    slope,
    peakFrequency,
  });
}

/** The spectrum of {@link morse}, its slope and where it peaks. */
export function morseSpectrum(
  beta: number,
  gamma: number,
): Pick<ContinuousWavelet, "spectrum" | "slope" | "peakFrequency"> {
  const size = logSize(beta, gamma);
  const spectrum = (w: number) =>
    w > 0 ? 2 * Math.exp(size + beta * Math.log(w) - w ** gamma) : 0;
  return {
    spectrum,
    slope: (w) => (w > 0 ? (beta / w - gamma * w ** (gamma - 1)) * spectrum(w) : 0),
    peakFrequency: (beta / gamma) ** (1 / gamma),
  };
}

/** ln (eγ/β)^(β/γ). */
function logSize(beta: number, gamma: number): number {
  return (beta / gamma) * (1 + Math.log(gamma / beta));
}

/** A point of the ray ω = e^(u + iθ): ω, and the logarithm and angle of ½ ω ψ̂(ω) there. */
interface RayPoint {
  readonly re: number;
  readonly im: number;
  readonly log: number;
  readonly angle: number;
}

/**
 * The ray along which ψ(t) = 1/2π ∫ ψ̂(ω) e^(iωt) dω is integrated: e^(iωt) falls for t > 0 and e^(−ω^γ) still does. The rule is
 * the trapezoidal one in u, which converges exponentially.
 */
function rayOf(beta: number, gamma: number) {
  const theta = Math.PI / (8 * Math.max(gamma, 1));
  const [cos, sin] = [Math.cos(theta), Math.sin(theta)];
  const [cosG, sinG] = [Math.cos(gamma * theta), Math.sin(gamma * theta)];
  const size = logSize(beta, gamma);
  const at = (u: number): RayPoint => {
    const r = Math.exp(u);
    const power = r ** gamma;
    return {
      ...{ re: r * cos, im: r * sin },
      log: size + (beta + 1) * u - power * cosG,
      angle: (beta + 1) * theta - power * sinG,
    };
  };
  const step = theta / 8;
  return { at, sin, cosG, step, scale: step / Math.PI }; // 2 of the size, 1/2π of the integral
}

/** Adds points of a ray from `start` outwards, until `add` says that they vanish. */
function outwards(start: number, step: number, add: (u: number) => boolean): void {
  for (let i = 0; add(start + i * step); i++);
  for (let i = 1; add(start - i * step); i++);
}

/** A term that is so much smaller than the largest no longer counts. */
const vanishing = 1e-18;

/** ψ(t), summed from the largest term on. */
function rayIntegral(beta: number, gamma: number, t: number): Complex {
  const time = Math.abs(t);
  const ray = rayOf(beta, gamma);
  // (β + 1) = γ r^γ cos γθ + t r sin θ at the largest term; the right side increases with r.
  let [low, high] = [-60, 60];
  for (let round = 0; round < 40; round++) {
    const u = (low + high) / 2;
    const right = gamma * Math.exp(gamma * u) * ray.cosG + time * Math.exp(u) * ray.sin;
    if (right < beta + 1) low = u;
    else high = u;
  }
  let [re, im, most] = [0, 0, 0];
  outwards((low + high) / 2, ray.step, (u) => {
    const w = ray.at(u);
    const length = Math.exp(w.log - time * w.im);
    const angle = w.angle + time * w.re;
    re += length * Math.cos(angle);
    im += length * Math.sin(angle);
    most = Math.max(most, length);
    return length > vanishing * most;
  });
  return { re: ray.scale * re, im: Math.sign(t) * ray.scale * im };
}

/** Times after which a term of {@link rayIntegrals} is computed anew instead of from the one before, against rounding. */
const renewal = 64;

/**
 * {@link rayIntegral} at `count` times 0, `step`, …: from one time to the next, the term at ω is multiplied by e^(iω step). Terms
 * that vanish beside the largest at t = 0 are left out, so it is as exact as ψ is beside its peak.
 */
function rayIntegrals(beta: number, gamma: number, step: number, count: number) {
  const ray = rayOf(beta, gamma);
  const re = new Float64Array(count);
  const im = new Float64Array(count);
  // At t = 0 the largest term is where (β + 1) = γ r^γ cos γθ.
  const start = Math.log((beta + 1) / (gamma * ray.cosG)) / gamma;
  let most = 0;
  outwards(start, ray.step, (u) => {
    const w = ray.at(u);
    const length = Math.exp(w.log);
    most = Math.max(most, length);
    const least = 1e-20 * most;
    const fall = Math.exp(-w.im * step);
    const turn = w.re * step;
    const [turnRe, turnIm] = [fall * Math.cos(turn), fall * Math.sin(turn)];
    for (let n = 0; n < count; n += renewal) {
      const now = length * Math.exp(-w.im * step * n);
      if (now < least) break;
      let a = now * Math.cos(w.angle + turn * n);
      let b = now * Math.sin(w.angle + turn * n);
      for (let k = n, end = Math.min(count, n + renewal); k < end; k++) {
        re[k]! += a;
        im[k]! += b;
        [a, b] = [a * turnRe - b * turnIm, a * turnIm + b * turnRe];
      }
    }
    return length > vanishing * most;
  });
  return { re: re.map((x) => ray.scale * x), im: im.map((x) => ray.scale * x) };
}
