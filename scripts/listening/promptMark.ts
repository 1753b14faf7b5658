import { textPath } from "../../src/data/draw/svgText.ts";

/** Blue that is seen on white and on dark pictures. */
const color = "#0277bd";

/**
 * A dashed line, as SVG, where what a sample was begun with ends and what the model drew begins, labeled above; nothing where the
 * model drew all.
 */
export const promptMark = (
  x: number,
  [top, bottom]: readonly [number, number],
  isThere: boolean,
): string =>
  isThere
    ? [
        '<g fill="none" stroke-linecap="round">',
        `<path d="M${x.toFixed(1)} ${top - 10}V${bottom}" stroke="#fff" stroke-width="3"/>`,
        `<path d="M${x.toFixed(1)} ${top - 10}V${bottom}" stroke="${color}" stroke-width="1.5" stroke-dasharray="6 4"/>`,
        `<g stroke="${color}" stroke-width="1.1">${textPath("drawn", [x + 6, top - 15], "start")}</g></g>`,
      ].join("")
    : "";
