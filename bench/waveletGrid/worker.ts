/**
 * One side of the sweep: times the library whose index is named by the variable LIBRARY. Reads a question as one line of JSON,
 * answers with the milliseconds of processor time of a call.
 */
import { createInterface } from "node:readline";
import { createRandom } from "../../src/data/index.ts";
import type { FloatArray } from "../../src/wavelets/index.ts";
import { processorMs } from "../measure.ts";
import type { Cell } from "./cells.ts";
import { type Library, tasks } from "./tasks.ts";

/** What is asked: a cell, and for how long it is to be measured. */
export interface Question {
  readonly cell: Cell;
  readonly ms: number;
  /** Whether calls overwrite the arrays of an earlier result, where the function can. */
  readonly into: boolean;
}

const library: Library = await import(process.env.LIBRARY ?? "../../src/wavelets/index.ts");

function dataOf({ type, shape }: Cell): FloatArray {
  const random = createRandom(1);
  const data = new (type === "float32" ? Float32Array : Float64Array)(
    shape.reduce((size, n) => size * n, 1),
  );
  for (let i = 0; i < data.length; i++) data[i] = random.normal();
  return data;
}

/** Milliseconds of processor time of so many calls. */
function time(run: () => unknown, calls: number): number {
  const start = processorMs();
  for (let i = 0; i < calls; i++) run();
  return processorMs() - start;
}

let last = { key: "", run: (): unknown => undefined, each: 0 };

console.log(JSON.stringify({ version: process.version }));
for await (const line of createInterface({ input: process.stdin })) {
  const { cell, ms, into }: Question = JSON.parse(line);
  const key = JSON.stringify(cell);
  if (key !== last.key) {
    const run = tasks[cell.kind]!(library, cell, dataOf(cell), into); // both sides have all kinds
    // Warm up until a call is long or there were many: the compiler takes its time where calls are short.
    let each = 0;
    for (let [calls, used] = [1, 0]; used < 10 * ms && calls < 16_384; calls *= 2) {
      const own = time(run, calls);
      used += own;
      each = own / calls;
    }
    last = { key, run, each };
  }
  const calls = Math.max(1, Math.min(100_000, Math.round(ms / Math.max(last.each, 1e-4))));
  console.log(JSON.stringify({ ms: time(last.run, calls) / calls }));
}
