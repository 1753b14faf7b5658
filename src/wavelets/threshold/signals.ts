import { checkOneOf } from "../arguments/checkOneOf.ts";

/**
 * Test signals that papers since Donoho and Johnstone (1994) use for comparison, from WaveLab's MakeSignal and Mallat's
 * book. Names and values are PyWavelets' (`pywt.data.demo_signal`), with two exceptions: `Gabor` is the real part, and
 * `Gabor` and `sineoneoverx`, which PyWavelets has in one length only, come in any length.
 */
export type DemoSignalName =
  | "Blocks"
  | "Bumps"
  | "HeaviSine"
  | "Doppler"
  | "Ramp"
  | "HiSine"
  | "LoSine"
  | "LinChirp"
  | "TwoChirp"
  | "QuadChirp"
  | "MishMash"
  | "WernerSorrows"
  | "HypChirps"
  | "LinChirps"
  | "Chirps"
  | "Gabor"
  | "sineoneoverx"
  | "Piece-Regular"
  | "Piece-Polynomial"
  | "Riemann";

/** The positions of the jumps of Blocks and the peaks of Bumps. */
const places = [0.1, 0.13, 0.15, 0.23, 0.25, 0.4, 0.44, 0.65, 0.76, 0.78, 0.81];
const steps = [4, -5, 3, -4, 5, -4.2, 2.1, 4.3, -3.1, 2.1, -4.2];
const heights = [4, 5, 3, 4, 5, 4.2, 2.1, 4.3, 3.1, 5.1, 4.2];
const widths = [0.005, 0.005, 0.006, 0.01, 0.01, 0.03, 0.01, 0.01, 0.005, 0.008, 0.005];

const { PI, sin, cos, exp, sqrt, abs, sign, floor } = Math;

/** The signal at time t from 0 to 1, sampled at n points. */
type Formula = (t: number, n: number) => number;

const blocks: Formula = (t) => total(steps, (step, i) => (step * (1 + sign(t - places[i]!))) / 2);
const bumps: Formula = (t) =>
  total(heights, (height, i) => height / (1 + abs((t - places[i]!) / widths[i]!)) ** 4);
const hiSine: Formula = (t, n) => sin(PI * n * 0.6902 * t);
const quadratic =
  (rate: number): Formula =>
  (t, n) =>
    sin(PI * rate * n * t ** 2);
const cubic =
  (rate: number): Formula =>
  (t, n) =>
    sin(PI * rate * n * t ** 3);

/** At the times 1/n, 2/n, … 1, computed as PyWavelets does: a jump at one of them depends on the last digit. */
const at =
  (...terms: readonly Formula[]) =>
  (n: number): Float64Array =>
    sampled(n, (i) => {
      const t = 1 / n + i * (1 / n);
      return total(terms, (term) => term(t, n));
    });

const signals: Readonly<Record<DemoSignalName, (n: number) => Float64Array>> = {
  Blocks: at(blocks),
  Bumps: at(bumps),
  HeaviSine: at((t) => 4 * sin(4 * PI * t) - sign(t - 0.3) - sign(0.72 - t)),
  // At t = 1 rounding may leave a tiny negative number under the root.
  Doppler: at((t) => sqrt(Math.max(0, t * (1 - t))) * sin((2 * PI * 1.05) / (t + 0.05))),
  Ramp: at((t) => t - (t >= 0.37 ? 1 : 0)),
  HiSine: at(hiSine),
  LoSine: at((t, n) => sin(PI * n * 0.3333 * t)),
  LinChirp: at(quadratic(0.5)),
  TwoChirp: at(quadratic(1), quadratic(1 / 3)),
  QuadChirp: at(cubic(1 / 3)),
  MishMash: at(cubic(1 / 3), hiSine, quadratic(0.125)),
  WernerSorrows: at(cubic(0.5), hiSine, quadratic(1), bumps),
  HypChirps: hyperbolicChirps,
  LinChirps: linearChirps,
  Chirps: fourChirps,
  Gabor: gabor,
  sineoneoverx: (n) =>
    sampled(n, (i) => {
      const place = i + 1 - Math.ceil(n / 2);
      return sin((1.5 * (n - 1)) / (place === 0 ? 0.01 : place));
    }),
  "Piece-Regular": pieceRegular,
  "Piece-Polynomial": piecePolynomial,
  Riemann: riemann,
};

/** All names of {@link demoSignal}. */
export const demoSignalNames: readonly DemoSignalName[] = Object.freeze(
  Object.keys(signals) as DemoSignalName[],
);

/**
 * A test signal of n samples. Throws RangeError for an unknown name, or unless n is an integer from 16 up (some signals have
 * pieces that would be empty).
 *
 * @example
 * ```ts
 * const signal = demoSignal("Doppler", 256);
 * console.log(signal.length, Math.max(...signal).toFixed(2));
 * // → 256 0.49
 * ```
 */
export function demoSignal(name: DemoSignalName, n: number): Float64Array {
  checkOneOf("demo signal", name, demoSignalNames);
  if (!Number.isInteger(n) || n < 16)
    throw new RangeError(`the length of a demo signal must be an integer from 16 up, not ${n}`);
  return signals[name](n);
}

function hyperbolicChirps(n: number): Float64Array {
  const chirp = (rate: number, t: number, end: number) =>
    t > 0.1 && t < end ? sin((rate * n * PI) / 1024 / (0.8 - t)) : 0;
  const length = roundHalfEven(0.65 * n);
  const ramp = floor(length / 4);
  const start = Math.ceil(n / 10) - 1;
  return sampled(n, (i) => {
    const t = (1.001 + i) / n;
    const envelope = tapered(i - start, length, ramp, ramp - 1);
    return (chirp(15, t, 0.68) + chirp(5, t, 0.75)) * envelope;
  });
}

