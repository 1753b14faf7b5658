import type { Random } from "../../data/random/random.ts";
import { shuffledForever } from "../../data/random/shuffle.ts";
import { UserError } from "../../errors/userError.ts";
import type { CorpusPart } from "./parts.ts";
import { evaluationWindows, trainingWindows, type Window } from "./windows.ts";

/** Windows of tokens as a model takes them: `batch` rows of `context` numbers, row-major. */
export interface TokenBatch {
  /**
   * The token before each target. Before a document's first token this is the start symbol, which is numbered after all
   * symbols; it also fills unused positions.
   */
  readonly inputs: Int32Array;
  /** The tokens to predict; -1, which no loss counts, after the end of a window. */
  readonly targets: Int32Array;
}

/** The shape of batches. */
export interface BatchShape {
  /** Tokens of a window. */
  readonly context: number;
  /** Windows of a batch. */
  readonly batch: number;
}

/**
 * The batches of a training: a pure function of `random` and the step (from 1), so that a resumed run sees the same ones.
 * Each epoch takes all `trainingWindows` in a new random order. Throws UserError where the part has fewer tokens than a
 * context window.
 */
export function trainingBatches(
  part: CorpusPart,
  { context, batch, random }: BatchShape & { readonly random: Random },
): (step: number) => Promise<TokenBatch> {
  const tokens = part.starts.at(-1)!; // a part has at least an end
  if (tokens < context) {
    throw new UserError(
      `${part.name} has ${tokens} tokens, fewer than a context window of ${context}`,
      "sizes-do-not-fit",
    );
  }
  const windows = trainingWindows(part.starts, context, random.fork("windows"));
  const order = shuffledForever(windows.count, random.fork("order"));
  return (step) => {
    const first = (step - 1) * batch;
    const rows = Array.from({ length: batch }, (_, row) =>
      windows.at(order(first + row), Math.floor((first + row) / windows.count)),
    );
    return readBatch(part, rows, { context, batch });
  };
}

/**
 * Every token of a part once, or `limit` of its windows, evenly spaced. The last batch may have rows without targets.
 */
export async function* evaluationBatches(
  part: CorpusPart,
  { limit, ...shape }: BatchShape & { readonly limit?: number | undefined },
): AsyncGenerator<TokenBatch, void, undefined> {
  const windows = evaluationWindows(part.starts, shape.context);
  const taken = Math.min(windows.count, limit ?? windows.count);
  for (let first = 0; first < taken; first += shape.batch) {
    const rows = Array.from({ length: Math.min(shape.batch, taken - first) }, (_, row) =>
      windows.at(Math.floor(((first + row) * windows.count) / taken), 0),
    );
    yield await readBatch(part, rows, shape);
  }
}

async function readBatch(
  part: CorpusPart,
  rows: readonly Window[],
  { context, batch }: BatchShape,
): Promise<TokenBatch> {
  const inputs = new Int32Array(batch * context).fill(part.symbols);
  const targets = new Int32Array(batch * context).fill(-1);
  await Promise.all(
    rows.map(async ({ start, length, opens }, row) => {
      const known = opens ? 0 : 1;
      const tokens = await part.read(start - known, known + length);
      inputs.set(tokens.subarray(0, -1), row * context + 1 - known);
      targets.set(tokens.subarray(known), row * context);
    }),
  );
  return { inputs, targets };
}
