/**
 * Draws the studio's example pictures: computed scenes with smooth shades, texture and sharp edges, so that no picture has to be
 * taken from anybody.
 *
 *   node scripts/studioExamples.ts
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { createRandom } from "../src/data/random/random.ts";

const size = 512;
const random = createRandom(7);
const lattice = Float64Array.from({ length: 256 * 256 }, () => random.uniform());

/** Smooth noise of one octave at a point, in 0 … 1. */
function noise(x: number, y: number): number {
  const [i, j] = [Math.floor(x), Math.floor(y)];
  const ease = (t: number) => t * t * (3 - 2 * t);
  const [u, v] = [ease(x - i), ease(y - j)];
  const at = (a: number, b: number) => lattice[((b & 255) << 8) | (a & 255)]!; // within the lattice
  const upper = at(i, j) * (1 - u) + at(i + 1, j) * u;
  const lower = at(i, j + 1) * (1 - u) + at(i + 1, j + 1) * u;
  return upper * (1 - v) + lower * v;
}

/** Noise of several octaves, in 0 … 1. */
function fractal(x: number, y: number, octaves: number): number {
  let [sum, weight, total] = [0, 1, 0];
  for (let k = 0; k < octaves; k++, weight /= 2) {
    sum += weight * noise(x * 2 ** k + 17 * k, y * 2 ** k + 31 * k);
    total += weight;
  }
  return sum / total;
}

type Color = readonly [red: number, green: number, blue: number];

const mix = (a: Color, b: Color, t: number): Color => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
];
const between = (x: number, low: number, high: number) =>
  Math.min(1, Math.max(0, (x - low) / (high - low)));

/** A bay in the evening with hills, a lighthouse and two sails; x and y in 0 … 1, y down. */
function harbor(x: number, y: number): Color {
  const horizon = 0.56;
  if (y > horizon) {
    const depth = (y - horizon) / (1 - horizon);
    const mirrored = sky(
      x + 0.02 * (fractal(x * 30, (90 * y) / (0.3 + depth), 3) - 0.5),
      2 * horizon - y,
    );
    const wave = fractal(x * 22, 40 / (0.12 + depth) + y * 8, 4);
    const water = mix(
      mix(mirrored, [24, 62, 84], 0.35 + 0.4 * depth),
      [12, 34, 52],
      between(wave, 0.45, 0.75),
    );
    const glitter =
      between(wave, 0.66, 0.72) * Math.exp(-(((x - 0.68) / (0.05 + 0.16 * depth)) ** 2));
    return objects(x, y) ?? mix(water, [255, 222, 170], 0.85 * glitter);
  }
  return objects(x, y) ?? sky(x, y);
}

function sky(x: number, y: number): Color {
  const far = 0.5 - 0.16 * fractal(x * 3.1, 1.5, 6);
  const near = 0.56 - 0.13 * fractal(x * 4.3 + 9, 7.5, 7) * between(Math.abs(x - 0.62), 0, 0.35);
  if (y > near && y <= 0.5601) {
    const trees = fractal(x * 60, y * 60, 4);
    return mix([30, 46, 40], [74, 88, 62], trees);
  }
  if (y > far && y <= 0.5601)
    return mix([96, 104, 132], [140, 130, 140], fractal(x * 18, y * 30, 5));
  const glow = Math.exp(-(((x - 0.68) / 0.45) ** 2) - ((y - 0.52) / 0.3) ** 2);
  const clear = mix(
    mix([58, 98, 150], [196, 178, 176], between(y, 0, 0.55)),
    [255, 205, 140],
    glow,
  );
  const cloud = between(fractal(x * 4 + 3 * y, y * 9, 7), 0.48, 0.74) * between(0.5 - y, 0, 0.25);
  const sun = between(0.034 - Math.hypot(x - 0.68, y - 0.44), 0, 0.004);
  return mix(mix(clear, [246, 226, 214], 0.8 * cloud), [255, 246, 214], sun);
}

function objects(x: number, y: number): Color | undefined {
  // The lighthouse on its rock: bands of red and white, a lamp, sharp edges.
  const width = 0.026 + 0.012 * between(y, 0.3, 0.66);
  const inTower = Math.abs(x - 0.23) < width && y > 0.3 && y < 0.66;
  if (inTower) {
    const shade = 1 - 0.45 * between(x, 0.23 + width * 0.9, 0.23 - width);
    const band: Color = Math.floor((y - 0.3) / 0.06) % 2 === 0 ? [196, 48, 38] : [242, 238, 228];
    return mix([0, 0, 0], band, shade);
  }
  if (Math.abs(x - 0.23) < 0.02 && y > 0.265 && y <= 0.3) return [255, 236, 150];
  if (Math.abs(x - 0.23) < 0.03 * between(y, 0.23, 0.265) && y <= 0.265) return [52, 40, 44];
  const rock = 0.66 + 0.16 * Math.abs(x - 0.23) + 0.03 * (fractal(x * 24, 3, 4) - 0.5);
  if (y > rock && y < 0.75 - 0.35 * Math.abs(x - 0.23) && Math.abs(x - 0.23) < 0.17)
    return mix([42, 38, 36], [128, 116, 104], fractal(x * 70, y * 70, 5));
  for (const [at, foot, tall] of [
    [0.78, 0.68, 0.2],
    [0.52, 0.6, 0.08],
  ] as const) {
    const up = (foot - y) / tall;
    if (up > 0.1 && up < 1 && x > at - 0.012 * tall && x < at + 0.42 * tall * (1 - up))
      return [250, 246, 236];
    if (up > 0.18 && up < 0.86 && x < at - 0.02 * tall && x > at - 0.3 * tall * (0.95 - up))
      return [214, 120, 60];
    if (up <= 0.06 && up > -0.08 && Math.abs(x - at) < 0.34 * tall + 0.1 * tall * up)
      return [70, 34, 26];
  }
  return undefined;
}

/** Four samples a pixel, so that edges are as a camera sees them. */
async function draw(scene: (x: number, y: number) => Color, file: URL): Promise<void> {
  const data = new Uint8Array(size * size * 3);
  for (let row = 0, to = 0; row < size; row++)
    for (let column = 0; column < size; column++, to += 3) {
      const samples = [0.25, 0.75].flatMap((dy) =>
        [0.25, 0.75].map((dx) => scene((column + dx) / size, (row + dy) / size)),
      );
      const grain = 5 * (random.uniform() - 0.5);
      for (let c = 0; c < 3; c++) {
        const mean = samples.reduce((sum, color) => sum + color[c]!, 0) / 4; // three channels
        data[to + c] = Math.min(255, Math.max(0, Math.round(mean + grain)));
      }
    }
  const raw = { width: size, height: size, channels: 3 } as const;
  writeFileSync(fileURLToPath(file), await sharp(data, { raw }).webp({ quality: 90 }).toBuffer());
}

await draw(harbor, new URL("../studio/src/shared/pictures/examples/harbor.webp", import.meta.url));
