// Denoising band by band: BayesShrink of a picture of 512 × 512 pixels.
// Run: node examples/16-shrink-a-picture.ts
import { denoise2, type Matrix } from "ondelette/wavelets";

/** The picture without noise: four levels of db2, each detail band with the soft threshold of its own energy. */
export const denoised = (picture: Matrix<Float64Array>): Matrix<Float64Array> =>
  denoise2(picture, "db2", { levels: 4, rule: "bayes" });

// A bright disk on a ramp, and noise of standard deviation 0.1.
const side = 512;
const clean = Float64Array.from({ length: side * side }, (_, i) => {
  const [y, x] = [Math.floor(i / side) / side, (i % side) / side];
  return x / 2 + (Math.hypot(x - 0.6, y - 0.4) < 0.2 ? 0.5 : 0);
});
const uniform = (i: number) => Math.abs(Math.sin(i + 1) * 43758.5453) % 1;
const noisy = clean.map((x, i) => x + 0.1 * Math.sqrt(12) * (uniform(i) - 0.5));

const result = denoised({ height: side, width: side, data: noisy });
for (const [name, data] of Object.entries({ noisy, denoised: result.data })) {
  const error = data.reduce((sum, x, i) => sum + (x - clean[i]) ** 2, 0) / data.length;
  console.log(`${name}: PSNR ${(10 * Math.log10(1 / error)).toFixed(1)} dB`);
}
