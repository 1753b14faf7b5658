import type { Random } from "../../data/random/random.ts";
import { shuffle, shuffledForever } from "../../data/random/shuffle.ts";
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

/** Examples as a classifier takes them, `batch` rows of one length. */
export interface ExampleBatch {
  /** `[batch, length]`, row-major. What fills a row up, always at its end, is the number of symbols. */
  readonly inputs: Int32Array;
  /** `[batch]`: true tokens of each row. */
  readonly lengths: Int32Array;
  /** `[batch]`: classes; -1, which nothing counts, where a row is no example. */
  readonly labels: Int32Array;
}

/** Positions of a batch's rows. */
export const lengthOf = ({ inputs, labels }: ExampleBatch): number => inputs.length / labels.length;

/** The shape of the longest batches, and how many symbols there are. */
export interface ExampleShape extends BatchShape {
  readonly symbols: number;
}

/** Rows are filled up to one of so many lengths, evenly up to the window: each is a graph of its own. */
const lengthSteps = 8;

/** Examples of so many batches are put in order of their length, so that a batch has those that are about as long. */
const together = 8;

/**
 * The batches of a training: a pure function of `random` and the step (from 1), so that a resumed run sees the same. Each
 * epoch takes all examples in an order of its own; without end they come as they are. Examples about as long come
 * together, eight batches at a time, and these in a random order: attention costs the square of the length, and a
 * step of ListOps with all rows filled up to the window of 2,000 takes twice the time.
 */
export function exampleBatches(
  examples: Examples,
  shape: ExampleShape,
  random: Random,
): (step: number) => Promise<ExampleBatch> {
  const order = Number.isFinite(examples.count)
    ? shuffledForever(examples.count, random)
    : (n: number) => n;
  let known: { readonly block: number; readonly batches: Promise<ExampleBatch[]> } | undefined;
  return async (step) => {
    const block = Math.floor((step - 1) / together);
    if (known?.block !== block) {
      const size = together * shape.batch;
      const rows = Array.from({ length: size }, (_, row) => order(block * size + row));
      const turns = random.fork(`block ${block}`);
      const read = batchesByLength(examples, rows, shape);
      known = { block, batches: read.then((batches) => shuffle(batches, turns)) };
    }
    return (await known.batches)[(step - 1) % together]!; // as many as there are turns
  };
}

/** The examples of some numbers once; those about as long come together, and the last rows may be none. */
export async function* examplesInOrder(
  examples: Examples,
  indices: readonly number[],
  shape: ExampleShape,
): AsyncGenerator<ExampleBatch, void, undefined> {
  const size = 8 * together * shape.batch;
  for (let first = 0; first < indices.length; first += size) {
    yield* await batchesByLength(examples, indices.slice(first, first + size), shape);
  }
}

/** Reads examples and puts them into batches, the shortest first. */
async function batchesByLength(
  examples: Examples,
  indices: readonly number[],
  shape: ExampleShape,
): Promise<ExampleBatch[]> {
  const all = await Promise.all(indices.map((index) => examples.at(index)));
  const sorted = all.toSorted((a, b) => a.tokens.length - b.tokens.length);
  return Array.from({ length: Math.ceil(sorted.length / shape.batch) }, (_, i) =>
    batchOf(sorted.slice(i * shape.batch, (i + 1) * shape.batch), shape),
  );
}

function batchOf(
  examples: readonly Example[],
  { batch, context, symbols }: ExampleShape,
): ExampleBatch {
  const cut = examples.map(({ tokens }) => tokens.subarray(0, context));
  const longest = Math.max(...cut.map((tokens) => tokens.length));
  const steps = Math.ceil((longest * lengthSteps) / context);
  const length = Math.max(2, Math.ceil((steps * context) / lengthSteps)); // a mixing needs two positions
  const inputs = new Int32Array(batch * length).fill(symbols);
  const lengths = new Int32Array(batch).fill(1);
  const labels = new Int32Array(batch).fill(-1);
  cut.forEach((tokens, row) => {
    inputs.set(tokens, row * length);
    lengths[row] = tokens.length;
    labels[row] = examples[row]?.label ?? -1;
  });
  return { inputs, lengths, labels };
}
