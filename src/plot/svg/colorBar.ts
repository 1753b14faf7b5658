import { exactAxis, tickText } from "../../data/draw/axis.ts";
import { fixed, textHeight, textPath } from "../../data/draw/svgText.ts";
import { colorCount, type Palette } from "./colors.ts";
import type { Box } from "./frame.ts";
import { inked } from "./picture.ts";
import { imageIn } from "./png.ts";

/** Room to the right of a plot for its color bar. */
export const colorBarRoom = 92;

/** From a plot to its color bar, and the width of the bar. */
const [gap, thickness] = [16, 14];

/** What the colors of a bar stand for. */
export interface ColorBar {
  readonly palette: Palette;
  /** With its unit. */
  readonly label: string;
  /** Values beside the bar, each with the share of the bar, from 0 at the bottom, at which it stands. */
  readonly ticks: readonly (readonly [value: number, share: number])[];
}

/** The bar of the colors of a plot, on the right of its box. */
export function colorBar(
  { right, top, bottom }: Pick<Box, "right" | "top" | "bottom">,
  { palette, label, ticks }: ColorBar,
): string {
  const left = right + gap;
  const height = bottom - top;
  const pixels = Uint8Array.from({ length: colorCount }, (_, i) => colorCount - 1 - i);
  const place = (share: number) => bottom - share * height;
  return [
    imageIn({ width: 1, height: colorCount, pixels, palette }, [left, top, thickness, height]),
    inked(
      `<path d="M${left} ${top}h${thickness}v${fixed(height)}h${-thickness}Z${ticks
        .map(([, share]) => `M${left + thickness} ${fixed(place(share))}h4`)
        .join("")}"/>`,
      ...ticks.map(([value, share]) =>
        textPath(tickText(value), [left + thickness + 8, place(share) - textHeight / 2], "start"),
      ),
      `<g transform="translate(${left + thickness + 52} ${fixed((top + bottom) / 2)}) rotate(-90)">${textPath(label, [0, 0], "middle")}</g>`,
    ),
  ].join("\n");
}

/** Round values from the lower end of a bar to its upper end, about six of them. */
export function roundTicks(low: number, high: number): ColorBar["ticks"] {
  const { ticks, place } = exactAxis([low, high], [0, 300]);
  return ticks.map((tick) => [tick, place(tick) / 300] as const);
}
