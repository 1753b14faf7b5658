/**
 * Draws docs/pictures/dual-tree.png: the six wavelets of the two-dimensional dual tree at level 4, a column for each
 * orientation; real part, imaginary part and magnitude.
 *
 *   node scripts/dualTreePictures.ts
 */
import { contactSheet, encodePng, type Raster, writeFileAtomically } from "../src/data/index.ts";
import { dualTree2, idualTree2, type Orientation } from "../src/wavelets/index.ts";

const level = 4;
const side = 128;
const shown = 56;
const orientations: readonly Orientation[] = [-75, -45, -15, 15, 45, 75];

/** The wavelet of a coefficient in the middle of the picture. */
function atom(degrees: Orientation, part: "re" | "im"): Float64Array {
  const data = new Float64Array(side * side);
  const empty = dualTree2({ height: side, width: side, data }, { levels: level });
  const [coarsest, ...others] = empty.details;
  if (coarsest === undefined) throw new Error("there are four levels");
  const band = coarsest[degrees];
  const middle = (band.height / 2) * band.width + band.width / 2;
  const one = { ...band, [part]: band[part].map((_, i) => (i === middle ? 1 : 0)) };
  return idualTree2({ ...empty, details: [{ ...coarsest, [degrees]: one }, ...others] }).data;
}

const rows = ["real part", "imaginary part", "magnitude"];
const pictures: Raster[][] = rows.map(() => []);
for (const degrees of orientations) {
  const [re, im] = [atom(degrees, "re"), atom(degrees, "im")];
  const magnitude = re.map((x, i) => Math.hypot(x, im[i] ?? 0));
  const most = Math.max(...magnitude);
  // The center of the magnitude is the center of the picture.
  const total = magnitude.reduce((a, b) => a + b * b, 0);
  const mean = (of: (i: number) => number) =>
    Math.round(magnitude.reduce((sum, x, i) => sum + x * x * of(i), 0) / total - shown / 2);
  const [top, left] = [mean((i) => Math.floor(i / side)), mean((i) => i % side)];
  for (const [row, values] of [re, im, magnitude].entries()) {
    const data = Uint8Array.from({ length: shown * shown }, (_, k) => {
      const at = (top + Math.floor(k / shown)) * side + left + (k % shown);
      const value = (values[at] ?? 0) / most;
      return Math.round(row < 2 ? 127.5 + 127.5 * value : 255 * (1 - value));
    });
    pictures[row]?.push({ width: shown, height: shown, channels: 1, data });
  }
}
const sheet = contactSheet(pictures.flat(), {
  columns: orientations.length,
  magnify: 2,
  padding: 4,
  rowLabels: rows,
  columnLabels: orientations.map((degrees) => `${degrees} degrees`),
});
await writeFileAtomically(
  new URL("../docs/pictures/dual-tree.png", import.meta.url).pathname,
  encodePng(sheet),
);
