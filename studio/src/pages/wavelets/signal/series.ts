/** A signal of one axis. */
export interface Series {
  readonly name: string;
  readonly samples: Float64Array;
  /** Samples per second; 1 where time has no unit. */
  readonly rate: number;
  /** Whether it is heard rather than only seen. */
  readonly isSound: boolean;
  /** What was left out, in a sentence. */
  readonly notice?: string;
}

/** More samples are not read: their transform would take too long. */
export const mostSamples = 2 ** 17;

/**
 * The numbers of a text: one a line, or separated by commas, semicolons, tabs or spaces. Of a table with several columns the last
 * column of numbers; lines without a number there, such as a title, are left out. Throws an Error where there are fewer than
 * eight numbers.
 */
export function parseNumbers(text: string): Float64Array {
  const rows = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(/[,;\t]|\s+/).map((word) => word.trim()));
  const isTable = rows.length >= 8;
  const values = isTable ? lastColumn(rows) : rows.flat().map(numberOf).filter(Number.isFinite);
  if (values.length < 8)
    throw new Error(
      `there must be at least eight numbers, one a line or separated by commas; here are ${values.length}`,
    );
  return Float64Array.from(values.slice(0, mostSamples));
}

/** The values of the last column that holds numbers in most rows. */
function lastColumn(rows: readonly (readonly string[])[]): number[] {
  const widest = Math.max(...rows.slice(0, 1000).map((row) => row.length));
  for (let column = widest - 1; column >= 0; column--) {
    const values = rows.map((row) => numberOf(row[column] ?? "")).filter(Number.isFinite);
    if (2 * values.length > rows.length) return values;
  }
  return rows.flat().map(numberOf).filter(Number.isFinite);
}

const numberOf = (word: string): number => (word === "" ? Number.NaN : Number(word));

/** The sampling rate of computed and opened sounds, in Hz. */
export const soundRate = 16_000;

/**
 * Two chirps, one rising and one falling, that cross, three pure tones, and a click, in a room with echoes: each sound comes back
 * every 0.31 seconds at 45 % of its height. Four seconds.
 */
export function chirpWithEchoes(): Series {
  const count = 4 * soundRate;
  const dry = new Float64Array(count);
  const swell = (from: number, to: number, at: (t: number, share: number) => number) => {
    const [first, last] = [Math.round(from * soundRate), Math.round(to * soundRate)];
    for (let i = first; i < last; i++) {
      const share = (i - first) / (last - first);
      const edge = Math.min(1, Math.min(share, 1 - share) * 12);
      dry[i]! += edge * edge * (3 - 2 * edge) * at(i / soundRate - from, share);
    }
  };
  /** A sweep from one frequency to another in equal ratios. */
  const sweep = (from: number, to: number, seconds: number) => (t: number) => {
    const rate = Math.log(to / from) / seconds;
    return 0.4 * Math.sin((2 * Math.PI * from * (Math.exp(rate * t) - 1)) / rate);
  };
  swell(0.1, 1.1, sweep(150, 4000, 1));
  swell(0.6, 1.4, sweep(3000, 220, 0.8));
  for (const [k, hertz] of [440, 550, 660].entries())
    swell(2.1 + 0.28 * k, 2.34 + 0.28 * k, (t) => 0.35 * Math.sin(2 * Math.PI * hertz * t));
  for (let i = 0; i < 24; i++) dry[Math.round(3.05 * soundRate) + i] = 0.8 * (1 - i / 24);
  const delay = Math.round(0.31 * soundRate);
  const samples = dry.slice();
  for (let i = delay; i < count; i++) samples[i]! += 0.45 * samples[i - delay]!;
  return { name: "Chirps with echoes", samples, rate: soundRate, isSound: true };
}
