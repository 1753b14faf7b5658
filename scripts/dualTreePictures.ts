/**
 * Draws the six wavelets of the two-dimensional dual tree, level 4: `node scripts/dualTreePictures.ts` writes
 * docs/pictures/dual-tree.png, from left to right −75° to 75°, from top to bottom real part, imaginary part, magnitude.
 */
import { writeFileAtomically } from "../src/data/files/atomicWrite.ts";
import { encodePng } from "../src/data/formats/png.ts";
import { dualTree2, idualTree2, type Orientation } from "../src/wavelets/index.ts";

const level = 4;
const side = 128;
const shown = 56;
const gap = 4;
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

const width = orientations.length * (shown + gap) + gap;
const height = 3 * (shown + gap) + gap;
const pixels = new Uint8Array(width * height).fill(255);
for (const [column, degrees] of orientations.entries()) {
  const [re, im] = [atom(degrees, "re"), atom(degrees, "im")];
  const magnitude = re.map((x, i) => Math.hypot(x, im[i] ?? 0));
  const most = Math.max(...magnitude);
  // The center of the magnitude is the center of the picture.
  const total = magnitude.reduce((a, b) => a + b * b, 0);
  const mean = (of: (i: number) => number) =>
    Math.round(magnitude.reduce((sum, x, i) => sum + x * x * of(i), 0) / total - shown / 2);
  const [top, left] = [mean((i) => Math.floor(i / side)), mean((i) => i % side)];
  for (const [row, values] of [re, im, magnitude].entries()) {
    for (let y = 0; y < shown; y++) {
      for (let x = 0; x < shown; x++) {
        const value = (values[(top + y) * side + left + x] ?? 0) / most;
        const at = (gap + row * (shown + gap) + y) * width + gap + column * (shown + gap) + x;
        pixels[at] = Math.round(row < 2 ? 127.5 + 127.5 * value : 255 * (1 - value));
      }
    }
  }
}
await writeFileAtomically(
  new URL("../docs/pictures/dual-tree.png", import.meta.url).pathname,
  encodePng({ width, height, channels: 1, data: pixels }),
);