function linearChirps(n: number): Float64Array {
  const a = (250 * n * PI) / 1024;
  const b = (100 * n * PI) / 1024;
  return sampled(n, (i) => {
    const t = (i + 1) / n;
    return sqrt((t - 1 / n) * (1 - t)) * (cos(a * t ** 2) + cos(b * t + a * t ** 2));
  });
}

function fourChirps(n: number): Float64Array {
  const scale = n / 1024;
  const ramp = floor(n / 8);
  const window = (i: number, start: number) =>
    exp(-((((i + start - n) / n) * 20) ** 2) * 4 * scale);
  return sampled(n, (i) => {
    const t = (i + 1) / n;
    const backwards = (n - i) / n;
    const rising = cos((10 * PI * t) ** 2 * scale);
    const falling = cos(30 * scale * (PI * backwards) ** 3);
    const middle = window(i, floor(n / 2)) * cos(50 * PI * t * scale);
    const late = window(i, floor(n / 8)) * cos(350 * PI * t * scale);
    return (rising + falling + middle + late) * tapered(i, n, ramp, n / 8 - 1);
  });
}

function gabor(n: number): Float64Array {
  const atom = (i: number, center: number, frequency: number) =>
    3 * exp(-20 * ((5 * (i - center)) / n) ** 2) * cos((frequency * PI * (i + 1)) / n);
  return sampled(
    n,
    (i) => atom(i, n - floor(n / 2), floor(n / 16)) + atom(i, n - floor(n / 4), floor(n / 4)),
  );
}

function riemann(n: number): Float64Array {
  const waves = roundHalfEven(sqrt(n));
  return sampled(n, (i) => {
    let sum = 0;
    // Full periods are removed while the numbers are integers, so that no digit is lost.
    for (let k = 1; k <= waves; k++) sum += cos((2 * PI * (((k * k - 1) * i) % n)) / n) / k;
    return sum / n;
  });
}

function pieceRegular(n: number): Float64Array {
  const [half, third, fifth, seventh, twelfth, twentieth] = [2, 3, 5, 7, 12, 20].map((parts) =>
    floor(n / parts),
  ) as [number, number, number, number, number, number];
  const signal = new Float64Array(n);
  const put = (from: number, to: number, value: (i: number) => number) => {
    for (let i = from; i < to; i++) signal[i] = value(i);
  };
  const bell = (i: number) => -70 * exp(-(((i + 1) / third - 0.5) ** 2) / (2 * (6 / 40) ** 2));
  const growth = (i: number, length: number) => exp((4 * (i + 1)) / length);
  const peaks = signals.Bumps(n);
  put(0, seventh, bell);
  put(seventh, fifth, (i) => bell(i) / 2);
  put(fifth, third, bell);
  put(third, half, (i) => -15 * peaks[i]!);
  const cusp = half + twelfth;
  put(half, cusp, (i) => -growth(i - half, twelfth));
  put(cusp, cusp + twelfth, (i) => -growth(cusp + twelfth - 1 - i, twelfth));
  put(cusp + twelfth + twentieth, cusp + twelfth + 3 * twentieth, () => -25);
  const last = cusp + twelfth + 3 * twentieth;
  put(last, last + seventh, (i) => growth(i - last, seventh) - exp(4));
  mirrorRest(signal, 5 * fifth);
  const mean = meanOf(signal);
  return signal.map((value) => mean - value);
}

function piecePolynomial(n: number): Float64Array {
  const [fifth, tenth, twentieth] = [5, 10, 20].map((parts) => floor(n / parts)) as [
    number,
    number,
    number,
  ];
  const signal = new Float64Array(n);
  const pieces: readonly ((t: number) => number)[] = [
    (t) => 20 * (t ** 3 + t ** 2 + 4),
    (t) => 10 * t ** 3 + 45,
    (t) => 40 * (2 * t ** 3 + t) + 100,
    (t) => 16 * t ** 2 + 8 * t + 16,
    (t) => 20 * (t + 4),
  ];
  pieces.forEach((piece, p) => {
    const backwards = p === 1 || p === 4;
    for (let i = 0; i < fifth; i++)
      signal[p * fifth + (backwards ? fifth - 1 - i : i)] = piece((i + 1) / fifth);
  });
  mirrorRest(signal, 5 * fifth);
  signal.fill(10, twentieth, twentieth + tenth);
  signal.fill(150, n - tenth, n - tenth + twentieth);
  const mean = meanOf(signal);
  return signal.map((value) => value - mean);
}

/** Fills the samples from `from` on with the beginning of the signal, reversed. */
function mirrorRest(signal: Float64Array, from: number): void {
  for (let i = from; i < signal.length; i++) signal[i] = signal[signal.length - 1 - i]!;
}

/** 1 inside a window of `length` samples, rising and falling like a sine over `ramp` samples; 0 outside. */
function tapered(i: number, length: number, ramp: number, span: number): number {
  if (i < 0 || i >= length) return 0;
  const fromEnd = Math.min(i, length - 1 - i);
  return fromEnd < ramp ? (1 + sin(-PI / 2 + (fromEnd / span) * PI)) / 2 : 1;
}

function sampled(n: number, value: (i: number) => number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => value(i));
}

function total<T>(items: readonly T[], of: (item: T, i: number) => number): number {
  return items.reduce((sum, item, i) => sum + of(item, i), 0);
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** NumPy's rounding. The lengths of some pieces depend on it. */
function roundHalfEven(x: number): number {
  const down = floor(x);
  return x - down === 0.5 ? down + (down % 2) : Math.round(x);
}
