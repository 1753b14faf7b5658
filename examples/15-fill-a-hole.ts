// Editing: trains a small model of digits, then enlarges some, fills holes in them, and draws them on from a beginning.
// Run: node examples/15-fill-a-hole.ts [DIGITS] [FOLDER] [STEPS]   (the digits are drawn into DIGITS once)
import { encodeTokens } from "ondelette/codec";
import { type ImageForm, loadImages, openImages, printedDigits, writeImage } from "ondelette/data";
import * as images from "ondelette/image";
import { trainRun } from "ondelette/train";

const [path = "data/printed-digits", folder = "runs/fill-a-hole", steps = "150"] =
  process.argv.slice(2);
await printedDigits(path);
const form: ImageForm = { color: "gray", size: 16 };
const load = async (part: "train" | "test", limit: number) =>
  loadImages(await openImages(path, { part }), { ...form, limit });
const training = await load("train", 2000);
const small = { width: 32, summaryWidth: 16, cellWidth: 4, rows: { shape: 400, detail: 800 } };
const config = await images.createRun(folder, training, {
  model: { name: "state", options: { ...images.stateDefaults, ...small } },
  language: { wavelet: "haar", finest: 1 / 4 },
  ...{ path, fit: "resize", seed: 1, plan: { steps: Number(steps) } },
});
await trainRun(folder, config, images.imageTrainable(config, training));

const run = await images.openImageRun(folder);
const { rasters, labels } = await load("test", 8);
const pictures = rasters.map((raster, i) => ({ raster, label: labels[i] ?? 0 }));
const edits: Readonly<Record<string, images.Keep>> = {
  enlarged: { coarse: 2 }, // the details of the finest of three levels are drawn
  filled: { outside: { x: 5, y: 5, width: 6, height: 6 } },
  continued: { tokens: 60 },
};
for (const [name, keep] of Object.entries(edits)) {
  const drawn = await images.drawFrom(run, pictures, { keep, drawings: 5, seed: 1 });
  await writeImage(`${folder}/${name}.png`, images.drawnFromSheet(drawn, config.classNames));
  console.log(`${folder}/${name}.png`);
}

// What is kept is kept exactly: the coarse coefficients are those that an encoder leaves of the picture.
const [first] = await images.drawFrom(run, pictures, { keep: { coarse: 2 }, seed: 2 });
const drawing = first!.images[0]!.drawing.approximation;
const original = encodeTokens(
  images.analyze(first!.source.raster, run.language),
  run.language.tokens,
).approximation;
const { level } = run.language.tokens.places;
const changed = drawing.filter((value, i) => value !== original[i]);
const coarse = drawing.filter((value, i) => level[i]! <= 2 && value !== original[i]);
console.log(`${coarse.length} coarse coefficients changed, ${changed.length} in all`);
