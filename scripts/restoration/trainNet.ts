import { createRandom, type Random } from "../../src/data/index.ts";
import { constant, input, type Tensor } from "../../src/graph/index.ts";
import type { RestorationWeights } from "../../src/image/compression/restoration/weightRows.ts";
import { adamw, type Scope, uniform, zeros } from "../../src/nn/index.ts";
import type { CompileOptions } from "../../src/runtime/index.ts";
import { type Trainable, train, trainable } from "../../src/train/index.ts";
import type { Samples } from "./samples.ts";
import { symmetriesOf } from "./symmetries.ts";

/** Classes of coefficients. */
const classes = 6;
/** Classes that have direct weights of their own: nothing found, ±1, and all others. */
const directClasses = 3;
/** Which of them each class belongs to. */
const directOf = [0, 0, 0, 0, 1, 2];

/**
 * out = Σ a[class]_j clip(Σ W_ji x_i) + Σ s[class]_i x_i, clipped to ±1: x [batch, inputs], kinds [batch], the classes, to [batch].
 */
function restorationNet(p: Scope, x: Tensor, kinds: Tensor, hidden: number): Tensor {
  const inputs = x.shape[1]!; // a matrix
  const kind = kinds.oneHot(classes);
  const grouping = directOf.flatMap((k) =>
    Array.from({ length: directClasses }, (_, i) => +(i === k)),
  );
  const group = kind.matmul(constant(Float32Array.from(grouping), [classes, directClasses]));
  const units = x
    .matmul(p.get("hidden", [inputs, hidden], uniform(0.12)))
    .maximum(-1)
    .minimum(1);
  const weights = kind.matmul(p.get("outputs", [classes, hidden], uniform(0.05)));
  const direct = x.matmul(p.get("direct", [inputs, directClasses], zeros));
  return units.mul(weights).sum(1).add(direct.mul(group).sum(1));
}

export interface NetTraining extends CompileOptions {
  readonly hidden: number;
  readonly isDiagonal: boolean;
  readonly steps: number;
  /** Samples of a step. */
  readonly batch: number;
  /** Highest learning rate. */
  readonly rate: number;
  readonly seed: number;
  /** Called after every step with the mean loss of recent ones. */
  report?(step: number, loss: number): void;
}

/** Trains a net on samples, each mirrored and turned at random. The result is rounded to 4096ths. */
export async function trainNet(
  samples: readonly Samples[],
  { hidden, isDiagonal, steps, batch, rate, seed, report, ...engine }: NetTraining,
): Promise<RestorationWeights> {
  const model = trainableNet(samples, { hidden, isDiagonal, batch, rate, seed });
  const { parameters, layout } = await train(
    model,
    { steps },
    {
      ...{ ...engine, seed },
      report: ({ step, metrics: { loss = Number.NaN } }) => report?.(step, loss),
    },
  );
  const matrix = (name: string) => {
    const found = layout.parameters.find((parameter) => parameter.name === name)!; // a parameter of the net
    const [height = 0, width = 0] = found.shape;
    return (row: number, column: number) => {
      const rounded = Math.round(4096 * parameters[found.offset + row * width + column]!);
      if (Math.abs(rounded) > 32767) throw new RangeError(`a weight of ${name} is too large`);
      return { rounded, height, width };
    };
  };
  const count = samples[0]!.count; // one or more
  const table = (height: number, width: number, at: (i: number, j: number) => number) =>
    Array.from({ length: height }, (_, i) => Array.from({ length: width }, (_, j) => at(i, j)));
  const [first, outputs, direct] = [matrix("hidden"), matrix("outputs"), matrix("direct")];
  return {
    hidden: table(hidden, count, (i, j) => first(j, i).rounded),
    outputs: table(classes, hidden, (i, j) => outputs(i, j).rounded),
    direct: table(directClasses, count, (i, j) => direct(j, i).rounded),
  };
}

function trainableNet(
  samples: readonly Samples[],
  { hidden, isDiagonal, batch, rate, seed }: Omit<NetTraining, "steps">,
): Trainable {
  const count = samples[0]!.count; // one or more
  /** Where each group of samples begins among all. */
  const starts: number[] = [];
  for (let i = 0, start = 0; i < samples.length; start += samples[i++]!.size) starts.push(start);
  const deck = deckOf(samples, createRandom(seed).fork("deck"));
  const symmetries = combinations(symmetriesOf(isDiagonal), count);
  const x = input("inputs", [batch, count]);
  const kinds = input("kinds", [batch], "int32");
  const targets = input("targets", [batch]);
  const feeds = {
    inputs: new Float32Array(batch * count),
    kinds: new Int32Array(batch),
    targets: new Float32Array(batch),
  };
  return trainable({
    loss: (p) => restorationNet(p, x, kinds, hidden).sub(targets).square().mean(),
    batchSize: batch,
    optimizer: adamw({ beta2: 0.999, weightDecay: 0 }),
    rate: { peak: rate, warmup: 200, decayFrom: 0.1, floor: 0.01 },
    batch(_, random) {
      for (let i = 0; i < batch; i++) {
        const drawn = deck[random.integer(deck.length)]!; // within it
        const group = starts.findLastIndex((start) => start <= drawn);
        const own = samples[group]!; // of all that are drawn from
        const at = drawn - starts[group]!; // as many
        const symmetry = symmetries[random.integer(symmetries.length)]!; // one of them
        for (let k = 0; k < count; k++)
          feeds.inputs[i * count + k] = own.inputs[at * count + symmetry[k]!]! / 16;
        feeds.kinds[i] = own.kinds[at]!;
        feeds.targets[i] = own.targets[at]!;
      }
      return feeds;
    },
  });
}

/** Samples by number, each about as often as its weight says: what is heavy is drawn more often instead of counting more. */
function deckOf(samples: readonly Samples[], random: Random): Int32Array {
  const total = samples.reduce((sum, { size }) => sum + size, 0);
  const heaviness = samples.reduce(
    (sum, { weights }) => sum + weights.reduce((own, x) => own + x, 0),
    0,
  );
  const scale = (fineness * total) / heaviness;
  const deck = new Int32Array(fineness * total * 2);
  let [length, number] = [0, 0];
  for (const { weights } of samples)
    for (const weight of weights) {
      const times = Math.floor(scale * weight + random.uniform()); // the right number on average
      for (let k = 0; k < times; k++) deck[length++] = number;
      number++;
    }
  return deck.subarray(0, length);
}

/** How often a sample of mean weight is in a deck. */
const fineness = 4;

/** All that can be made of symmetries: each is used or not, one after another. */
function combinations(symmetries: readonly Int32Array[], count: number): readonly Int32Array[] {
  let all = [Int32Array.from({ length: count }, (_, i) => i)];
  for (const symmetry of symmetries)
    all = [...all, ...all.map((before) => before.map((i) => symmetry[i]!))];
  return all;
}
