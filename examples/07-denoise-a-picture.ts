// Denoising: draws a picture, adds noise, and removes it with three wavelet methods.
// Run: node examples/07-denoise-a-picture.ts [FOLDER]
import { tmpdir } from "node:os";
import {
  contactSheet,
  createRandom,
  drawSvg,
  type Raster,
  toGray,
  writeImage,
} from "ondelette/data";
import { denoise2, type Matrix } from "ondelette/wavelets";

const scene = toGray(
  await drawSvg(`
  <svg xmlns="http://www.w3.org/2000/svg" width="192" height="192">
    <defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="#456"/><stop offset="1" stop-color="#def"/></linearGradient></defs>
    <rect width="192" height="192" fill="url(#sky)"/>
    <circle cx="140" cy="45" r="22" fill="#fff"/>
    <path d="M0 192 L0 130 L45 70 L90 125 L115 100 L192 160 L192 192 Z" fill="#333"/>
    <path d="M45 70 L63 92 L50 88 L40 98 L30 90 Z" fill="#eee"/>
    <g stroke="#999" stroke-width="2"><path d="M10 180 H180 M10 172 H180 M20 165 V188 M60 165 V188 M100 165 V188 M140 165 V188"/></g>
  </svg>`),
);
const { width, height } = scene;
const clean: Matrix<Float64Array> = { width, height, data: Float64Array.from(scene.data) };

const random = createRandom(1);
const noisy = { ...clean, data: clean.data.map((level) => level + 25 * random.normal()) };

const results: Record<string, Matrix<Float64Array>> = {
  clean,
  noisy,
  "bior4.4, SURE": denoise2(noisy, "bior4.4"),
  "Haar, 8 x 8 shifts": denoise2(noisy, "haar", { shifts: 8, rule: "bayes" }),
  "stationary, Bayes": denoise2(noisy, "sym4", { transform: "swt", rule: "bayes" }),
};

for (const [name, { data }] of Object.entries(results)) {
  const error = data.reduce((sum, level, i) => sum + (level - clean.data[i]) ** 2, 0) / data.length;
  if (name !== "clean")
    console.log(`${name.padEnd(20)} PSNR ${(10 * Math.log10(255 ** 2 / error)).toFixed(1)} dB`);
}

const rasters = Object.values(results).map(({ data }): Raster => {
  const levels = new Uint8Array(Uint8ClampedArray.from(data)); // rounded, and clipped to 0 … 255
  return { width, height, channels: 1, data: levels };
});
const path = `${process.argv[2] ?? tmpdir()}/denoised.png`;
await writeImage(path, contactSheet(rasters, { columns: 5, columnLabels: Object.keys(results) }));
console.log(path);
