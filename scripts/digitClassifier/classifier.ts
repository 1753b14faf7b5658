import { setImmediate } from "node:timers/promises";
import {
  createRandom,
  type LoadedImages,
  type Raster,
  readSafetensors,
  type StoredTensor,
  writeSafetensors,
} from "../../src/data/index.ts";
import { UserError } from "../../src/errors/index.ts";
import { sizeOf } from "../../src/graph/index.ts";
import { adamw, freeze } from "../../src/nn/index.ts";
import { compile } from "../../src/runtime/index.ts";
import { compileTrainer, initialize, warmupCosine } from "../../src/train/index.ts";
import { distort } from "./distort.ts";
import { classifierLayout, classifierObjective, classify, picturesInput } from "./model.ts";

/** A trained network and what it tells apart. */
export interface Classifier {
  /** Its pictures are gray squares of so many pixels a side. */
  readonly side: number;
  readonly classNames: readonly string[];
  /** All parameters, as `classifierLayout` places them. */
  readonly parameters: Float32Array;
}

/** Shares of test pictures recognized: how far a classifier can be trusted as a judge. */
export type Accuracy = {
  /** Of the pictures as they are. */
  readonly real: number;
  /** Of the same after encoding and decoding in the wavelet language. */
  readonly decoded: number;
};

export interface TrainingOptions {
  readonly epochs: number;
  readonly seed: number;
  readonly threads?: number;
  /** Called after each step, with its loss in bits per picture. */
  readonly onStep?: (step: number, bits: number) => void;
  readonly signal?: AbortSignal;
}

const batch = 200;
const rate = { peak: 2e-3, warmup: 300, floor: 0.001 };
const weightDecay = 0.05;

/** How many steps see each of `count` pictures `epochs` times. */
export const trainingSteps = (count: number, epochs: number): number =>
  Math.ceil((epochs * count) / batch);

/** Trains on pictures of one size, each distorted anew whenever it is seen. The seed decides everything. */
export async function trainClassifier(
  { rasters, labels, classNames }: LoadedImages,
  { epochs, seed, threads = 1, onStep, signal }: TrainingOptions,
): Promise<Classifier> {
  const side = sideOf(rasters);
  const random = createRandom(seed);
  const distortions = random.fork("distortions");
  const optimizer = adamw({ weightDecay });
  const trainer = await compileTrainer(
    classifierObjective(batch, { side, classes: classNames.length }),
    { optimizer, threads },
  );
  trainer.restore(
    {
      ...trainer.state(),
      parameters: initialize(trainer.layout, random.fork("parameters")),
    },
    0,
  );

  const pictures = new Float32Array(batch * side * side);
  const targets = new Int32Array(batch);
  const total = trainingSteps(rasters.length, epochs);
  let order: Uint32Array = new Uint32Array();
  let used = 0;
  for (let step = 1; step <= total; step++) {
    for (let i = 0; i < batch; i++) {
      if (used === order.length) {
        order = random.permutation(rasters.length);
        used = 0;
      }
      const index = order[used++]!;
      const place = pictures.subarray(i * side * side, (i + 1) * side * side);
      distort(rasters[index]!, distortions, place);
      targets[i] = labels[index]!;
    }
    const { loss } = await trainer.train(
      { pictures, labels: targets },
      warmupCosine(step, total, rate),
    );
    onStep?.(step, loss / Math.LN2);
    await setImmediate();
    signal?.throwIfAborted();
  }
  const parameters = trainer.state().parameters!.slice();
  await trainer.close();
  return { side, classNames, parameters };
}

/** The class of each picture, gray and of the classifier's size, as an index into the classifier's `classNames`. */
export async function recognize(
  classifier: Classifier,
  rasters: readonly Raster[],
  { threads = 1 }: { readonly threads?: number } = {},
): Promise<Uint16Array> {
  const { side, classNames, parameters } = classifier;
  const shape = { side, classes: classNames.length };
  const p = freeze(classifierLayout(shape), parameters);
  const logits = classify(p, picturesInput(batch, side), shape.classes);
  const executable = await compile({ best: logits.argMax(-1) }, { threads });
  const pictures = new Float32Array(batch * side * side);
  const found = new Uint16Array(rasters.length);
  for (let start = 0; start < rasters.length; start += batch) {
    const some = rasters.slice(start, start + batch);
    for (const [i, { data }] of some.entries()) {
      if (data.length !== side * side)
        throw new RangeError(
          `recognize: picture ${start + i} is not of ${side}×${side} gray pixels`,
        );
      for (let j = 0; j < data.length; j++) pictures[i * side * side + j] = data[j]! / 255;
    }
    const { best } = await executable.run({ pictures });
    for (let i = 0; i < some.length; i++) found[start + i] = Number(best[i]);
  }
  await executable.close();
  return found;
}

/** The side of pictures that are all squares of one size; a UserError where they are not. */
export function sideOf(rasters: readonly Raster[]): number {
  const side = rasters[0]?.width ?? 0;
  const odd = rasters.find(({ width, height }) => width !== side || height !== side);
  if (odd !== undefined)
    throw new UserError(
      `the pictures must be squares of one size, but one is ${odd.width}×${odd.height} pixels`,
    );
  return side;
}

/** The mark in the metadata of a classifier's file. */
const kind = "ondelette digit classifier";

/** Writes every parameter by name; the rest goes into the metadata. */
export function writeClassifier(
  path: string,
  classifier: Classifier,
  accuracy: Accuracy,
): Promise<void> {
  const { side, classNames, parameters } = classifier;
  const layout = classifierLayout({ side, classes: classNames.length });
  const tensors = layout.parameters.map(({ name, shape, offset }): [string, StoredTensor] => [
    name,
    { shape, data: parameters.slice(offset, offset + sizeOf(shape)) },
  ]);
  const metadata = {
    kind,
    side: `${side}`,
    classNames: JSON.stringify(classNames),
    accuracy: JSON.stringify(accuracy),
  };
  return writeSafetensors(path, { tensors: new Map(tensors), metadata });
}

/** Reads what `writeClassifier` wrote. */
export async function readClassifier(
  path: string,
): Promise<{ readonly classifier: Classifier; readonly accuracy: Accuracy }> {
  const { tensors, metadata } = await readSafetensors(path);
  if (metadata.kind !== kind)
    throw new UserError(`${path} holds no digit classifier; train.ts writes one`);
  const side = Number(metadata.side);
  const classNames: readonly string[] = JSON.parse(metadata.classNames ?? "[]");
  const accuracy: Accuracy = JSON.parse(metadata.accuracy ?? "{}");
  const layout = classifierLayout({ side, classes: classNames.length });
  const parameters = new Float32Array(layout.size);
  for (const { name, shape, offset } of layout.parameters) {
    const stored = tensors.get(name);
    if (!(stored?.data instanceof Float32Array) || stored.data.length !== sizeOf(shape))
      throw new UserError(
        `${path} holds a classifier of another build: “${name}” is not ${shape.join("×")}`,
      );
    parameters.set(stored.data, offset);
  }
  return { classifier: { side, classNames, parameters }, accuracy };
}
