import { axis, tickText } from "../../src/data/draw/axis.ts";
import { gridColor, textColor } from "../../src/data/draw/legend.ts";
import { fixed, textHeight, textPath } from "../../src/data/draw/svgText.ts";
import type { Note } from "../../src/data/formats/midi.ts";
import { promptMark } from "./promptMark.ts";

/** Place of the plot, in pixels. */
const plot = { left: 56, top: 20, width: 720 } as const;
/** Height of a semitone, in pixels. */
const semitone = 3.5;
/** At least so many semitones are shown, an octave on both sides of middle C. */
const least = { from: 48, to: 72 } as const;

/**
 * The notes of a piece as SVG: time to the right, in seconds, pitch upwards, with a line at every C. Notes that are struck harder
 * are darker. A line stands at the end of what the sample was begun with, if it was.
 */
export function pianoRoll(notes: readonly Note[], seconds: number, promptSeconds: number): string {
  const pitches = notes.map(({ pitch }) => pitch);
  const low = pitches.reduce((a, b) => Math.min(a, b), least.from) - 1;
  const high = pitches.reduce((a, b) => Math.max(a, b), least.to) + 1;
  const [right, bottom] = [plot.left + plot.width, plot.top + (high - low + 1) * semitone];
  const [width, height] = [right + 16, bottom + 48];
  const x = (at: number) => plot.left + (at / seconds) * plot.width;
  const y = (pitch: number) => plot.top + (high - pitch) * semitone;
  const time = axis([0, seconds], [plot.left, right], "linear").ticks.filter((at) => at <= seconds);
  const octaves = Array.from({ length: 11 }, (_, i) => 12 * i).filter((c) => c >= low && c <= high);
  const middleOf = (pitch: number) => y(pitch) + semitone / 2;
  const grid = [
    ...time.map((at) => `M${fixed(x(at))} ${plot.top}V${fixed(bottom)}`),
    ...octaves.map((c) => `M${plot.left} ${fixed(middleOf(c))}H${right}`),
  ];
  const texts = [
    ...time.map((at) => textPath(tickText(at), [x(at), bottom + 8], "middle")),
    textPath("seconds", [(plot.left + right) / 2, bottom + 26], "middle"),
    ...octaves.map((c) =>
      textPath(`C${c / 12 - 1}`, [plot.left - 8, middleOf(c) - textHeight / 2], "end"),
    ),
  ];
  const paths = shades.map(({ from, color }, i) => {
    const below = shades[i + 1]?.from ?? 128;
    const shown = notes.filter(({ velocity }) => velocity >= from && velocity < below);
    const boxes = shown.map(({ start, end, pitch }) => {
      const wide = Math.max(1, x(end) - x(start) - 0.5);
      return `M${fixed(x(start))} ${fixed(y(pitch))}h${fixed(wide)}v${semitone - 0.5}h${fixed(-wide)}z`;
    });
    return boxes.length === 0 ? "" : `<path d="${boxes.join("")}" fill="${color}"/>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${fixed(height)}" viewBox="0 0 ${width} ${fixed(height)}">`,
    `<rect width="${width}" height="${fixed(height)}" fill="#fff"/>`,
    `<path d="${grid.join("")}" stroke="${gridColor}" fill="none"/>`,
    ...paths,
    `<g fill="none" stroke="${textColor}" stroke-width="1.1" stroke-linecap="round">${texts.join("")}</g>`,
    promptMark(x(promptSeconds), [plot.top, bottom], promptSeconds > 0),
    "</svg>",
  ].join("\n");
}

/** Colors of notes by velocity, from soft to hard. */
const shades = [
  { from: 0, color: "#9fb8d9" },
  { from: 48, color: "#5c86bd" },
  { from: 72, color: "#2b5a99" },
  { from: 96, color: "#0d2f5f" },
] as const;
