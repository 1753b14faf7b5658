import type { Complex } from "../fourier/complex.ts";

/** The physicists' Hermite polynomial: dⁿ/dzⁿ e^(−z²) = (−1)ⁿ Hₙ(z) e^(−z²). */
export function hermite(n: number, { re, im }: Complex): Complex {
  let [before, value] = [
    { re: 0, im: 0 },
    { re: 1, im: 0 },
  ];
  for (let k = 0; k < n; k++) {
    const next = {
      re: 2 * (re * value.re - im * value.im - k * before.re),
      im: 2 * (re * value.im + im * value.re - k * before.im),
    };
    [before, value] = [value, next];
  }
  return value;
}
