import { luma, type Raster } from "ondelette/data";
import { type Matrix, type Mode, type WaveletName, wavedec2 } from "ondelette/wavelets";
import { paint, signed } from "../../../shared/colorMaps.ts";
import { type Block, blockAt, type Mosaic, mosaicOf } from "./mosaic.ts";
import { type AxisBand, atomsOf, type Run, runsOf, seeing } from "./sight.ts";

/** What a transform is made by. */
export interface TransformSettings {
  readonly wavelet: WaveletName;
  readonly mode: Mode;
  readonly levels: number;
}

/** A picture's transform, as a mosaic of its coefficients. */
export interface Transformed {
  readonly settings: TransformSettings;
  readonly width: number;
  readonly height: number;
  readonly mosaic: Mosaic;
  /** Coefficients by row of the mosaic; 0 in gaps. */
  readonly coefficients: Float32Array;
  /** The share of the energy, without the mean, of each block. */
  readonly shares: readonly number[];
}

/** A rectangle of places. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A coefficient and its functions. */
export interface Coefficient {
  readonly block: Block;
  readonly row: number;
  readonly column: number;
  readonly value: number;
  /** Pixels that it depends on; several boxes where the boundary mode wraps around. */
  readonly sees: readonly Box[];
  /** Pixels that it changes. */
  readonly changes: readonly Box[];
  /** What it is the inner product of the picture with, and what it adds its multiple of: both around where they are not 0. */
  readonly measures: Matrix<Float64Array>;
  readonly builds: Matrix<Float64Array>;
}

/** The brightness of a picture, 0 to 255, as an exact matrix. */
export function lumaOf({ width, height, channels, data }: Raster): Matrix<Float32Array> {
  const values = new Float32Array(width * height);
  for (let i = 0; i < values.length; i++)
    values[i] =
      channels === 1
        ? data[i]!
        : luma.red * data[3 * i]! + luma.green * data[3 * i + 1]! + luma.blue * data[3 * i + 2]!;
  return { width, height, data: values };
}

/** No side is halved below one pixel. */
export const levelsWithin = (width: number, height: number, levels: number): number =>
  Math.max(1, Math.min(levels, Math.floor(Math.log2(Math.max(2, Math.min(width, height))))));

export function transformOf(picture: Matrix<Float32Array>, wanted: TransformSettings): Transformed {
  const { width, height } = picture;
  const settings = { ...wanted, levels: levelsWithin(width, height, wanted.levels) };
  const { wavelet, mode, levels } = settings;
  const { approximation, details } = wavedec2(picture, wavelet, { mode, levels });
  const mosaic = mosaicOf(
    approximation,
    details.map(({ hh }) => hh),
  );
  const coefficients = new Float32Array(mosaic.width * mosaic.height);
  const energies = mosaic.blocks.map(({ band, level, x, y, width }) => {
    const own = band === "ll" ? approximation : details[levels - level]![band];
    for (let row = 0; row < own.height; row++)
      coefficients.set(
        own.data.subarray(row * width, (row + 1) * width),
        (y + row) * mosaic.width + x,
      );
    const mean = band === "ll" ? own.data.reduce((a, b) => a + b, 0) / own.data.length : 0;
    return own.data.reduce((sum, c) => sum + (c - mean) ** 2, 0);
  });
  const all = energies.reduce((a, b) => a + b, 0) || 1;
  return { settings, width, height, mosaic, coefficients, shares: energies.map((e) => e / all) };
}

/** The share of details that are drawn at full strength. */
const saturated = 0.004;

/**
 * The mosaic as a picture: the approximation in gray, details by color, negative ones blue and positive ones orange. The colors of
 * a level end at its largest coefficients but a few, divided by 2^contrast.
 */
export function mosaicRaster(
  { mosaic, coefficients, settings }: Transformed,
  contrast: number,
): Raster {
  const { width, height, blocks } = mosaic;
  const data = new Uint8Array(3 * width * height).fill(26);
  const each = ({ x, y, width: across, height: down }: Block, visit: (i: number) => void) => {
    for (let row = y; row < y + down; row++)
      for (let column = x; column < x + across; column++) visit(row * width + column);
  };
  const full = Array.from({ length: settings.levels + 1 }, (_, level) => {
    const moduli: number[] = [];
    for (const block of blocks)
      if (block.level === level && block.band !== "ll")
        each(block, (i) => moduli.push(Math.abs(coefficients[i]!)));
    const sorted = Float64Array.from(moduli).sort();
    return (sorted[Math.floor((1 - saturated) * (sorted.length - 1))] ?? 1) / 2 ** contrast || 1;
  });
  for (const block of blocks) {
    if (block.band === "ll") {
      let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      each(block, (i) => {
        low = Math.min(low, coefficients[i]!);
        high = Math.max(high, coefficients[i]!);
      });
      each(block, (i) =>
        data.fill((255 * (coefficients[i]! - low)) / (high - low || 1), 3 * i, 3 * i + 3),
      );
      continue;
    }
    const end = full[block.level]!;
    each(block, (i) => {
      const c = coefficients[i]! / end;
      paint(data, i, signed, 0.5 + 0.5 * Math.sign(c) * Math.min(1, Math.abs(c)) ** 0.7);
    });
  }
  return { width, height, channels: 3, data };
}

