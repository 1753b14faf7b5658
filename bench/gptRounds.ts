import { adamw } from "../src/nn/optimizers/adamw.ts";
import { compileTrainer } from "../src/train/trainer.ts";
import { gptStart, layout, objective } from "../test/gptStep.ts";

/** The training step of a small GPT (forward, backward, clipping, AdamW), ready to be timed here. */
export async function openGptRounds(threads: number): Promise<() => Promise<number>> {
  const { feeds, parameters } = gptStart();
  const trainer = await compileTrainer(objective, { optimizer: adamw(), clip: 1, threads });
  const zero = new Float32Array(layout.size);
  trainer.restore({ parameters, m: zero, v: zero }, 0);
  await trainer.train(feeds, 1e-3);
  /** The least milliseconds of some steps: what the machine does besides only adds to them. */
  return async () => {
    const times: number[] = [];
    for (let step = 0; step < stepsOfRound; step++) {
      const start = performance.now();
      await trainer.train(feeds, 1e-3);
      times.push(performance.now() - start);
    }
    return Math.min(...times);
  };
}

const stepsOfRound = 8;
