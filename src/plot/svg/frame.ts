import { type Axis, exactAxis, tickText } from "../../data/draw/axis.ts";
import { fixed, textHeight, textPath } from "../../data/draw/svgText.ts";
import { inked } from "./picture.ts";

/** A rectangle in pixels. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** What an axis of a frame shows. */
export interface FrameAxis {
  readonly range: readonly [number, number];
  /** With its unit; none by default. */
  readonly label?: string;
  readonly scale?: "linear" | "log";
  /** Places of ticks, instead of round values. */
  readonly ticks?: readonly number[];
  /** The text of a tick. */
  readonly text?: (value: number) => string;
}

/** A drawn frame: pixels of values, and its lines, ticks and labels. */
export interface Frame {
  readonly x: Axis;
  readonly y: Axis;
  readonly svg: string;
}

/** From the left of a box to the label of its vertical axis. */
const besideLabel = 56;

/** The frame around a box: horizontal values below it, vertical ones on its left, upward. */
export function frame(
  box: Box,
  horizontal: FrameAxis,
  vertical: FrameAxis,
  beside = besideLabel,
): Frame {
  const { left, right, top, bottom } = box;
  const x = axisOf(horizontal, [left, right]);
  const y = axisOf(vertical, [bottom, top]);
  const marks = [
    ...x.ticks.map((at) => `M${fixed(x.place(at))} ${fixed(bottom)}v4`),
    ...y.ticks.map((at) => `M${fixed(left)} ${fixed(y.place(at))}h-4`),
  ];
  const outline = `M${fixed(left)} ${fixed(top)}H${fixed(right)}V${fixed(bottom)}H${fixed(left)}Z`;
  const texts = [
    ...spaced(x, horizontal, 8).map(({ at, text }) => textPath(text, [at, bottom + 9], "middle")),
    ...y.ticks.map((at) =>
      textPath((vertical.text ?? tickText)(at), [left - 8, y.place(at) - textHeight / 2], "end"),
    ),
    horizontal.label ? textPath(horizontal.label, [(left + right) / 2, bottom + 28], "middle") : "",
    vertical.label ? upright(vertical.label, left - beside, (top + bottom) / 2) : "",
  ];
  return { x, y, svg: inked(`<path d="${outline}${marks.join("")}"/>`, ...texts) };
}

/** Text that runs upward, centered at a point. */
export const upright = (text: string, x: number, y: number): string =>
  `<g transform="translate(${fixed(x)} ${fixed(y)}) rotate(-90)">${textPath(text, [0, -textHeight / 2], "middle")}</g>`;

function axisOf(
  { range, scale = "linear", ticks }: FrameAxis,
  pixels: readonly [number, number],
): Axis {
  const made = exactAxis(range, pixels, scale);
  return ticks ? { ...made, ticks } : made;
}

/** The ticks that have room for their text. */
function spaced(axis: Axis, { text = tickText }: FrameAxis, gap: number) {
  let free = Number.NEGATIVE_INFINITY;
  return axis.ticks.flatMap((tick) => {
    const at = axis.place(tick);
    const half = (text(tick).length * 7) / 2;
    if (at - half < free) return [];
    free = at + half + gap;
    return { at, text: text(tick) };
  });
}
