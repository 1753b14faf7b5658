import { fixed } from "../data/draw/svgText.ts";
import type { Box, Frame } from "./svg/frame.ts";

/** Points of the edge of the cone. */
const steps = 64;

/**
 * The regions that the extension beyond the ends affects, faded, with a dashed edge: at frequency f they reach `width(f)` from either
 * end, in the unit of time.
 */
export function coneShade(
  { x, y }: Frame,
  box: Box,
  [start, duration]: readonly [start: number, duration: number],
  [low, high]: readonly [number, number],
  width: (frequency: number) => number,
): string {
  const edge = Array.from({ length: steps + 1 }, (_, i) => {
    const frequency = high * (low / high) ** (i / steps);
    return { at: Math.min(width(frequency), duration / 2), y: fixed(y.place(frequency)) };
  });
  const side = (place: (at: number) => number) => {
    const points = edge.map(({ at, y }) => `${fixed(x.place(place(at)))} ${y}`).join("L");
    const outer = fixed(x.place(place(0)));
    return {
      area: `M${outer} ${box.top}L${points}L${fixed(x.place(place(edge.at(-1)!.at)))} ${box.bottom}H${outer}Z`,
      line: `M${points}`,
    };
  };
  const [left, right] = [side((at) => start + at), side((at) => start + duration - at)];
  return (
    `<path d="${left.area}${right.area}" fill="#fff" fill-opacity="0.35"/>` +
    `<path d="${left.line}${right.line}" stroke="#fff" stroke-width="1.2" stroke-dasharray="5 4"/>`
  );
}
