/**
 * Drawing of sequences: tokens per second of CPU time, of one sequence on one thread, at sizes of docs/sequences.md. Within the context
 * a token costs one step, and V8 still compiles; beyond it a full context starts again from its half, so that for every token another
 * one is fed again. Weights are random, those that start at zero too. What draws: the ways to compute a step, or with `--against` the
 * library in another folder, such as an older one; both draw in turns, and the ratios of neighbors are told beside the rates, since a
 * busy machine slows both down.
 *
 *     npm run bench -- sampling [--rounds 5] [--sizes sound] [--mixings none --mixings haar-8] [--design rotary]
 *     git worktree add ../before v0.9 && npm run bench -- sampling --sizes sound --mixings haar,canon --against ../before
 */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { createRandom } from "../src/data/index.ts";
import { input } from "../src/graph/index.ts";
import { stepperNames } from "../src/nn/decoding/decoder.ts";
import { layoutOf } from "../src/nn/index.ts";
import { designNames } from "../src/sequence/design.ts";
import type { SequenceSize } from "../src/sequence/model.ts";
import { initialize } from "../src/train/trainer.ts";
import { median } from "./measure.ts";

const sizes: Readonly<Record<string, SequenceSize>> = {
  text: { layers: 4, heads: 3, width: 96, context: 128, symbols: 27 },
  notes: { layers: 4, heads: 4, width: 128, context: 256, symbols: 388 },
  sound: { layers: 4, heads: 4, width: 128, context: 512, symbols: 256 },
};

/** The parts of a checkout of this library that draw. */
interface Library {
  readonly mixingOf: typeof import("../src/sequence/mixings.ts").mixingOf;
  readonly sequenceModel: typeof import("../src/sequence/model.ts").sequenceModel;
  readonly drawSequence: typeof import("../src/sequence/sample.ts").drawSequence;
}

async function libraryIn(folder: string): Promise<Library> {
  const part = (path: string) => import(pathToFileURL(resolve(folder, "src/sequence", path)).href);
  const [mixings, model, sample] = await Promise.all(
    ["mixings.ts", "model.ts", "sample.ts"].map(part),
  );
  return { ...mixings, ...model, ...sample };
}

interface Way {
  readonly name: string;
  readonly library: Library;
  readonly stepper: (typeof stepperNames)[number];
}

export async function main(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      rounds: { type: "string", default: "5" },
      sizes: { type: "string", multiple: true, default: Object.keys(sizes) },
      mixings: { type: "string", multiple: true, default: ["none", "haar-8"] },
      design: { type: "string", default: "gpt2" },
      against: { type: "string" },
    },
  });
  const rounds = Number(values.rounds);
  const design = designNames.find((name) => name === values.design);
  if (!design) throw new Error(`there is no design "${values.design}"`);
  const here = await libraryIn(".");
  const ways: readonly Way[] =
    values.against === undefined
      ? stepperNames.map((stepper) => ({ name: stepper, library: here, stepper }))
      : [
          { name: "this", library: here, stepper: "vectors" },
          { name: "other", library: await libraryIn(values.against), stepper: "vectors" },
        ];
  console.log(`tokens per second of CPU time, median of ${rounds} alternating rounds`);
  console.log("size   context  mixing      by       within  beyond  first : this, beyond");
  for (const name of values.sizes) {
    const size = sizes[name];
    if (!size) throw new Error(`there is no size "${name}": ${Object.keys(sizes).join(", ")}`);
    for (const mixing of values.mixings) {
      const draws = ways.map((way) => drawing({ ...size, design }, mixing, way));
      const rates = ways.map(() => ({ within: [] as number[], beyond: [] as number[] }));
      for (let round = 0; round < rounds; round++) {
        for (const [i, draw] of draws.entries()) {
          const { within, beyond } = await draw();
          rates[i]!.within.push(within); // one a way
          rates[i]!.beyond.push(beyond); // one a way
        }
      }
      for (const [i, way] of ways.entries()) {
        const { within, beyond } = rates[i]!; // one a way
        const shown = [within, beyond].map((list) => median(list).toFixed(0).padEnd(6)).join("  ");
        const ratio = median(rates[0]!.beyond.map((rate, round) => rate / beyond[round]!)); // as many
        console.log(
          `${name.padEnd(6)} ${String(size.context).padEnd(8)} ${mixing.padEnd(11)} ${way.name.padEnd(8)} ${shown}  ${ratio.toFixed(2)}`,
        );
      }
    }
  }
}

/** Draws tokens from random weights; beyond the context V8 has compiled everything before the clock starts. */
function drawing(size: SequenceSize, name: string, { library, stepper }: Way) {
  const { mixingOf, sequenceModel, drawSequence } = library;
  const mixing = mixingOf(name);
  const inputs = input("inputs", [1, 8], "int32");
  const layout = layoutOf((p) => sequenceModel(p, inputs, size, mixing));
  const random = createRandom(2);
  const parameters = Float32Array.from(
    initialize(layout, createRandom(1)),
    (value) => value || 0.05 * (random.uniform() - 0.5),
  );
  const run = { size, mixing, layout, parameters };
  return async () => {
    const { context } = size;
    /** Tokens per second from one token to another of a sequence that ends there. */
    const rate = async (from: number, to: number) => {
      let start = 0;
      const onToken = (tokens: number) => {
        if (tokens === from) start = cpuSeconds();
      };
      await drawSequence(run, { seed: 1, threads: 1, stepper, onToken, length: to });
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
