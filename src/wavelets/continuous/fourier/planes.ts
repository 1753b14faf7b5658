/** Complex numbers as two arrays: the real and the imaginary parts of a spectrum or of samples. */
export interface Planes {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Two arrays of zeros. */
export function planes(length: number): Planes {
  return { re: new Float64Array(length), im: new Float64Array(length) };
}
