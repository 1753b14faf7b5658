// An image model of your own: a network that answers one question of the image language at a time.
// Run: node examples/05-own-image-model.ts [FOLDER]   (the digits are drawn into FOLDER once)
import { Band, type Site } from "ondelette/codec";
import { loadImages, openImages, printedDigits, writeImage } from "ondelette/data";
import * as images from "ondelette/image";
import { linear } from "ondelette/nn";
import { trainRun } from "ondelette/train";

/** What the network is told: the question, its place, the class, and how large coefficients near it are known to be. */
function describe(site: Site, known: Float64Array, label: number): number[] {
  const { kind, level, band, plane, threshold, offset, row, column } = site;
  const parent = level > 1 ? Math.floor(row / 2) * 32 + Math.floor(column / 2) : -1; // half as fine
  const near = [offset, offset + 1, offset - 1, offset + 32, offset - 32, offset - 33, parent];
  return [
    ...[0, 1, 2, 3].map((k) => Number(kind === k)),
    ...Object.values(Band).map((b) => Number(band === b)),
    ...Array.from({ length: 10 }, (_, digit) => Number(label === digit)),
    ...[level, plane, row / 16, column / 16],
    ...near.map((i) => Math.log2(1 + Math.abs(known[i] ?? 0) / threshold)),
    ...near.map((i) => Math.sign(known[i] ?? 0)),
  ];
}

const own: images.ModelDefinition<{ width: number }> = {
  defaults: { width: 64 },
  build: (setting, { width }) =>
    images.decisionModel(setting, {
      features: 36,
      describe,
      logits(p, x, tokens) {
        const hidden = linear(p.in("second"), linear(p.in("first"), x, width).gelu(), width).gelu();
        return linear(p.in("head"), hidden, tokens, { role: "head" });
      },
      rate: { peak: 1e-2, warmup: 20, decayFrom: 0.3, floor: 0.02 },
    }),
};

const path = process.argv[2] ?? "data/printed-digits";
await printedDigits(path);
const source = await openImages(path, { part: "train" });
const training = await loadImages(source, { color: "gray", limit: 2000 });
const folder = `${path}-own-model`;
const config = await images.createRun(folder, training, {
  model: { name: "own", options: own.defaults },
  language: { wavelet: "haar", finest: 1 / 4 },
  ...{ path, fit: "resize", seed: 1, plan: { steps: 300 } },
});
const built = images.buildRun(config, { own });
const model = images.imageTrainable(config, training, { own: built });
const { metrics } = await trainRun(folder, config, model);
console.log(`${metrics.bitsPerImage?.toFixed(0) ?? "?"} bits per image`);

const run = await images.openImageRun(folder, { own });
const { sheet } = await images.sampleSheet(run, { perClass: 8, seed: 1, temperature: 0.8 });
await writeImage(`${folder}/samples.png`, sheet);
console.log(`${folder}/samples.png`);
