import type { Random } from "../../data/random/random.ts";

/** Consecutive tokens that a model is trained or scored on at once; a window lies within one document. */
export interface Window {
  /** The first token to be predicted. */
  readonly start: number;
  /** Number of tokens to be predicted, 1 … context. */
  readonly length: number;
  /** Whether it begins its document, so that no token precedes its first one. */
  readonly opens: boolean;
}

/** All windows of a part of a corpus. */
export interface Windows {
  readonly count: number;
  /** Window `index`, 0 … count - 1, in an epoch (from 0). */
  at(index: number, epoch: number): Window;
}

/** A document of at most so many windows gets no extra one for shifting, which would waste a ninth of them or more. */
const fewWindows = 8;

/**
 * The windows for evaluation: each document is cut every `context` tokens from its beginning, the same in every epoch.
 * `starts` is where the documents begin and the last ends.
 */
export function evaluationWindows(starts: Float64Array, context: number): Windows {
  return cut(starts, context, {
    count: (tokens) => Math.ceil(tokens / context),
    shift: () => 0,
  });
}

/**
 * The windows for training. Every epoch predicts each token once, and cuts each document at other positions. The windows
 * of a document hold slightly more than its tokens; each epoch draws how the slack is split between the first and the
 * last window, which shifts all cuts. A document that fits one window is that window.
 *
 * A document of many windows gets one more where the slack would be less than half a context window. The number of windows
 * does not depend on what is drawn, so that the epoch and the windows of a step are known without replaying earlier steps.
 */
export function trainingWindows(starts: Float64Array, context: number, random: Random): Windows {
  const count = (tokens: number) => {
    const least = Math.ceil(tokens / context);
    const room = least * context - tokens;
    return least > fewWindows && room + 1 < context / 2 ? least + 1 : least;
  };
  return cut(starts, context, {
    count,
    shift(document, tokens, epoch) {
      const windows = count(tokens);
      if (windows <= 1) return 0;
      // No window is empty: neither the first nor the last can take a whole context of the room.
      const room = windows * context - tokens;
      const least = Math.max(0, room - (context - 1));
      const most = Math.min(room, context - 1);
      return least + random.fork(`cut ${epoch} ${document}`).integer(most - least + 1);
    },
  });
}

/** How documents are cut. */
interface Rule {
  /** Windows of a document of so many tokens. */
  count(tokens: number): number;
  /** By how many tokens the first window of a document is shortened and all others are moved forward. */
  shift(document: number, tokens: number, epoch: number): number;
}

function cut(starts: Float64Array, context: number, rule: Rule): Windows {
  if (!Number.isSafeInteger(context) || context < 1) throw new RangeError(`context: ${context}`);
  const tokensOf = (document: number) => starts[document + 1]! - starts[document]!; // document < documents
  const documents = starts.length - 1;
  /** Number of the windows before each document, and of all. */
  const before = new Float64Array(documents + 1);
  for (let document = 0; document < documents; document++) {
    before[document + 1] = before[document]! + rule.count(tokensOf(document)); // within the array
  }
  return {
    count: before[documents]!, // its last entry
    at(index, epoch) {
      const document = lastAtMost(before, index);
      const tokens = tokensOf(document);
      const end = (index - before[document]! + 1) * context - rule.shift(document, tokens, epoch); // document is one of them
      const first = Math.max(0, end - context);
      return {
        start: starts[document]! + first, // document is one of them
        length: Math.min(tokens, end) - first,
        opens: first === 0,
      };
    },
  };
}

/** The last index of ascending values whose value is at most `limit`. */
function lastAtMost(values: Float64Array, limit: number): number {
  let low = 0;
  let high = values.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (values[middle]! <= limit)
      low = middle; // middle < length
    else high = middle;
  }
  return low;
}
