/** A Morlet wavelet of a bank: its octave j, its direction, and ψ̂ at the frequencies of a grid, which is real. */
export interface ScatteringFilter {
  readonly scale: number;
  /** Index of the direction, as in Kymatio. */
  readonly orientation: number;
  /** Direction of the waves in radians, from x (right) toward y (down), as in `cwt2`. */
  readonly angle: number;
  /** ψ̂, row by row, frequencies in the order of a Fourier transform. */
  readonly spectrum: Float64Array;
}

/** The filters of a scattering transform on a periodic grid of `height` × `width` samples. */
export interface ScatteringFilters {
  readonly height: number;
  readonly width: number;
  /** Scale by scale, finest first, all orientations of each. */
  readonly wavelets: readonly ScatteringFilter[];
  /** φ̂ along axis 0 and along axis 1: the low-pass filter is their product. */
  readonly lowPass: readonly [Float64Array, Float64Array];
  /** Least and most of `|φ̂|² + ½ Σ (|ψ̂(ω)|² + |ψ̂(−ω)|²)`. At most 1, the transform brings no two pictures further apart. */
  readonly littlewoodPaley: { readonly min: number; readonly max: number };
}

/** Number of octaves J and of directions L; whether the bank is divided so that its Littlewood–Paley sum is at most 1. */
export interface FilterChoice {
  readonly scales: number;
  readonly orientations: number;
  readonly contraction: boolean;
}

/**
 * Kymatio's filters: ψ of octave j is a Morlet wavelet of frequency ¾π / 2^j under a Gaussian of deviation 0.8 · 2^j along its
 * waves and L/4 times as much across them, less a Gaussian that makes its mean zero; φ is a Gaussian of deviation 0.8 · 2^(J−1).
 * Gaussians have the sum 1. They are sampled in space, so their spectra are summed over all aliases.
 */
export function scatteringFilters(
  height: number,
  width: number,
  { scales, orientations, contraction }: FilterChoice,
): ScatteringFilters {
  const wavelets = Array.from({ length: scales * orientations }, (_, i): ScatteringFilter => {
    const [scale, orientation] = [Math.floor(i / orientations), i % orientations];
    const angle = angleOf(orientation, orientations);
    const spectrum = morletSpectrum(height, width, { scale, angle, slant: 4 / orientations });
    return { scale, orientation, angle, spectrum };
  });
  const lowPass = [height, width].map((count) => gaussianSpectrum(count, lowPassDeviation(scales)));
  const filters = { height, width, wavelets, lowPass: lowPass as [Float64Array, Float64Array] };
  const sum = littlewoodPaley(filters);
  if (!contraction || sum.max <= 1) return { ...filters, littlewoodPaley: sum };
  const divisor = Math.sqrt(sum.max);
  for (const { spectrum } of wavelets) divide(spectrum, divisor);
  for (const spectrum of lowPass) divide(spectrum, Math.sqrt(divisor));
  return { ...filters, littlewoodPaley: littlewoodPaley(filters) };
}

/** The deviation of φ in space, in samples. */
export const lowPassDeviation = (scales: number): number => 0.8 * 2 ** (scales - 1);

/** Kymatio's directions, which it counts from axis 0 and downward, as angles from axis 1 toward axis 0. */
function angleOf(orientation: number, orientations: number): number {
  const fromDown = Math.trunc(orientations / 2 - 1) - orientation;
  return Math.PI / 2 - (fromDown * Math.PI) / orientations;
}

/** Beyond this many deviations, a Gaussian is below the rounding error of its peak. */
const extent = 8.6;

interface Morlet {
  readonly scale: number;
  readonly angle: number;
  readonly slant: number;
}

function morletSpectrum(height: number, width: number, { scale, angle, slant }: Morlet) {
  const frequency = (0.75 * Math.PI) / 2 ** scale;
  const [along, across] = [0.8 * 2 ** scale, (0.8 * 2 ** scale) / slant];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const bell = (u: number, v: number, center: number) => {
    const p = along * (cos * u + sin * v - center);
    const q = across * (cos * v - sin * u);
    const square = p * p + q * q;
    return square > extent * extent ? 0 : Math.exp(-square / 2);
  };
  const reach = frequency + extent / Math.min(along, across);
  const waves = aliased(height, width, reach, (u, v) => bell(u, v, frequency));
  const envelope = aliased(height, width, reach, (u, v) => bell(u, v, 0));
  const mean = waves[0]! / envelope[0]!;
  return waves.map((value, i) => value - mean * envelope[i]!);
}

/** A function of the plane of frequencies, summed over all aliases within `reach` of 0. */
function aliased(
  height: number,
  width: number,
  reach: number,
  of: (u: number, v: number) => number,
): Float64Array {
  const values = new Float64Array(height * width);
  const columns = Array.from({ length: width }, (_, x) => aliases(x, width, reach));
  for (let y = 0; y < height; y++) {
    const vs = aliases(y, height, reach);
    for (const [x, us] of columns.entries()) {
      let sum = 0;
      for (const v of vs) for (const u of us) sum += of(u, v);
      values[y * width + x] = sum;
    }
  }
  return values;
}

/** The frequencies within `reach` that sampling takes for that of index k. */
function aliases(k: number, count: number, reach: number): number[] {
  const found: number[] = [];
  const turns = Math.ceil(reach / (2 * Math.PI)) + 1;
  for (let turn = -turns; turn <= turns; turn++) {
    const frequency = 2 * Math.PI * (k / count + turn);
    if (Math.abs(frequency) <= reach) found.push(frequency);
  }
  return found;
}

function gaussianSpectrum(count: number, deviation: number): Float64Array {
  const reach = extent / deviation;
  return Float64Array.from({ length: count }, (_, k) =>
    aliases(k, count, reach).reduce((sum, w) => sum + Math.exp(-((w * deviation) ** 2) / 2), 0),
  );
}

function littlewoodPaley({
  height,
  width,
  wavelets,
  lowPass: [down, right],
}: Omit<ScatteringFilters, "littlewoodPaley">): { readonly min: number; readonly max: number } {
  let [min, max] = [Infinity, 0];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const opposite = ((height - y) % height) * width + ((width - x) % width);
      let sum = (down[y]! * right[x]!) ** 2;
      for (const { spectrum } of wavelets) {
        sum += (spectrum[i]! ** 2 + spectrum[opposite]! ** 2) / 2;
      }
      min = Math.min(min, sum);
      max = Math.max(max, sum);
    }
  }
  return { min, max };
}

function divide(values: Float64Array, divisor: number): void {
  for (let i = 0; i < values.length; i++) values[i]! /= divisor;
}
