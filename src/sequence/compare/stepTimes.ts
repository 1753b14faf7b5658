import { createRandom } from "../../data/random/random.ts";
import type { CompileOptions } from "../../runtime/index.ts";
import { compileTrainer, initialize } from "../../train/trainer.ts";
import type { MixingName } from "../mixings.ts";
import { buildSequence, type SequenceConfig } from "../run.ts";
import { objectiveOf, optimizer } from "../train.ts";

const warmup = 3;
const rounds = 25;

/**
 * Seconds of a training step of each model, the median of many. The models take turns, one step each, so that a slow
 * moment of the machine strikes all alike: seconds that runs of different hours took cannot be compared.
 */
export async function stepTimes(
  configs: ReadonlyMap<MixingName, SequenceConfig>,
  options: CompileOptions & { readonly signal: AbortSignal },
): Promise<Map<MixingName, number>> {
  const opened: AsyncDisposable[] = [];
  try {
    return await interleaved(configs, options, opened);
  } finally {
    for (const trainer of opened) await trainer[Symbol.asyncDispose]();
  }
}

async function interleaved(
  configs: ReadonlyMap<MixingName, SequenceConfig>,
  options: CompileOptions & { readonly signal: AbortSignal },
  opened: AsyncDisposable[],
): Promise<Map<MixingName, number>> {
  const contenders: { name: MixingName; step: () => Promise<unknown>; times: number[] }[] = [];
  for (const [name, config] of configs) {
    const { batch, context } = config.options;
    const objective = objectiveOf(buildSequence(config), batch);
    const trainer = await compileTrainer(objective, { ...options, optimizer });
    opened.push(trainer);
    const random = createRandom(config.seed);
    const zero = new Float32Array(trainer.layout.size);
    const parameters = initialize(trainer.layout, random);
    trainer.restore({ parameters, m: zero, v: zero }, 0);
    const ids = Int32Array.from({ length: batch * context }, () => random.integer(config.symbols));
    const feeds = { inputs: ids, targets: ids };
    contenders.push({ name, times: [], step: () => trainer.train(feeds, 1e-3) });
  }
  for (let round = 0; round < warmup + rounds; round++) {
    for (const { step, times } of contenders) {
      options.signal.throwIfAborted();
      const start = performance.now();
      await step();
      if (round >= warmup) times.push((performance.now() - start) / 1000);
    }
  }
  const median = (times: readonly number[]) =>
    times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
  return new Map(contenders.map(({ name, times }) => [name, median(times)]));
}
