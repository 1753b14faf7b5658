/**
 * Drawing of sequences: tokens per second of CPU time, of one sequence on one thread, by both ways to compute a step, at sizes of
 * docs/sequences.md. Within the context a token costs one step, and V8 still compiles; beyond it a full context starts again from its
 * half, so that for every token another one is fed again.
 *
 *     npm run bench -- sampling [--rounds 5] [--mixings none --mixings haar-8] [--design rotary]
 */
import { parseArgs } from "node:util";
import { createRandom } from "../src/data/index.ts";
import { input } from "../src/graph/index.ts";
import { stepperNames } from "../src/nn/decoding/decoder.ts";
import { layoutOf } from "../src/nn/index.ts";
import { designNames } from "../src/sequence/design.ts";
import { mixingOf } from "../src/sequence/mixings.ts";
import { type SequenceSize, sequenceModel } from "../src/sequence/model.ts";
import { drawSequence } from "../src/sequence/sample.ts";
import { initialize } from "../src/train/trainer.ts";
import { median } from "./measure.ts";

const sizes: Readonly<Record<string, SequenceSize>> = {
  text: { layers: 4, heads: 3, width: 96, context: 128, symbols: 27 },
  notes: { layers: 4, heads: 4, width: 128, context: 256, symbols: 388 },
  sound: { layers: 4, heads: 4, width: 128, context: 512, symbols: 256 },
};

export async function main(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      rounds: { type: "string", default: "5" },
      mixings: { type: "string", multiple: true, default: ["none", "haar-8"] },
      design: { type: "string", default: "gpt2" },
    },
  });
  const rounds = Number(values.rounds);
  console.log(`tokens per second of CPU time, median of ${rounds} alternating rounds`);
  console.log("size   context  mixing  steps by  within  beyond");
  const design = designNames.find((name) => name === values.design);
  if (!design) throw new Error(`there is no design "${values.design}"`);
  for (const [name, size] of Object.entries(sizes)) {
    for (const mixing of values.mixings) {
      const draw = drawing({ ...size, design }, mixing);
      const rates = stepperNames.map(() => ({ within: [] as number[], beyond: [] as number[] }));
      for (let round = 0; round < rounds; round++) {
        for (const [i, stepper] of stepperNames.entries()) {
          const { within, beyond } = await draw(stepper);
          rates[i]!.within.push(within); // one a stepper
          rates[i]!.beyond.push(beyond); // one a stepper
        }
      }
      for (const [i, stepper] of stepperNames.entries()) {
        const { within, beyond } = rates[i]!; // one a stepper
        const shown = [within, beyond].map((list) => median(list).toFixed(0).padEnd(6)).join("  ");
        console.log(
          `${name.padEnd(6)} ${String(size.context).padEnd(8)} ${mixing.padEnd(7)} ${stepper.padEnd(9)} ${shown}`,
        );
      }
    }
  }
}

/** Draws tokens from random weights; beyond the context V8 has compiled everything before the clock starts. */
function drawing(size: SequenceSize, name: string) {
  const mixing = mixingOf(name);
  const inputs = input("inputs", [1, 8], "int32");
  const layout = layoutOf((p) => sequenceModel(p, inputs, size, mixing));
  const parameters = new Float32Array(initialize(layout, createRandom(1)));
  const run = { size, mixing, layout, parameters };
  return async (stepper: (typeof stepperNames)[number]) => {
    const { context } = size;
    const options = { seed: 1, threads: 1, stepper };
    /** Tokens per second from one token to another of a sequence that ends there. */
    const rate = async (from: number, to: number) => {
      let start = 0;
      const onToken = (tokens: number) => {
        if (tokens === from) start = cpuSeconds();
      };
      await drawSequence(run, { ...options, onToken, length: to });
      return (to - from) / (cpuSeconds() - start);
    };
    const beyond = await rate(2 * context, 6 * context);
    return { within: await rate(1, context), beyond };
  };
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
