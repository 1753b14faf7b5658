import { type Picture, whiteOf } from "../data/images/picture.ts";

/** The exponents of the five scales, the finest first, which observers of degraded pictures gave (Wang, Simoncelli & Bovik 2003, section 3.2). */
const exponents = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333] as const;
/** Half the width of the window, and its standard deviation (Wang, Bovik, Sheikh & Simoncelli 2004). */
const [reach, deviation] = [5, 1.5];
/** What keeps quotients of small numbers stable, by the same authors, for samples from 0 to 255. */
const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];

const gaussian = Array.from({ length: 2 * reach + 1 }, (_, i) =>
  Math.exp(-((i - reach) ** 2) / (2 * deviation ** 2)),
);
const weights = gaussian.map((x) => x / gaussian.reduce((sum, y) => sum + y, 0));

interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float64Array;
}

/** The least side of pictures that can be compared: the window fits the coarsest scale. */
export const leastMsSsimSide = (2 * reach + 1) * 2 ** (exponents.length - 1);

/**
 * Structural similarity in five scales of the brightness of two pictures, 1 for equal ones (Wang, Simoncelli & Bovik 2003, equation 7). Brightness is
 * 0.299 red + 0.587 green + 0.114 blue. Throws RangeError for different shapes, and for sides below {@link leastMsSsimSide}.
 */
export function msSsim(original: Picture, other: Picture): number {
  const { width, height } = original;
  if (width !== other.width || height !== other.height)
    throw new RangeError(
      `cannot compare ${width}×${height} pixels with ${other.width}×${other.height}`,
    );
  if (Math.min(width, height) < leastMsSsimSide)
    throw new RangeError(
      `${width}×${height} pixels are too few for five scales; at least ${leastMsSsimSide} on a side are needed`,
    );
  let [a, b] = [brightnessOf(original), brightnessOf(other)];
  let product = 1;
  for (const [scale, exponent] of exponents.entries()) {
    if (scale > 0) [a, b] = [halved(a), halved(b)];
    const { luminance, structure } = similarity(a, b);
    const isLast = scale === exponents.length - 1;
    product *= Math.max(isLast ? luminance : structure, 0) ** exponent;
  }
  return product;
}

function brightnessOf(picture: Picture): Plane {
  const { width, height, channels, data } = picture;
  const unit = 255 / whiteOf(picture);
  const brightness = Float64Array.from({ length: width * height }, (_, i) =>
    channels === 1
      ? unit * data[i]!
      : unit * (0.299 * data[3 * i]! + 0.587 * data[3 * i + 1]! + 0.114 * data[3 * i + 2]!),
  );
  return { width, height, data: brightness };
}

/** Means of 2×2 samples. */
function halved({ width, height, data }: Plane): Plane {
  const [columns, rows] = [Math.floor(width / 2), Math.floor(height / 2)];
  const means = new Float64Array(columns * rows);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const at = 2 * row * width + 2 * column;
      means[row * columns + column] =
        (data[at]! + data[at + 1]! + data[at + width]! + data[at + width + 1]!) / 4;
    }
  return { width: columns, height: rows, data: means };
}

/** The mean of contrast times structure over all windows, and of that times luminance. */
function similarity(a: Plane, b: Plane) {
  const product = (x: Plane, y: Plane): Plane => ({
    ...x,
    data: x.data.map((v, i) => v * y.data[i]!),
  });
  const [meanA, meanB] = [blurred(a), blurred(b)];
  const [squareA, squareB] = [blurred(product(a, a)), blurred(product(b, b))];
  const both = blurred(product(a, b));
  let [luminance, structure] = [0, 0];
  for (let i = 0; i < meanA.length; i++) {
    const [ma, mb] = [meanA[i]!, meanB[i]!];
    const variances = squareA[i]! - ma * ma + squareB[i]! - mb * mb;
    const own = (2 * (both[i]! - ma * mb) + c2) / (variances + c2);
    structure += own;
    luminance += (own * (2 * ma * mb + c1)) / (ma * ma + mb * mb + c1);
  }
  return { luminance: luminance / meanA.length, structure: structure / meanA.length };
}

/** Weighted means of all windows that lie inside. */
function blurred({ width, height, data }: Plane): Float64Array {
  const [columns, rows] = [width - 2 * reach, height - 2 * reach];
  const lines = new Float64Array(columns * height);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * data[row * width + column + k]!;
      lines[row * columns + column] = sum;
    }
  const means = new Float64Array(columns * rows);
  for (let i = 0; i < means.length; i++) {
    let sum = 0;
    for (let k = 0; k < weights.length; k++) sum += weights[k]! * lines[i + k * columns]!;
    means[i] = sum;
  }
  return means;
}
