import type { Singularity } from "ondelette/field";
import { windowOf } from "./painter.ts";
import type { Look, Size } from "./place.ts";

/** Kinds of singularities by their exponent: spikes and lines, steps, and cusps and smoother ones. */
export const kinds = [
  { name: "thin line or spike", below: -0.25, color: "#5fd0ff" },
  { name: "step", below: 0.25, color: "#ffe14d" },
  { name: "smoother", below: Number.POSITIVE_INFINITY, color: "#ff7d6b" },
] as const;

/** More are not drawn while the picture moves. */
const mostMoving = 3000;

/** Pixels of a line at least. */
const shortest = 3;

/**
 * Draws maxima of one scale, strongest first: a line through each, along the edge, as long as its scale, colored by its kind.
 */
export function drawMaxima(
  canvas: OffscreenCanvas,
  maxima: readonly Singularity[],
  {
    picture,
    look,
    size,
    isExact,
  }: {
    readonly picture: Size;
    readonly look: Look;
    readonly size: Size;
    readonly isExact: boolean;
  },
): void {
  canvas.width = size.width;
  canvas.height = size.height;
  const context = canvas.getContext("2d");
  if (!context) return;
  const { left, top, step } = windowOf(picture, look, size);
  context.lineWidth = Math.max(1.2, size.width / 400);
  context.lineCap = "round";
  const paths = kinds.map(() => new Path2D());
  let drawn = 0;
  for (const { x, y, angle, scale, exponent } of maxima) {
    const [px, py] = [(x + 0.5 - left) / step, (y + 0.5 - top) / step];
    if (px < 0 || py < 0 || px > size.width || py > size.height) continue;
    if (!isExact && ++drawn > mostMoving) break;
    const half = Math.max(shortest, (0.5 * scale) / step);
    const [dx, dy] = [-Math.sin(angle) * half, Math.cos(angle) * half];
    const kind = kinds.findIndex(({ below }) => !(exponent >= below));
    const path = paths[kind === -1 ? 1 : kind]!; // a path a kind
    path.moveTo(px - dx, py - dy);
    path.lineTo(px + dx, py + dy);
  }
  paths.forEach((path, i) => {
    context.strokeStyle = kinds[i]!.color; // a color a kind
    context.stroke(path);
  });
}
