import fc from "fast-check";
import { vocabularies } from "../codec/tokens.ts";
import type { LoadedImages } from "../data/images/loadedImages.ts";
import type { Raster } from "../data/images/raster.ts";
import { createRandom } from "../data/random/random.ts";
import { linear } from "../nn/layers/layers.ts";
import { initialize } from "../train/trainer.ts";
import { decisionModel } from "./decisionModel.ts";
import { imageWavelets } from "./language/imageWavelets.ts";
import { analyze, type ImageLanguage, type ImageLanguageOptions } from "./language/language.ts";
import type { Example } from "./model.ts";
import type { ModelChoice, ModelDefinition } from "./models.ts";
import { paperDefaults } from "./paper/imageModel.ts";
import { buildRun, type ImageConfig } from "./run.ts";
import { stateDefaults } from "./state/options.ts";
import { valueDefaults } from "./values/options.ts";

/** A picture with edges, a gradient and some noise, the same for the same arguments. */
export function testPicture(width: number, height: number, channels: 1 | 3): Raster {
  const data = new Uint8Array(width * height * channels);
  for (let i = 0; i < data.length; i++) {
    const x = Math.floor(i / channels) % width;
    const y = Math.floor(i / (channels * width));
    const disc = (x - width / 2) ** 2 + (y - height / 2) ** 2 < (Math.min(width, height) / 3) ** 2;
    const noise = Math.imul(i + 1, 0x9e3779b1) >>> 28;
    data[i] = (disc ? 180 : 40) + ((x + y * (i % channels)) % 48) + noise;
  }
  return { width, height, channels, data };
}

/** Pictures of one pixel up to `side` pixels a side. */
export function anyPicture(side: number): fc.Arbitrary<Raster> {
  const length = fc.integer({ min: 1, max: side });
  return fc
    .tuple(length, length, fc.constantFrom<1 | 3>(1, 3))
    .map(([width, height, channels]) => testPicture(width, height, channels));
}

/** Every combination of wavelet, vocabulary, reading, color and padding. */
export const anyOptions: fc.Arbitrary<ImageLanguageOptions> = fc.record({
  wavelet: fc.constantFrom(...imageWavelets),
  finest: fc.constantFrom(0.25, 0.125, 0.0625),
  vocabulary: fc.constantFrom(...vocabularies),
  reading: fc.constantFrom("A", "B"),
  color: fc.constantFrom("gray", "ycbcr"),
  padding: fc.constantFrom("zero", "edge"),
});

/** A picture of `seed`: a bright disc somewhere on a dark, slightly noisy ground. */
export function discPicture(
  width: number,
  height: number,
  channels: 1 | 3,
  seed: number | string,
): Raster {
  const random = createRandom(seed);
  const [x, y] = [random.uniform() * width, random.uniform() * height];
  const radius = (0.2 + 0.3 * random.uniform()) * Math.min(width, height);
  const data = Uint8Array.from({ length: width * height * channels }, (_, i) => {
    const pixel = Math.floor(i / channels);
    const inside = ((pixel % width) - x) ** 2 + (Math.floor(pixel / width) - y) ** 2 < radius ** 2;
    return (inside ? 200 - 40 * (i % channels) : 20) + random.integer(16);
  });
  return { width, height, channels, data };
}

/** Examples of a language, of two classes by turns, the same at every run. */
export function someExamples(language: ImageLanguage, count: number): Example[] {
  const channels = language.color === "gray" ? 1 : 3;
  return Array.from({ length: count }, (_, i) => ({
    coefficients: analyze(discPicture(language.width, language.height, channels, i), language),
    label: i % 2,
  }));
}

/** The models, as small as they can be. */
export const tinyModels: { readonly [K in ModelChoice["name"]]: ModelChoice & { name: K } } = {
  state: {
    name: "state",
    options: {
      ...stateDefaults,
      ...{ width: 16, depth: 2, summaryWidth: 16, cellWidth: 2, share: 1 / 2 },
      rows: { shape: 96, detail: 160 },
    },
  },
  values: { name: "values", options: { ...valueDefaults, width: 16, depth: 2, rows: 160 } },
  paper: { name: "paper", options: { ...paperDefaults, layers: 1, width: 16 } },
};

/** A language that a model learns. */
export const tinyLanguage = (model: string): ImageLanguageOptions =>
  model === "values"
    ? { wavelet: "haar", lossless: true, order: "coefficients" }
    : { wavelet: "haar", finest: 0.25 };

/** A model that is not built in: a small network that sees one decision at a time. Its batches hold a part of the decisions. */
export const tinyOwnModel: ModelDefinition<{ readonly width: number }> = {
  defaults: { width: 16 },
  build: (setting, { width }) =>
    decisionModel(setting, {
      features: 6,
      describe: ({ kind, level, plane, threshold, offset }, known, label) => [
        ...[kind, level, plane, label],
        ...[offset, offset - 1].map((i) => Math.abs(known[i] ?? 0) / threshold),
      ],
      logits: (p, x, vocabulary) =>
        linear(p.in("out"), linear(p.in("in"), x, width).gelu(), vocabulary),
      rate: { peak: 1e-2, warmup: 10, decayFrom: 0.4, floor: 0.02 },
      decisions: 200,
    }),
};

/** Pictures of discs in two classes, as they are loaded from a folder. */
export function loadedDiscs(
  count: number,
  { width = 8, height = 8, channels = 1 as 1 | 3, seed = "discs" } = {},
): LoadedImages {
  return {
    classNames: ["even", "odd"],
    rasters: Array.from({ length: count }, (_, i) =>
      discPicture(width, height, channels, `${seed} ${i}`),
    ),
    labels: Uint16Array.from({ length: count }, (_, i) => i % 2),
  };
}

/** A run of an untrained model of 10×8 pictures in color, with two classes; `own` replaces parts of its configuration. */
export function untrainedRun(own: Partial<ImageConfig> = {}, seed = 1) {
  const config: ImageConfig = {
    kind: "image",
    format: 2,
    model: tinyModels.state,
    language: { wavelet: "haar", finest: 0.25, color: "ycbcr" },
    ...{ width: 10, height: 8, fit: "resize", classNames: ["a", "b"] },
    startingPlanes: [{ "1": 3 }, { "0": 5 }],
    ...{ seed: 1, data: { path: "nowhere", images: 9 }, plan: { steps: 1 } },
    ...own,
  };
  const { language, model } = buildRun(config);
  const parameters = Float32Array.from(initialize(model.layout, createRandom(seed)));
  return { config, language, model, parameters };
}

/** Whether two lists of numbers are the same, bit for bit; the test runner's own comparison takes long for whole pictures. */
export const sameNumbers = (a: ArrayLike<number>, b: ArrayLike<number>): boolean =>
  a.length === b.length && Array.from(a).every((value, i) => Object.is(value, b[i]));
