/**
 * This side of the scripts: the functions of examples/16 to 20, on the sources. Reads a question as one line of JSON, answers with
 * milliseconds of processor time of a call and a few numbers of the result.
 */
import "../../test/sourceHook.ts";
import { createInterface } from "node:readline";
import type { BestBasis, Matrix, NdArray } from "../../src/wavelets/index.ts";
import { processorMs } from "../measure.ts";

/** What is asked: a script, and how many calls are timed. */
export interface Question {
  readonly script: string;
  readonly calls: number;
}

/** A script on its data, and a few numbers of its result. */
interface Task {
  readonly size: number;
  run(data: Float64Array): unknown;
  digest(result: never): readonly number[];
}

const { log } = console;
console.log = () => {}; // what the examples print when they are loaded
/** The exports of an example. */
const example = async <T>(name: string): Promise<T> =>
  import(new URL(`../../examples/${name}.ts`, import.meta.url).href);
const { denoised } = await example<{
  denoised(picture: Matrix<Float64Array>): Matrix<Float64Array>;
}>("16-shrink-a-picture");
const signals = await example<{ compressed(signal: Float64Array, share: number): Float64Array }>(
  "17-compress-a-signal",
);
const { basisOf } = await example<{ basisOf(signal: Float64Array): BestBasis }>(
  "18-best-basis-of-a-chirp",
);
const { loudest } = await example<{
  loudest(
    signal: Float64Array,
    scales: readonly number[],
    rate: number,
  ): { modulus: number; frequency: number; sample: number };
}>("19-ridge-of-a-scalogram");
const volumes = await example<{
  compressed(volume: NdArray<Float64Array>, share: number): NdArray<Float64Array>;
}>("20-compress-a-volume");
console.log = log;

const scales = Array.from({ length: 100 }, (_, i) => 2 * 128 ** (i / 99));

const norm = (values: Float64Array): readonly number[] => {
  let sum = 0;
  for (const value of values) sum += value ** 2;
  return [Math.sqrt(sum)];
};
const ofArray = ({ data }: { readonly data: Float64Array }) => norm(data);

/** The scripts; their twins are in scripts.py. */
const tasks: Readonly<Record<string, Task>> = {
  denoise: {
    size: 512 * 512,
    run: (data) => denoised({ height: 512, width: 512, data }),
    digest: ofArray,
  },
  compress: { size: 2 ** 18, run: (data) => signals.compressed(data, 0.05), digest: norm },
  "best basis": {
    size: 16_384,
    run: basisOf,
    digest: ({ cost, paths }: BestBasis) => [cost, paths.length],
  },
  scalogram: {
    size: 16_384,
    run: (data) => loudest(data, scales, 1024),
    digest: ({ modulus, frequency, sample }: ReturnType<typeof loudest>) => [
      modulus,
      frequency,
      sample,
    ],
  },
  volume: {
    size: 96 * 128 * 128,
    run: (data) => volumes.compressed({ shape: [96, 128, 128], data }, 0.1),
    digest: ofArray,
  },
};

/** A wave of rising frequency with noise: the same numbers as in scripts.py. */
const dataOf = (count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => {
    const noise = ((Math.abs(Math.sin(i + 1)) * 43_758.5453) % 1) - 0.5;
    return Math.sin(i * (0.001 + i * (0.4 / count))) + 0.3 * noise;
  });

const warmed = new Set<string>();
console.log(JSON.stringify({ version: process.version }));
for await (const line of createInterface({ input: process.stdin })) {
  const { script, calls }: Question = JSON.parse(line);
  const { size, run, digest } = tasks[script]!; // both sides have all scripts
  const data = dataOf(size);
  // The first calls are slower, until the compiler has had its time; a library that is used has had it.
  const first = warmed.has(script) ? 1 : 20;
  warmed.add(script);
  for (let i = 0; i < first; i++) run(data);
  const start = processorMs();
  let result: unknown;
  for (let i = 0; i < calls; i++) result = run(data);
  const ms = (processorMs() - start) / calls;
  console.log(JSON.stringify({ ms, digest: digest(result as never) })); // of its own script
}
