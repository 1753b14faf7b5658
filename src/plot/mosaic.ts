import { fixed, textPath } from "../data/draw/svgText.ts";
import { optionNames } from "../wavelets/arguments/options.ts";
import { checkResult } from "../wavelets/arguments/result.ts";
import type { Matrix } from "../wavelets/arrays/matrix.ts";
import type { Wavedec2 } from "../wavelets/discrete/wavedec2.ts";
import { type PlotOptions, plotNames, sized } from "./options.ts";
import { colorBar, colorBarRoom } from "./svg/colorBar.ts";
import { grays, signs } from "./svg/colors.ts";
import { classes, inked, picture } from "./svg/picture.ts";
import { imageIn } from "./svg/png.ts";
import { largest } from "./svg/stems.ts";

const names = optionNames<PlotOptions>({ ...plotNames });

/** The most pixels of a side of the raster. */
const mostPixels = 640;
/** Half the colors are grays, for the approximation; the other half has signs, for details. */
const half = 128;
const top = 40;
/** Of the coefficients of a wide picture: with what is above and below them 200 pixels, the least that a plot may have. */
const leastHeight = 136;

/** A band where it stands in the mosaic, in coefficients. */
interface Place {
  readonly name: string;
  readonly band: Matrix;
  readonly x: number;
  readonly y: number;
  /** The index of the color of a coefficient. */
  color(value: number): number;
}

/**
 * The coefficients of a picture's multi-level transform as an SVG picture, in the layout of `pack`, for every size and mode: the
 * approximation at the top left in grays, around it the details level by level, lh to the right, hl below, hh across. Details are colored
 * by their sign and by the root of their share of the largest of their level, so that small ones are seen.
 *
 * Throws TypeError for anything but a result of `wavedec2` or an unknown option, RangeError for a size out of range.
 *
 * @example
 * ```ts
 * const data = Float64Array.from({ length: 64 * 64 }, (_, i) => (i % 64 > 20 ? 1 : 0));
 * const svg = plotMosaic(wavedec2({ height: 64, width: 64, data }, "haar", { levels: 2 }));
 * console.log(svg.includes("<title>Coefficients by haar</title>"));
 * // → true
 * ```
 */
export function plotMosaic(decomposition: Wavedec2, options: PlotOptions = {}): string {
  checkResult(decomposition, "details", "wavedec2");
  const { height, width, mode, wavelet, details } = decomposition;
  const { places, rows, columns } = placesOf(decomposition);
  const across = 460;
  const down = Math.round(Math.min(Math.max((across * rows) / columns, leastHeight), 900));
  const size = [across + colorBarRoom + 40, down + top + 24] as const;
  const { title, ...given } = sized(options, names, size);
  const box = {
    ...{ left: 24, right: given.width - colorBarRoom - 16 },
    ...{ top, bottom: given.height - 24 },
  };
  const scale = Math.min((box.right - box.left) / columns, (box.bottom - box.top) / rows);
  const [right, bottom] = [box.left + scale * columns, box.top + scale * rows];
  const marks = places.map(({ name, band, x, y }) => {
    const [left, above] = [box.left + scale * x, box.top + scale * y];
    const [w, h] = [scale * band.width, scale * band.height];
    const outline = `<path d="M${fixed(left)} ${fixed(above)}h${fixed(w)}v${fixed(h)}h${fixed(-w)}Z"/>`;
    if (w < 40 || h < 24) return inked(outline);
    const backing = `<rect class="${classes.paper}" fill-opacity="0.8" x="${fixed(left + 3)}" y="${fixed(above + 3)}" width="${8 * name.length + 6}" height="16" rx="3"/>`;
    return inked(outline) + backing + inked(textPath(name, [left + 7, above + 6], "start"));
  });
  return picture(
    {
      title: title ?? `Coefficients by ${wavelet.name}`,
      description:
        `The wavelet coefficients of a picture of ${width}×${height} by ${wavelet.name} in ${details.length} levels, mode ${mode}: ` +
        "the approximation at the top left, the details around it, finest outermost.",
      ...{ width: given.width, height: given.height },
    },
    [
      imageIn(
        rasterOf(places, rows, columns),
        [box.left, box.top, Number(fixed(right - box.left)), Number(fixed(bottom - box.top))],
        false,
      ),
      ...marks,
      colorBar(
        { ...{ right, top: box.top, bottom } },
        {
          palette: signs(),
          label: "share of the level's largest",
          ticks: [-1, -0.5, -0.1, 0, 0.1, 0.5, 1].map(
            (value) => [value, (1 + Math.sign(value) * Math.sqrt(Math.abs(value))) / 2] as const,
          ),
        },
      ),
    ],
  );
}

function placesOf({ approximation, details }: Wavedec2) {
  const { data } = approximation;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of data) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const gray = (value: number) => Math.round((127 * (value - low)) / (high - low || 1));
  const places: Place[] = [
    { name: `a${details.length}`, band: approximation, x: 0, y: 0, color: gray },
  ];
  let [rows, columns] = [approximation.height, approximation.width];
  details.forEach(({ hl, lh, hh }, i) => {
    const level = details.length - i;
    const most = Math.max(...[hl, lh, hh].map((band) => largest(band.data))) || 1;
    const color = (value: number) => {
      const root = Math.sign(value) * Math.sqrt(Math.abs(value) / most);
      return half + Math.round(63.5 + 63.5 * root);
    };
    places.push(
      { name: `lh${level}`, band: lh, x: columns, y: 0, color },
      { name: `hl${level}`, band: hl, x: 0, y: rows, color },
      { name: `hh${level}`, band: hh, x: columns, y: rows, color },
    );
    [rows, columns] = [rows + hl.height, columns + lh.width];
  });
  return { places, rows, columns };
}

/** A raster of the bands, of which large ones show the coefficient of the largest modulus of each square. */
function rasterOf(places: readonly Place[], rows: number, columns: number) {
  const factor = Math.ceil(Math.max(rows, columns) / mostPixels);
  const [width, height] = [Math.ceil(columns / factor), Math.ceil(rows / factor)];
  // Where no band is, as between bands of uneven sizes, the color is that of 0.
  const pixels = new Uint8Array(width * height).fill(half + 64);
  const shown = new Float64Array(width * height).fill(-1);
  for (const { band, x, y, color } of places)
    for (let row = 0; row < band.height; row++)
      for (let column = 0; column < band.width; column++) {
        const value = band.data[row * band.width + column]!;
        const at = Math.floor((y + row) / factor) * width + Math.floor((x + column) / factor);
        if (!(Math.abs(value) > shown[at]!)) continue;
        shown[at] = Math.abs(value);
        pixels[at] = color(value);
      }
  const palette = new Uint8Array(6 * half);
  const [gray, signed] = [grays(), signs()];
  for (let i = 0; i < half; i++)
    for (let c = 0; c < 3; c++) {
      palette[3 * i + c] = gray[6 * i + c]!;
      palette[3 * (half + i) + c] = signed[6 * i + c]!;
    }
  return { width, height, pixels, palette };
}
