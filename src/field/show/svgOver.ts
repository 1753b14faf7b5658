import type { Raster } from "../../data/images/raster.ts";

/** An SVG of the size of a raster, to be drawn over it. */
export function svgOver({ width, height }: Raster, body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${body}</svg>`;
}
