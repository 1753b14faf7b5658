import { type Point, strokeText } from "./strokeFont.ts";

/** Height of capitals where none is given, in pixels. */
export const textHeight = 10;

/** The part of the width of a line that lies left of its anchor. */
const shares = { start: 0, middle: 0.5, end: 1 } as const;

/**
 * A line of text as one SVG path of strokes; the element around it must set `stroke`. The point is the top of the capitals, at
 * the start, middle or end of the line.
 */
export function textPath(
  line: string,
  [x, y]: Point,
  anchor: keyof typeof shares,
  height = textHeight,
): string {
  const { strokes, width } = strokeText(line, height);
  const left = x - width * shares[anchor];
  const paths = strokes.map((stroke) => {
    const points = stroke.map(([px, py]) => `${fixed(left + px)} ${fixed(y + py)}`);
    // A stroke of one point needs a second one for its round cap to be drawn.
    return `M${points.join("L")}${points.length === 1 ? "h0.01" : ""}`;
  });
  return `<path d="${paths.join("")}"/>`;
}

/** A number of an SVG path, to a hundredth of a pixel. */
export function fixed(value: number): string {
  return `${Number(value.toFixed(2))}`;
}
