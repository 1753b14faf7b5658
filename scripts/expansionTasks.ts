/**
 * What sparse expansions (`--model expansion`) do for pictures: fits of two sizes, noise taken away, enlargements against
 * bicubic. `node scripts/expansionTasks.ts ../shared/data/kodak/kodim0{1,3,5,8}.png` prints tables; of each picture the
 * 256 x 256 pixels in its middle are taken. `--noise` prints what becomes of noise alone.
 */
import { basename } from "node:path";
import { createRandom } from "../src/data/index.ts";
import {
  buildField,
  denoise,
  expansion,
  fromCellMeans,
  graySignal,
  loadSignal,
  openEvaluator,
  pointsOf,
  prepare,
  psnrOfField,
  quality,
  resample,
  type Signal,
  samplesOf,
  solve,
  type Threshold,
  viewCoordinates,
  wholeView,
} from "../src/field/index.ts";

const side = 256;
const threads = 1;
const dB = (x: number) => x.toFixed(2).padStart(6);
const psnr = (original: Signal, values: Float32Array) =>
  dB(quality(original, { ...original, values }).psnr);

function middle({ size, channels, values }: Signal): Signal {
  const [height = 0, width = 0] = size;
  const [top, left] = [(height - side) >> 1, (width - side) >> 1];
  const cut = new Float32Array(side * side * channels);
  for (let row = 0; row < side; row++) {
    const from = ((top + row) * width + left) * channels;
    cut.set(values.subarray(from, from + side * channels), row * side * channels);
  }
  return { size: [side, side], channels, values: cut };
}

async function fitted(signal: Signal, parameters: number) {
  const { size: grid, channels } = signal;
  const size = { dimensions: 2, channels, grid, width: Math.floor(parameters / 2) };
  const field = buildField(expansion(), size);
  const begun = performance.now();
  const arena = await solve(field, signal, createRandom(1));
  return { field, arena, seconds: (performance.now() - begun) / 1000 };
}

async function enlarged(small: Signal, scale: number): Promise<Float32Array> {
  const { field, arena } = await fitted(small, 4 * pointsOf(small.size) * small.channels);
  await using evaluator = await openEvaluator(field, arena, { threads });
  return await evaluator.values(viewCoordinates(wholeView(small.size, scale), small.size));
}

const rows: string[] = [];
const words = process.argv.slice(2);
const noiseAlone = words.includes("--noise");
for (const path of words.filter((word) => word !== "--noise")) {
  const color = middle(await loadSignal(path));
  const gray = graySignal(color);
  for (const [kind, signal] of [
    ["gray", gray],
    ["color", color],
  ] as const) {
    const name = `${basename(path, ".png")} ${kind.padEnd(6)}`;
    const fits: string[] = [];
    for (const parameters of noiseAlone ? [] : [33_000, 133_000]) {
      const { field, arena, seconds } = await fitted(signal, parameters);
      const reached = dB(await psnrOfField(field, arena, signal, { threads }));
      fits.push(`${parameters}: ${reached} dB ${seconds.toFixed(1)} s`);
    }
    if (!noiseAlone) rows.push(`${name} fit      ${fits.join("   ")}`);

    const random = createRandom("noise");
    for (const strength of [15, 25, 50]) {
      const noisy = {
        ...signal,
        values: signal.values.map((x) => x + (strength / 127.5) * random.normal()),
      };
      const by = (threshold: Threshold) => {
        const { expansion, sigma, kept } = denoise(noisy, { threshold });
        const found = (127.5 * sigma).toFixed(1);
        return `${threshold} ${psnr(signal, samplesOf(expansion))} (σ ${found}, ${kept} atoms)`;
      };
      const clean = prepare(noisy, { denoise: "auto" });
      const whole = `denoisePicture ${psnr(signal, clean.signal.values)} (σ ${(255 * (clean.noise?.sigma ?? 0)).toFixed(1)})`;
      const blurred = resample(resample(noisy, [128, 128], "box"), [side, side]);
      rows.push(
        `${name} noise ${strength} ${psnr(signal, noisy.values)}   ${whole}   ${by("bayes")}   ${by("universal")}   halved and bicubic ${psnr(signal, blurred.values)}`,
      );
    }
    for (const scale of noiseAlone ? [] : [2, 4]) {
      const small = resample(signal, [side / scale, side / scale], "box");
      rows.push(
        `${name} x${scale}       bicubic ${psnr(signal, resample(small, [side, side]).values)}   spline ${psnr(signal, await enlarged(small, scale))}   from cell means ${psnr(signal, await enlarged(fromCellMeans(small), scale))}`,
      );
    }
  }
}
for (const row of rows) console.log(row);
