import { drawOver } from "../../data/draw/drawSvg.ts";
import type { Raster } from "../../data/images/raster.ts";
import { magnifiedCrop } from "./magnifiedCrop.ts";
import { svgOver } from "./svgOver.ts";

/** A point of a picture with a direction. */
export interface DirectedPoint {
  /** In pixels; (0, 0) is the center of the top left pixel. */
  readonly x: number;
  readonly y: number;
  /** In radians: 0 points right, π/2 down. */
  readonly angle: number;
  /** Length of the line that shows the direction, in pixels. */
  readonly length: number;
  /** Index into {@link pointColors}, modulo their number. */
  readonly color: number;
}

/** Colors that differ in lightness too and are visible on any picture: orange, sky blue, yellow, pink, green. */
export const pointColors: readonly string[] = [
  "#ff7f00",
  "#56b4e9",
  "#f0e442",
  "#ff8fd0",
  "#00c78c",
];

/**
 * Draws points over a picture enlarged by the integer `magnify`: a dot, and a line from it in its direction. A dark outline
 * makes them visible on bright parts.
 */
export function drawPoints(
  raster: Raster,
  points: readonly DirectedPoint[],
  { magnify = 1 }: { readonly magnify?: number } = {},
): Promise<Raster> {
  const whole = { x: 0, y: 0, width: raster.width, height: raster.height };
  const canvas = magnifiedCrop(raster, whole, magnify);
  const fixed = (value: number) => Number((magnify * value).toFixed(2));
  const lines = points.map(({ x, y, angle, length }) => {
    const [dx, dy] = [length * Math.cos(angle), length * Math.sin(angle)];
    return `M${fixed(x + 0.5)} ${fixed(y + 0.5)}l${fixed(dx)} ${fixed(dy)}`;
  });
  const dots = points.map(({ x, y }) => `M${fixed(x + 0.5)} ${fixed(y + 0.5)}h0.01`);
  const pen = (path: string, color: string, width: number) =>
    `<path d="${path}" stroke="${color}" stroke-width="${width}"/>`;
  const rims = [pen(lines.join(""), "#000", 2.6), pen(dots.join(""), "#000", 5)];
  const inks = points.flatMap(({ color }, i) => {
    const ink = pointColors[color % pointColors.length] ?? "#fff";
    return [pen(lines[i] ?? "", ink, 1.2), pen(dots[i] ?? "", ink, 3.4)];
  });
  const body = `<g fill="none" stroke-linecap="round">${[...rims, ...inks].join("\n")}</g>`;
  return drawOver(canvas, svgOver(canvas, body));
}
