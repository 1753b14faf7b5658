/**
 * The low-pass filter of a scattering transform with its subsampling, along one axis: a dense matrix of `places` × `length`,
 * row by row. Being separable, it needs no Fourier transform.
 */
export interface LowPass {
  readonly places: number;
  readonly length: number;
  readonly weights: Float64Array;
}

/**
 * The filter of a spectrum, for samples that lie 2^octaves of the spectrum's samples apart: the highest frequencies are left
 * out, as Kymatio does. The result is taken every `step` samples, from sample `first` on, at `places` places.
 */
export function lowPassOf(
  spectrum: Float64Array,
  octaves: number,
  {
    places,
    first,
    step,
  }: { readonly places: number; readonly first: number; readonly step: number },
): LowPass {
  const length = spectrum.length / 2 ** octaves;
  const kernel = kernelOf(kept(spectrum, length));
  const weights = new Float64Array(places * length);
  for (let place = 0; place < places; place++) {
    const center = first + place * step;
    for (let n = 0; n < length; n++) {
      weights[place * length + n] = kernel[(((center - n) % length) + length) % length]!;
    }
  }
  return { places, length, weights };
}

/** The `length` lowest frequencies; of an even number, the negative one of the two in the middle. */
export function kept(spectrum: Float64Array, length: number): Float64Array {
  const low = Math.ceil(length / 2);
  return Float64Array.from(
    { length },
    (_, k) => spectrum[k < low ? k : spectrum.length - length + k]!,
  );
}

/** The real part of the inverse Fourier transform of a real spectrum, by its definition. */
function kernelOf(spectrum: Float64Array): Float64Array {
  const n = spectrum.length;
  const cosines = Float64Array.from({ length: n }, (_, k) => Math.cos((2 * Math.PI * k) / n));
  return Float64Array.from({ length: n }, (_, at) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += spectrum[k]! * cosines[(k * at) % n]!;
    return sum / n;
  });
}

/** Filters a matrix along both axes: `down · matrix · rightᵀ`, row by row. */
export function lowPassed(
  matrix: Float64Array,
  down: LowPass,
  right: LowPass,
  work: Float64Array,
): Float64Array {
  const { length: height, places: rows } = down;
  const { length: width, places: columns } = right;
  const result = new Float64Array(rows * columns);
  const row = work.subarray(0, width);
  for (let i = 0; i < rows; i++) {
    row.fill(0);
    for (let y = 0; y < height; y++) {
      const weight = down.weights[i * height + y]!;
      const at = y * width;
      for (let x = 0; x < width; x++) row[x]! += weight * matrix[at + x]!;
    }
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let x = 0, w = j * width; x < width; x++, w++) sum += right.weights[w]! * row[x]!;
      result[i * columns + j] = sum;
    }
  }
  return result;
}