const axisOf = ({ settings }: Transformed, length: number) => ({ length, ...settings });

/** The bands along the two axes: `hl` is high-pass down and low-pass along the rows. */
const bandsOf = (band: Block["band"]): readonly [down: AxisBand, along: AxisBand] => [
  band[0] === "h" ? "high" : "low",
  band[1] === "h" ? "high" : "low",
];

/** The coefficients that depend on a pixel. */
export interface Seeing {
  /** Their places in the mosaic. */
  readonly boxes: readonly Box[];
  readonly count: number;
  /** The place of the largest of the details among them. */
  readonly strongest: { readonly x: number; readonly y: number };
}

export function coefficientsSeeing(of: Transformed, x: number, y: number): Seeing {
  const { levels } = of.settings;
  const along = seeing(axisOf(of, of.width), levels, x);
  const down = seeing(axisOf(of, of.height), levels, y);
  const found = of.mosaic.blocks.map(({ band, level, x: left, y: top }) => {
    const [vertical, horizontal] = bandsOf(band);
    const own = boxesOf(along[level - 1]![horizontal], down[level - 1]![vertical]);
    return { band, own: own.map((box) => ({ ...box, x: box.x + left, y: box.y + top })) };
  });
  const boxes = found.flatMap(({ own }) => own);
  const details = found.flatMap(({ band, own }) => (band === "ll" ? [] : own));
  return {
    boxes,
    count: boxes.reduce((n, b) => n + b.width * b.height, 0),
    strongest: strongestIn(of, details),
  };
}

function strongestIn({ mosaic, coefficients }: Transformed, boxes: readonly Box[]) {
  let best = { x: 0, y: 0, size: -1 };
  for (const box of boxes)
    for (let y = box.y; y < box.y + box.height; y++)
      for (let x = box.x; x < box.x + box.width; x++) {
        const size = Math.abs(coefficients[y * mosaic.width + x]!);
        if (size > best.size) best = { x, y, size };
      }
  return { x: best.x, y: best.y };
}

/** The coefficient at a position of the mosaic; undefined in a gap. */
export function coefficientAt(of: Transformed, x: number, y: number): Coefficient | undefined {
  const block = blockAt(of.mosaic, x, y);
  if (!block) return undefined;
  const { band, level } = block;
  const [row, column] = [y - block.y, x - block.x];
  const [vertical, horizontal] = bandsOf(band);
  const down = atomsOf(axisOf(of, of.height), { level, band: vertical, place: row });
  const along = atomsOf(axisOf(of, of.width), { level, band: horizontal, place: column });
  return {
    ...{ block, row, column, value: of.coefficients[y * of.mosaic.width + x]! },
    sees: boxesOf(runsOf(along.measures), runsOf(down.measures)),
    changes: boxesOf(runsOf(along.builds), runsOf(down.builds)),
    measures: product(down.measures, along.measures),
    builds: product(down.builds, along.builds),
  };
}

const boxesOf = (columns: readonly Run[], rows: readonly Run[]): Box[] =>
  rows.flatMap(([top, bottom]) =>
    columns.map(([left, right]) => {
      return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
    }),
  );

/** The product of a function of the row and one of the column, from the first place where it is not 0 to the last. */
function product(down: Float64Array, along: Float64Array): Matrix<Float64Array> {
  const inner = (values: Float64Array) => {
    const runs = runsOf(values);
    return values.subarray(runs[0]?.[0] ?? 0, (runs.at(-1)?.[1] ?? 0) + 1);
  };
  const [rows, columns] = [inner(down), inner(along)];
  const data = new Float64Array(rows.length * columns.length);
  rows.forEach((r, i) => {
    columns.forEach((c, j) => {
      data[i * columns.length + j] = r * c;
    });
  });
  return { height: rows.length, width: columns.length, data };
}

/** A matrix in the colors of coefficients, its largest magnitude at full strength. */
export function signedRaster({ width, height, data: values }: Matrix<Float64Array>): Raster {
  const most = values.reduce((most, x) => Math.max(most, Math.abs(x)), 0) || 1;
  const data = new Uint8Array(3 * values.length);
  values.forEach((x, i) => {
    paint(data, i, signed, 0.5 + (0.5 * x) / most);
  });
  return { width, height, channels: 3, data };
}
