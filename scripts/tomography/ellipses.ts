import type { ParallelBeam } from "./parallelBeam.ts";

/** An ellipse of one density, in a square whose sides are 2 long and whose middle is 0; y points up. */
export interface Ellipse {
  /** What it adds to the density of the places in it. */
  readonly density: number;
  /** Half axes. */
  readonly a: number;
  readonly b: number;
  readonly x: number;
  readonly y: number;
  /** By how much the axis of `a` is turned from that of x to that of y: degrees. */
  readonly turn: number;
}

const ellipse = ([density, a, b, x, y, turn]: readonly [
  number,
  number,
  number,
  number,
  number,
  number,
]): Ellipse => ({ density, a, b, x, y, turn });

/**
 * The head of Shepp & Logan (The Fourier reconstruction of a head section, 1974) with the higher contrast of Toft (The
 * Radon transform, 1996), so that densities are 0 to 1.
 */
export const sheppLogan: readonly Ellipse[] = (
  [
    [1, 0.69, 0.92, 0, 0, 0],
    [-0.8, 0.6624, 0.874, 0, -0.0184, 0],
    [-0.2, 0.11, 0.31, 0.22, 0, -18],
    [-0.2, 0.16, 0.41, -0.22, 0, 18],
    [0.1, 0.21, 0.25, 0, 0.35, 0],
    [0.1, 0.046, 0.046, 0, 0.1, 0],
    [0.1, 0.046, 0.046, 0, -0.1, 0],
    [0.1, 0.046, 0.023, -0.08, -0.605, 0],
    [0.1, 0.023, 0.023, 0, -0.606, 0],
    [0.1, 0.023, 0.046, 0.06, -0.605, 0],
  ] as const
).map(ellipse);

/** Places along each axis of a pixel whose mean is its density. */
const perPixel = 8;

/** Ellipses as a picture of `side` x `side` pixels, rows from top to bottom: the mean density in each. */
export function drawEllipses(ellipses: readonly Ellipse[], side: number): Float64Array {
  const fine = side * perPixel;
  const picture = new Float64Array(side * side);
  for (let i = 0; i < fine; i++) {
    for (let j = 0; j < fine; j++) {
      const [x, y] = [(2 * j + 1) / fine - 1, 1 - (2 * i + 1) / fine];
      const pixel = Math.floor(i / perPixel) * side + Math.floor(j / perPixel);
      for (const e of ellipses) {
        const [cos, sin] = directionOf(e.turn);
        const along = ((x - e.x) * cos + (y - e.y) * sin) / e.a;
        const across = ((y - e.y) * cos - (x - e.x) * sin) / e.b;
        if (along ** 2 + across ** 2 <= 1) picture[pixel]! += e.density / perPixel ** 2; // in bounds
      }
    }
  }
  return picture;
}

/**
 * What the rays of a beam meet of ellipses, in closed form, `[angles, detectors]`: an ellipse of half width h in the
 * direction of the detectors gives `2 ρ a b √(h² - s²) / h²` at s from its middle. Each is the line integral in the middle of
 * its detector.
 */
export function sinogramOf(ellipses: readonly Ellipse[], beam: ParallelBeam): Float64Array {
  const { angles, detectors, side } = beam;
  const sinogram = new Float64Array(angles * detectors);
  for (let j = 0; j < angles; j++) {
    const angle = (180 * j) / angles;
    const [cos, sin] = directionOf(angle);
    for (const { density, a, b, x, y, turn } of ellipses) {
      const [along, across] = directionOf(angle - turn);
      const square = (a * along) ** 2 + (b * across) ** 2;
      for (let k = 0; k < detectors; k++) {
        const s = (2 * k + 1 - detectors) / side - (x * cos + y * sin);
        const inside = square - s ** 2;
        if (inside <= 0) continue;
        sinogram[j * detectors + k]! += (2 * density * a * b * Math.sqrt(inside)) / square; // in bounds
      }
    }
  }
  return sinogram;
}

/** Rays side by side whose mean is what a detector measures. */
const perDetector = 4;

/** The same as detectors measure it that are as wide as a pixel: the mean of some rays. */
export function measuredSinogram(ellipses: readonly Ellipse[], beam: ParallelBeam): Float64Array {
  const { side, angles, detectors } = beam;
  const fine = { angles, side: perDetector * side, detectors: perDetector * detectors };
  const rays = sinogramOf(ellipses, fine);
  const measured = new Float64Array(angles * detectors);
  for (let i = 0; i < rays.length; i++) {
    measured[Math.floor(i / perDetector)]! += rays[i]! / perDetector; // in bounds
  }
  return measured;
}

const directionOf = (degrees: number): readonly [cos: number, sin: number] => {
  const radians = (Math.PI * degrees) / 180;
  return [Math.cos(radians), Math.sin(radians)];
};
