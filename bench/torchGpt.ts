import { existsSync } from "node:fs";
import { openPython, type Python } from "../scripts/openPython.ts";
import { defaultDecay } from "../src/nn/optimizers/adamw.ts";
import type { Arrays } from "../src/runtime/index.ts";
import { batch, layout, length, options } from "../test/gptStep.ts";

/** How a training starts. */
export interface TorchStart {
  readonly feeds: Arrays;
  readonly arena: Float32Array;
  readonly learningRate: number;
}

/** Steps whose losses are compared before anything is timed, and how far apart they may be. */
const [witnesses, bound] = [4, 1e-4];

const advice =
  "PyTorch is not here, and is left out; on Debian: apt-get install python3-torch libopenblas0";

/**
 * PyTorch's training steps of the GPT of `test/gptStep.ts`, in a process for each number of threads, whose waiting threads sleep as
 * ours do. Undefined, with a line that says how to get it, where Debian's Python does not have it. Throws where its products are
 * those of the reference BLAS, which is sixteen times slower than OpenBLAS.
 */
export async function openTorch(counts: readonly number[], start: TorchStart) {
  const python = "/usr/bin/python3";
  if (!existsSync("/usr/lib/python3/dist-packages/torch")) {
    console.log(advice);
    return undefined;
  }
  const peers = new Map<number, Python>();
  const times = new Map<number, { readonly wall: number[]; readonly processor: number[] }>();
  let losses: readonly number[] = [];
  let version = "";
  for (const threads of counts) {
    const peer = await openPython(python, new URL("./torchGpt.py", import.meta.url), {
      packages: ["torch"],
      environment: {
        ...{ OMP_WAIT_POLICY: "passive", OMP_NUM_THREADS: `${threads}` },
        OPENBLAS_NUM_THREADS: `${threads}`,
      },
    });
    peers.set(threads, peer);
    times.set(threads, { wall: [], processor: [] });
    const blas = (peer.greeting.blas as readonly string[]).filter((path) => /blas/.test(path));
    version = `PyTorch ${peer.greeting.version} with ${blas.map((path) => path.split("/").at(-1)).join(", ")}`;
    if (!blas.some((path) => /openblas|blis|mkl/.test(path))) {
      throw new Error(`${version} has slow products; apt-get install libopenblas0 helps`);
    }
    const send = (values: ArrayBufferView) =>
      Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("base64");
    const { layers, heads, width } = options;
    const question = {
      ...{ layers, heads, width, shape: [batch, length], decay: defaultDecay },
      learningRate: start.learningRate,
      tokens: send(start.feeds.tokens!), // fed under these names
      targets: send(start.feeds.targets!), // as above
      parameters: send(start.arena),
      layout: layout.parameters.map(({ name, shape, offset }) => ({ name, shape, offset })),
    };
    losses = (await peer.ask({ start: question, steps: witnesses })).losses;
  }
  return {
    losses,
    times,
    /** One turn of every process: `steps` steps after one that warms the caches up. */
    async round(steps: number) {
      for (const [threads, peer] of peers) {
        const answer = await peer.ask({ steps: steps + 1 });
        const mean = (all: readonly number[]) => all.slice(1).reduce((a, b) => a + b) / steps;
        const { wall, processor } = times.get(threads)!; // one a peer
        wall.push(mean(answer.ms));
        processor.push(mean(answer.processorMs));
      }
    },
    /** That the losses of the first steps are PyTorch's, in words; throws where they are not. */
    witness(ours: readonly number[]): string {
      const apart = Math.max(...ours.map((loss, i) => Math.abs(loss - losses[i]!) / loss)); // as many
      const both = `${version}: losses of the first ${witnesses} steps ${losses.map((x) => x.toFixed(5)).join(", ")}`;
      if (!(apart < bound)) throw new Error(`${both}, but here ${ours.join(", ")}`);
      return `${both}, here at most ${apart.toExponential(0)} apart`;
    },
    async [Symbol.asyncDispose]() {
      for (const peer of peers.values()) await peer[Symbol.asyncDispose]();
    },
  };
}
