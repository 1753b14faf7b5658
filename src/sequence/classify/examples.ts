import type { Random } from "../../data/random/random.ts";
import { shuffledForever } from "../../data/random/shuffle.ts";
import type { BatchShape } from "../corpus/batches.ts";

/** A sequence and the class it belongs to. */
export interface Example {
  /** At least one, each below the task's number of symbols. */
  readonly tokens: Uint8Array;
  /** Number of its class. */
  readonly label: number;
}

/** Examples by number; each is read or made when it is asked for, and is always the same. */
export interface Examples {
  /** Infinity where there is no end of them. */
  readonly count: number;
  at(index: number): Promise<Example>;
}

/** Examples as a classifier takes them, `batch` rows. */
export interface ExampleBatch {
  /** `[batch, context]`, row-major. What fills a row up, always at its end, is the number of symbols. */
  readonly inputs: Int32Array;
  /** `[batch]`: true tokens of each row. */
  readonly lengths: Int32Array;
  /** `[batch]`: classes; -1, which nothing counts, where a row is no example. */
  readonly labels: Int32Array;
}

/** The shape of batches, and how many symbols there are. */
export interface ExampleShape extends BatchShape {
  readonly symbols: number;
}

/**
 * The batches of a training: a pure function of `random` and the step (from 1), so that a resumed run sees the same. Each
 * epoch takes all examples in an order of its own; without end they come as they are.
 */
export function exampleBatches(
  examples: Examples,
  shape: ExampleShape,
  random: Random,
): (step: number) => Promise<ExampleBatch> {
  const order = Number.isFinite(examples.count)
    ? shuffledForever(examples.count, random)
    : (n: number) => n;
  return (step) => {
    const first = (step - 1) * shape.batch;
    const rows = Array.from({ length: shape.batch }, (_, row) => order(first + row));
    return readExamples(examples, rows, shape);
  };
}

/** The examples of some numbers once, in order; the last batch may have rows that are none. */
export async function* examplesInOrder(
  examples: Examples,
  indices: readonly number[],
  shape: ExampleShape,
): AsyncGenerator<ExampleBatch, void, undefined> {
  for (let first = 0; first < indices.length; first += shape.batch) {
    yield await readExamples(examples, indices.slice(first, first + shape.batch), shape);
  }
}

async function readExamples(
  examples: Examples,
  indices: readonly number[],
  { batch, context, symbols }: ExampleShape,
): Promise<ExampleBatch> {
  const inputs = new Int32Array(batch * context).fill(symbols);
  const lengths = new Int32Array(batch).fill(1);
  const labels = new Int32Array(batch).fill(-1);
  await Promise.all(
    indices.map(async (index, row) => {
      const { tokens, label } = await examples.at(index);
      inputs.set(tokens.subarray(0, context), row * context);
      lengths[row] = Math.min(tokens.length, context);
      labels[row] = label;
    }),
  );
  return { inputs, lengths, labels };
}
