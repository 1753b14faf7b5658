import { field, image, sequence, train } from "../../src/browser.ts";
import { createRandom } from "../../src/data/random/random.ts";
import type { BuiltField } from "../../src/field/field.ts";
import { fieldTrainable } from "../../src/field/fit/trainable.ts";
import { input } from "../../src/graph/index.ts";
import { createImageClassifier } from "../../src/image/classify/run.ts";
import { imageClassifierTrainable } from "../../src/image/classify/trainable.ts";
import { loadedDiscs, testPicture, tinyLanguage, tinyModels } from "../../src/image/testing.ts";
import { gpt } from "../../src/nn/layers/gpt.ts";
import { crossEntropy } from "../../src/nn/layers/losses.ts";
import { adamw } from "../../src/nn/optimizers/adamw.ts";
import { layoutOf, type Scope } from "../../src/nn/parameters.ts";
import type { CompileOptions } from "../../src/runtime/index.ts";
import type { Trainable } from "../../src/train/trainable.ts";
import { arenaNames, initialize } from "../../src/train/trainer.ts";
import { openTrainers } from "../../src/train/trainers.ts";

/** A training as small as it can be. */
export type Training = Pick<Trainable, "layout" | "optimizer" | "objective" | "batches" | "start">;

/** A GPT with more tokens than a product sums the rows of its embedding's gradient for. */
function tinyGpt(): Training {
  const [batch, length, vocabulary] = [2, 8, 150];
  const tokens = input("tokens", [batch, length], "int32");
  const targets = input("targets", [batch, length], "int32");
  const options = { layers: 2, heads: 2, width: 16, vocabulary, context: length };
  const objective = (p: Scope) => ({
    loss: crossEntropy(gpt(p, tokens, options), targets).mean,
    metrics: {},
  });
  return {
    layout: layoutOf(objective),
    optimizer: adamw(),
    objective: () => objective,
    batches: (random) => {
      const ids = () =>
        Int32Array.from({ length: batch * length }, () => random.integer(vocabulary));
      const feeds = { tokens: ids(), targets: ids() };
      return () => ({ shape: batch, feeds, examples: batch * length });
    },
  };
}

async function tinyImage(name: keyof typeof tinyModels): Promise<Training> {
  const images = loadedDiscs(12);
  const config = await image.createRun(train.memoryStore("discs"), images, {
    ...{ model: tinyModels[name], language: tinyLanguage(name), fit: "resize" as const },
    ...{ seed: 5, path: "discs", plan: { steps: 8 } },
  });
  return image.imageTrainable(config, images, {});
}

function tinyClassifier(): Training {
  const images = loadedDiscs(12, { width: 10, height: 10 });
  const config = createImageClassifier(images, {
    ...{ color: "gray", resize: false, seed: 1, path: "discs", plan: { steps: 1 } },
    options: { channels: 8, blocks: 1, batch: 4 },
  });
  return imageClassifierTrainable(config, images);
}

async function tinySequence(mixing: (typeof sequence.mixingNames)[number]): Promise<Training> {
  const text = "the cat sat on the mat and the rat sat on the hat. ".repeat(12);
  const { config, corpus } = await sequence.createSequenceInMemory(
    { train: [sequence.memoryDocument("cats", text)], valid: [] },
    {
      ...{ path: "cats", kind: "chars", seed: 1, plan: { steps: 3 } },
      options: { mixing, layers: 2, heads: 2, width: 8, context: 8, batch: 4, peak: 0.03 },
    },
  );
  return sequence.sequenceTrainable(sequence.buildSequence(config), corpus, config.options);
}

/** Families of fields that are trained. */
const trainedFamilies = field.familyNames.filter((name) => field.families[name].kind === "trained");

function tinyField(model: (typeof trainedFamilies)[number]): Training {
  const signal = field.pictureSignal(testPicture(16, 12, 1));
  const config = field.createField(signal, {
    ...{ path: "the picture", model, parameters: 800, seed: 1 },
    training: { plan: { steps: 3 }, batch: 64 },
  });
  const built = field.buildField(field.families[model], config.size) as Extract<
    BuiltField,
    { readonly family: { readonly kind: "trained" } }
  >;
  // From random numbers: what is solved fits so well that its loss is rounding alone.
  const { start: _, ...training } = fieldTrainable(built as never, signal, config.training!);
  return training;
}

/** The trainings that every device is tried on. */
export const trainings: Readonly<Record<string, () => Training | Promise<Training>>> = {
  "a GPT": tinyGpt,
  ...Object.fromEntries(
    (["state", "paper", "values"] as const).map((name) => [
      `an image model ${name}`,
      () => tinyImage(name),
    ]),
  ),
  "a classifier of images": tinyClassifier,
  ...Object.fromEntries(
    sequence.mixingNames.map((name) => [`a sequence model ${name}`, () => tinySequence(name)]),
  ),
  ...Object.fromEntries(trainedFamilies.map((name) => [`a field ${name}`, () => tinyField(name)])),
};

/** Some steps of a training: each one's loss and norm of the gradient, and the parameters at the end. */
export async function someSteps(training: Training, steps: number, options: CompileOptions) {
  const { layout, optimizer } = training;
  const random = createRandom(3);
  const parameters = training.start ? await training.start(random) : initialize(layout, random);
  const zeros = arenaNames(optimizer).map((name) => [name, new Float32Array(layout.size)] as const);
  const arenas = {
    ...Object.fromEntries(zeros),
    parameters: Float32Array.from(parameters),
  } as Parameters<typeof openTrainers>[1]["arenas"];
  const batches = training.batches(random);
  await using trainers = openTrainers(
    training as Trainable,
    { arenas, step: 0 },
    {
      ...options,
      stays: options.device === "webgpu",
    },
  );
  const losses: number[] = [];
  const norms: number[] = [];
  const shapes = new Set<number>();
  for (let step = 1; step <= steps; step++) {
    const batch = await batches(step);
    shapes.add(batch.shape);
    const trainer = await trainers.of(batch.shape);
    const { loss = Number.NaN, gradientNorm = Number.NaN } = await trainer.train(batch.feeds, 1e-3);
    losses.push(loss);
    norms.push(gradientNorm);
  }
  return {
    losses,
    norms,
    shapes,
    parameters: Float32Array.from((await trainers.home()).parameters!),
  };
}

/** The batches of the first steps of a training, one of each shape. */
export async function shapesOf(training: Training): Promise<ReadonlyMap<number, number>> {
  const batches = training.batches(createRandom(3));
  const first = new Map<number, number>();
  for (let step = 1; step <= 30; step++) {
    const { shape } = await batches(step);
    if (!first.has(shape)) first.set(shape, step);
  }
  return first;
}
