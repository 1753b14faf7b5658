// An image model of your own: a network that answers one question of the image language at a time.
// Run: node examples/05-own-image-model.ts [DIGITS] [FOLDER]   (the digits are drawn into DIGITS once)
import { type ImageForm, loadImages, openImages, printedDigits, writeImage } from "ondelette/data";
import * as images from "ondelette/image";
import { linear, muon } from "ondelette/nn";
import { trainRun } from "ondelette/train";

const oneHot = (index: number, count: number) =>
  Array.from({ length: count }, (_, i) => Number(i === index));

const own: images.ModelDefinition<{ width: number }> = {
  defaults: { width: 96 },
  build: (setting, { width }) =>
    images.decisionModel(setting, {
      features: 4 + 8 + 8 + 10 + 3 + 64,
      // The question and its place, the class of the image, and all coefficients as far as they are known.
      describe: ({ kind, level, band, plane, threshold, row, column }, known, label) => [
        ...[oneHot(kind, 4), oneHot(row, 8), oneHot(column, 8), oneHot(label, 10)].flat(),
        ...[level, band, plane],
        ...known.map((value) => Math.sign(value) * Math.log2(1 + Math.abs(value) / threshold)),
      ],
      logits(p, x, tokens) {
        const hidden = linear(p.in("second"), linear(p.in("first"), x, width).gelu(), width).gelu();
        return linear(p.in("head"), hidden, tokens, { role: "head" });
      },
      optimizer: muon(),
      rate: { peak: 2e-2, warmup: 10, decayFrom: 0.3, floor: 0.02 },
      ...{ images: 16, decisions: 1024 }, // of a batch
    }),
};

const [path = "data/printed-digits", folder = "runs/own-image-model"] = process.argv.slice(2);
await printedDigits(path);
const form: ImageForm = { color: "gray", size: 8 };
const training = await loadImages(await openImages(path, { part: "train" }), {
  ...form,
  limit: 2000,
});
const config = await images.createRun(folder, training, {
  model: { name: "own", options: own.defaults },
  language: { wavelet: "haar", finest: 1 / 4 },
  ...{ path, fit: "resize", seed: 1, plan: { steps: 150 } },
});
const built = images.buildRun(config, { own });
await trainRun(folder, config, images.imageTrainable(config, training, { own: built }));

const run = await images.openImageRun(folder, { own });
const test = await loadImages(await openImages(path, { part: "test" }), { ...form, limit: 200 });
const staticCoder = await images.readStaticCoder(folder);
const score = await images.evaluate(run, test, { staticCoder });
console.log(`own model:    ${score.bitsPerImage.toFixed(1)} bits per image`);
console.log(`static coder: ${score.staticCoder?.bitsPerImage.toFixed(1)} bits per image`);
const { sheet } = await images.sampleSheet(run, { perClass: 10, seed: 1, topP: 0.8 });
await writeImage(`${folder}/samples.png`, sheet);
console.log(`${folder}/samples.png`);
