import { textPath } from "../data/draw/svgText.ts";
import { type ColorBar, colorBar, colorBarRoom } from "./svg/colorBar.ts";
import type { Palette } from "./svg/colors.ts";
import { type Box, type Frame, frame } from "./svg/frame.ts";
import { inked, picture } from "./svg/picture.ts";
import { imageIn } from "./svg/png.ts";

/** Most columns of a raster: more would be finer than a screen. */
const mostColumns = 640;

/** Most rows of a raster whose rows are in equal ratios. */
const mostRows = 1024;

/** What a plane over time and frequency shows. */
export interface TimeFrequencyPlane {
  readonly title: string;
  readonly description: string;
  /** The frequency of each row, in cycles per unit of time, in any order. */
  readonly frequencies: readonly number[];
  /** Samples of a row. */
  readonly length: number;
  readonly samplingPeriod: number;
  /** Time of the first sample. */
  readonly start: number;
  /** The unit of time; empty for samples. */
  readonly unit: string;
  /** The color of a row at samples from one up to another. */
  color(row: number, from: number, to: number): number;
  readonly palette: Palette;
  readonly bar: Omit<ColorBar, "palette">;
  /** A line below the axis. */
  readonly note?: string;
  /** Drawn over the colors. */
  over?(frame: Frame, box: Box): string;
  readonly width: number;
  readonly height: number;
}

/** The picture of a plane: time to the right, frequency upward on a logarithmic axis, a color bar. */
export function timeFrequencyPicture(plane: TimeFrequencyPlane): string {
  const { title, description, frequencies, length, samplingPeriod, start, unit, width, height } =
    plane;
  const { note } = plane;
  const below = note === undefined ? 50 : 70;
  const box = { left: 76, right: width - colorBarRoom - 8, top: 40, bottom: height - below };
  const range = frequencyRange(frequencies);
  const drawn = frame(
    box,
    {
      range: [start, start + length * samplingPeriod],
      label: unit ? `time in ${unit}` : "samples",
    },
    { range, scale: "log", label: frequencyLabel(unit) },
  );
  const { palette } = plane;
  return picture({ title, description, width, height }, [
    imageIn({ ...rasterOf(plane, box, range), palette }, [
      ...([box.left, box.top] as const),
      ...([box.right - box.left, box.bottom - box.top] as const),
    ]),
    plane.over?.(drawn, box) ?? "",
    drawn.svg,
    note === undefined
      ? ""
      : inked(textPath(note, [(box.left + box.right) / 2, height - 20], "middle", 9)),
    colorBar(box, { ...plane.bar, palette }),
  ]);
}

/** The label of an axis of frequencies. */
export function frequencyLabel(unit: string): string {
  if (unit === "") return "cycles per sample";
  return unit === "s" ? "frequency in Hz" : `cycles per ${unit}`;
}

/** From the lowest frequency to the highest, with half a row on either side; an octave around a single one. */
function frequencyRange(frequencies: readonly number[]): readonly [number, number] {
  const order = frequencies.toSorted((a, b) => a - b);
  const [low, high] = [order[0]!, order.at(-1)!];
  if (!(high > low)) return [low / Math.SQRT2, high * Math.SQRT2];
  return [low * Math.sqrt(low / order[1]!), high * Math.sqrt(high / order.at(-2)!)];
}

/** A raster of at most 640 columns; of as many rows as there are pixels, each of the row with the nearest frequency. */
function rasterOf(
  { frequencies, length, color }: TimeFrequencyPlane,
  box: Box,
  [low, high]: readonly [number, number],
) {
  const width = Math.min(length, mostColumns);
  // Rows in equal ratios need one pixel each, thin lines in more rows than there are pixels too.
  const height = isGeometric(frequencies)
    ? Math.min(frequencies.length, mostRows)
    : box.bottom - box.top;
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = nearestRow(
      frequencies,
      Math.log(high) + ((y + 0.5) / height) * Math.log(low / high),
    );
    for (let x = 0; x < width; x++) {
      const from = Math.floor((x * length) / width);
      pixels[y * width + x] = color(
        row,
        from,
        Math.max(from + 1, Math.floor(((x + 1) * length) / width)),
      );
    }
  }
  return { width, height, pixels };
}

function isGeometric(frequencies: readonly number[]): boolean {
  const ratio = frequencies[1]! / frequencies[0]!;
  return frequencies.every(
    (frequency, i) => i === 0 || Math.abs(frequency / frequencies[i - 1]! / ratio - 1) < 1e-6,
  );
}

/** The row whose frequency has the nearest logarithm. */
export function nearestRow(frequencies: readonly number[], log: number): number {
  let best = 0;
  for (let i = 1; i < frequencies.length; i++)
    if (Math.abs(Math.log(frequencies[i]!) - log) < Math.abs(Math.log(frequencies[best]!) - log))
      best = i;
  return best;
}
