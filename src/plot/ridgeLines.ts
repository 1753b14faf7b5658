import type { Ridge } from "../wavelets/continuous/squeezing/ridges.ts";
import type { Frame } from "./svg/frame.ts";
import { joined } from "./svg/stems.ts";

/** Most points of a line: more would be finer than a screen. */
const mostPoints = 640;

/** Lines along ridges: orange with a white edge, which is seen on every color. */
export function ridgeLines(
  ridges: readonly Ridge[],
  { x, y }: Frame,
  { start, samplingPeriod }: { readonly start: number; readonly samplingPeriod: number },
): string {
  return ridges
    .map(({ frequencies }) => {
      const { length } = frequencies;
      const count = Math.min(length, mostPoints);
      const points = Array.from({ length: count }, (_, i) => {
        const n = Math.floor(((i + 0.5) * length) / count);
        return [x.place(start + (n + 0.5) * samplingPeriod), y.place(frequencies[n]!)] as const;
      });
      const path = joined(points);
      return (
        `<path d="${path}" stroke="#fff" stroke-width="3.6" stroke-opacity="0.85"/>` +
        `<path d="${path}" stroke="#d55e00" stroke-width="1.8"/>`
      );
    })
    .join("");
}
