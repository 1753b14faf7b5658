/** Regular samples of a function of one, two or three coordinates: a sound, a picture, a volume. */
export interface Signal {
  /** Samples along each axis, slowest first: `[length]`, `[height, width]`, `[depth, height, width]`. */
  readonly size: readonly number[];
  readonly channels: number;
  /** `[…size, channels]`, centered on 0: black is -1 and white 1, and so are the ends of a sound's range. */
  readonly values: Float32Array;
  /** The numbers that -1 and 1 stand for, if these are not black and white or the ends of a sound's range. */
  readonly range?: ValueRange;
  /** Samples per second of a sound. */
  readonly rate?: number;
}

/** A signal without its values and channels. */
export type SignalForm = Pick<Signal, "size" | "rate" | "range">;

/** The numbers of a signal's source that -1 and 1 stand for. */
export interface ValueRange {
  readonly low: number;
  readonly high: number;
  /** True where the source has numbers that 32-bit floating point cannot hold; arrays of it are then written in 64 bits. */
  readonly double?: boolean;
}

/** A number of the source as a value: `low` gives exactly -1 and `high` exactly 1. */
export const toValue = (number: number, { low, high }: ValueRange): number =>
  (number - low - (high - number)) / (high - low);

/** The number of the source that a value stands for; -1 and 1 give exactly `low` and `high`. */
export const fromValue = (value: number, { low, high }: ValueRange): number =>
  low * ((1 - value) / 2) + high * ((1 + value) / 2);

/** Number of samples of a grid, without channels. */
export const pointsOf = (size: readonly number[]): number => size.reduce((a, b) => a * b, 1);

/**
 * Coordinates of the samples of a grid: `[points, axes]`, slowest axis first. The longest axis spans [-1, 1], the others
 * proportionally less, so that cells are square. Samples are the centers of their cells: `(2 i + 1 - n_k) / max n`.
 */
export function coordinatesOf(size: readonly number[]): Float32Array<ArrayBuffer> {
  const [axes, longest] = [size.length, Math.max(...size)];
  const coordinates = new Float32Array(pointsOf(size) * axes);
  for (let point = 0; point < coordinates.length / axes; point++) {
    let rest = point;
    for (let axis = axes - 1; axis >= 0; axis--) {
      const n = size[axis]!;
      coordinates[point * axes + axis] = (2 * (rest % n) + 1 - n) / longest;
      rest = Math.floor(rest / n);
    }
  }
  return coordinates;
}

/** Samples and channels in words, for messages: `64 × 48 samples in 3 channels`. */
export function describeSignal({ size, channels }: Pick<Signal, "size" | "channels">): string {
  const plural = channels === 1 ? "channel" : "channels";
  return `${size.join(" × ")} samples in ${channels} ${plural}`;
}
