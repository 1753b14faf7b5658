import { checkCount, checkPositive } from "../../arguments/numbers.ts";
import { polar } from "../fourier/complex.ts";
import { continuous } from "../wavelet/continuousWavelet.ts";
import type { ContinuousWavelet } from "../wavelet/definition.ts";
import { decimal } from "./decimal.ts";

/**
 * A frequency B-spline: `ψ(t) = √B sinc(Bt/M)^M e^(2πiCt)`; its spectrum is the B-spline of M boxes (degree M − 1) over
 * `C − B/2 … C + B/2` cycles, 0 outside. `bandwidth` B and `center` C are in cycles per unit of t. As in PyWavelets its
 * energy is not 1 for M > 1 (4/3 for M = 2). If B > 2C its mean is not zero.
 */
export function fbsp(order: number, bandwidth: number, center: number): ContinuousWavelet {
  const name = `fbsp${order}-${decimal(bandwidth)}-${decimal(center)}`;
  return bSplineWavelet("fbsp", name, order, bandwidth, center);
}

/** The wavelet of {@link fbsp} with a given family and name. */
export function bSplineWavelet(
  family: "fbsp" | "shan",
  name: string,
  order: number,
  bandwidth: number,
  center: number,
): ContinuousWavelet {
  checkCount(`the order M of ${family}`, order, 12);
  checkPositive(`the bandwidth B of ${family}`, bandwidth);
  checkPositive(`the center C of ${family}`, center);
  const box = (2 * Math.PI * bandwidth) / order; // the width of one box, in radians
  const middle = 2 * Math.PI * center;
  const height = (2 * Math.PI * Math.sqrt(bandwidth)) / box;
  const root = Math.sqrt(bandwidth);
  return continuous({
    name,
    family,
    complex: true,
    quarterTurns: 0,
    psi: (t) => polar(root * sinc((bandwidth * t) / order) ** order, middle * t),
    spectrum: (w) => height * bSpline(order, (w - middle) / box),
    slope: (w) => {
      if (order === 1) return 0;
      const x = (w - middle) / box;
      return (height / box) * (bSpline(order - 1, x + 0.5) - bSpline(order - 1, x - 0.5));
    },
    peakFrequency: middle,
    breaks: Array.from({ length: order + 1 }, (_, i) => Math.abs(middle + (i - order / 2) * box)),
  });
}

/** sin(πx) / (πx). */
function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** The centered B-spline of `boxes` boxes of width 1, by Cox and de Boor's recursion, whose terms are all positive. */
function bSpline(boxes: number, x: number): number {
  if (Math.abs(x) > boxes / 2) return 0;
  if (boxes === 1) return Math.abs(x) === 0.5 ? 0.5 : 1;
  const half = boxes / 2;
  const rising = (half + x) * bSpline(boxes - 1, x + 0.5);
  const falling = (half - x) * bSpline(boxes - 1, x - 0.5);
  return (rising + falling) / (boxes - 1);
}
