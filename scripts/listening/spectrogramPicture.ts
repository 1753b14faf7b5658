import { axis, tickText } from "../../src/data/draw/axis.ts";
import { drawOver } from "../../src/data/draw/drawSvg.ts";
import { textColor } from "../../src/data/draw/legend.ts";
import { fixed, textHeight, textPath } from "../../src/data/draw/svgText.ts";
import type { Sound } from "../../src/data/formats/wav.ts";
import { blankRaster, type Raster } from "../../src/data/images/raster.ts";
import { heat } from "../heat.ts";
import { promptMark } from "./promptMark.ts";
import { spectrogram } from "./spectrogram.ts";

/** Place of the plot, in pixels. */
const plot = { left: 56, top: 20, width: 640, height: 193 } as const;
/** Beside and below it there is room for the bar of colors and the labels. */
const [width, height] = [790, 260];
/** Decibels below the loudest place that are told apart, in so many colors: more would only make the file larger. */
const [range, colors] = [70, 14];
/** Windows of 32 ms at 8 kHz. */
const window = 256;

/**
 * The spectrogram of a sound as a picture with axes in seconds and Hz: power under Hann windows of 256 samples, in decibels below the
 * loudest place. A line stands at the end of what the sample was begun with, if it was.
 */
export async function spectrogramPicture(
  { samples, rate }: Sound,
  promptSeconds: number,
): Promise<Raster> {
  const hop = Math.max(1, Math.round(samples.length / plot.width));
  const { frames, bins, power } = spectrogram(samples, window, hop);
  const loudest = power.reduce((a, b) => Math.max(a, b), 1e-12); // of silence, too
  const picture = blankRaster(width, height, 3, 255);
  const paint = (x: number, y: number, share: number) =>
    picture.data.set(heat(Math.round(share * (colors - 1)) / (colors - 1)), 3 * (y * width + x));
  for (let x = 0; x < plot.width; x++) {
    // The middle of a column is the middle of the nearest window.
    const middle = ((x + 0.5) / plot.width) * samples.length;
    const frame = Math.max(0, Math.min(frames - 1, Math.round((middle - window / 2) / hop)));
    for (let y = 0; y < plot.height; y++) {
      const bin = Math.round((1 - y / (plot.height - 1)) * (bins - 1));
      const below = 10 * Math.log10(power[frame * bins + bin]! / loudest + 1e-12); // within
      paint(plot.left + x, plot.top + y, Math.max(0, 1 + below / range));
    }
  }
  const bar = plot.left + plot.width + 16;
  for (let y = 0; y < plot.height; y++)
    for (let x = 0; x < 12; x++) paint(bar + x, plot.top + y, 1 - y / (plot.height - 1));

  const [right, bottom] = [plot.left + plot.width, plot.top + plot.height];
  const seconds = samples.length / rate;
  const time = axis([0, seconds], [plot.left, right], "linear").ticks.filter((at) => at <= seconds);
  const placeOf = (at: number) => plot.left + (at / seconds) * plot.width;
  const pitches = axis([0, rate / 2], [bottom, plot.top], "linear").ticks.filter(
    (at) => at <= rate / 2,
  );
  const heightOf = (hertz: number) => bottom - (hertz / (rate / 2)) * plot.height;
  const levels = Array.from({ length: Math.floor(range / 20) + 1 }, (_, i) => -20 * i);
  const levelAt = (level: number) => plot.top + (-level / range) * (plot.height - 1);
  const lines = [
    ...time.map((at) => `M${fixed(placeOf(at))} ${bottom}v5`),
    ...pitches.map((at) => `M${plot.left} ${fixed(heightOf(at))}h-5`),
    ...levels.map((at) => `M${bar + 12} ${fixed(levelAt(at))}h4`),
  ];
  const half = textHeight / 2;
  const texts = [
    ...time.map((at) => textPath(tickText(at), [placeOf(at), bottom + 9], "middle")),
    textPath("seconds", [(plot.left + right) / 2, bottom + 27], "middle"),
    ...pitches.map((at) => textPath(tickText(at), [plot.left - 8, heightOf(at) - half], "end")),
    `<g transform="translate(4 ${(plot.top + bottom) / 2}) rotate(-90)">${textPath("Hz", [0, 0], "middle")}</g>`,
    ...levels.map((at) => textPath(`${at} dB`, [bar + 20, levelAt(at) - half], "start")),
  ];
  return drawOver(
    picture,
    [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`,
      `<g fill="none" stroke="${textColor}" stroke-width="1.1" stroke-linecap="round">`,
      `<path d="${lines.join("")}"/>${texts.join("")}</g>`,
      promptMark(placeOf(promptSeconds), [plot.top, bottom], promptSeconds > 0),
      "</svg>",
    ].join(""),
  );
}
