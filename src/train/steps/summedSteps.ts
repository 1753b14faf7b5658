import type { Communicator } from "../../mpi/communicator.ts";
import type { CompileOptions } from "../../runtime/compile.ts";
import type { Checkpoint } from "../checkpoint.ts";
import type { BatchShape, Trainable } from "../trainable.ts";
import { arenaNames } from "../trainer.ts";
import { addInto } from "./addInto.ts";
import { compileGradient, type GradientSession } from "./gradientSession.ts";
import { createGathering, createSums } from "./rankNumbers.ts";
import { shardsOf } from "./shards.ts";
import { type Parts, partsOf, type Steps } from "./steps.ts";
import { compileUpdate } from "./updateSession.ts";

export interface SummedOptions extends CompileOptions {
  /** Whether each rank keeps the optimizer's state of a part of the parameters only; all of it by default. */
  readonly shardOptimizer?: boolean;
  /** Largest Euclidean norm of a gradient; larger ones are scaled down. */
  readonly clip?: number;
}

/**
 * Steps of several ranks, or of several batches of one: each rank computes the gradient of its batches, the sum over ranks
 * divided by all examples is that of the whole batch, and the optimizer makes the same step on every rank; or each rank makes
 * it for its part of the parameters and sends them to the others (Rajbhandari et al. 2020, ZeRO stage 1 and 2).
 */
export async function summedSteps(
  model: Trainable,
  start: Checkpoint,
  { count, batchOf }: Parts,
  ranks: Communicator,
  { shardOptimizer = false, clip = 1, ...compileOptions }: SummedOptions,
): Promise<Steps> {
  const { layout, optimizer } = model;
  const { rank, size } = ranks;
  const names = arenaNames(optimizer);
  const shards = shardsOf(layout, size);
  const own = shards[rank]!; // a shard a rank
  const starts = [...shards.map((shard) => shard.start), layout.size];
  const updated = shardOptimizer ? own : { layout, start: 0, end: layout.size };
  const ofUpdated = (arena: Float32Array<ArrayBuffer>) =>
    arena.subarray(updated.start, updated.end);

  // Two sets of arrays, one to read and one to write. The parameters are whole, the optimizer's state may be a shard.
  const whole = new Float32Array(layout.size);
  const arraysOf = (arenas: Checkpoint["arenas"]) =>
    names.map((name, i) => {
      const arena = arenas[name] ?? whole;
      return i === 0 ? Float32Array.from(arena) : Float32Array.from(ofUpdated(arena));
    });
  let [current, spare] = [arraysOf(start.arenas), arraysOf({})];
  const sum = new Float32Array(layout.size);
  const next = new Float32Array(count > size ? layout.size : 0); // only where a rank has several batches
  const update =
    updated.layout.size > 0
      ? await compileUpdate(optimizer, updated.layout, names, compileOptions)
      : undefined;
  const forUpdate = ([parameters, ...slots]: readonly Float32Array<ArrayBuffer>[]) => [
    ofUpdated(parameters!), // the first arena
    ...slots,
  ];
  const gatherMeans = createGathering(ranks);
  const compiled = new Map<BatchShape, GradientSession>();
  const gradientOf = async (shape: BatchShape) => {
    const known = compiled.get(shape);
    if (known) return known;
    const session = await compileGradient(model.objective(shape), layout, compileOptions);
    compiled.set(shape, session);
    return session;
  };

  /** The gradients of this rank's batches, each times its examples, summed in `sum`; and what the rank has to say of them. */
  const compute = async (step: number) => {
    const begun = performance.now();
    const sums = createSums();
    const numbers = partsOf(step, count, ranks);
    if (numbers.length === 0) sum.fill(0);
    for (const [i, number] of numbers.entries()) {
      const batch = await batchOf(number);
      const session = await gradientOf(batch.shape);
      const metrics = await session.run(current[0]!, batch, i === 0 ? sum : next); // the parameters
      if (i > 0) addInto(sum, next);
      sums.add(metrics, batch.examples);
    }
    return sums.numbers((performance.now() - begun) / 1000);
  };

  return {
    prepare: async (step) => {
      for (const part of partsOf(step, count, ranks)) await gradientOf((await batchOf(part)).shape);
    },
    lastOfRound: (first) => first,
    async take(first, _last, rateAt) {
      const taken = await gatherMeans(await compute(first));
      await (shardOptimizer ? ranks.sumParts(sum, starts) : ranks.sum(sum));
      const squares = await ranks.exchange(Float64Array.of(squareSum(sum, own.start, own.end)));
      const gradientNorm = Math.sqrt(squares.reduce((a, b) => a + b)) / taken.examples;
      const scale = Math.min(1, clip / (gradientNorm + 1e-6)) / taken.examples;
      const step = { number: first, rate: rateAt(first), scale };
      await update?.run(step, forUpdate(current), ofUpdated(sum), forUpdate(spare));
      if (shardOptimizer) await ranks.shareParts(spare[0]!, starts); // the parameters
      [current, spare] = [spare, current];
      return { ...taken, metrics: { ...taken.metrics, gradientNorm } };
    },
    async state() {
      const [parameters, ...slots] = current;
      if (!shardOptimizer) return Object.fromEntries(names.map((name, i) => [name, current[i]!])); // as many
      const arenas: Record<string, Float32Array<ArrayBuffer>> = { parameters: parameters! };
      for (const [i, slot] of slots.entries()) {
        const all = new Float32Array(layout.size);
        all.set(slot, own.start);
        await ranks.shareParts(all, starts);
        arenas[names[i + 1]!] = all; // after the parameters
      }
      return arenas;
    },
    async [Symbol.asyncDispose]() {
      await update?.[Symbol.asyncDispose]();
      for (const session of compiled.values()) await session[Symbol.asyncDispose]();
    },
  };
}

/** The sum of squares of a range, in 64 bits. */
function squareSum(values: Float32Array, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum += values[i]! ** 2;
  return sum;
}
