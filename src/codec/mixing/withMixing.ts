import type { Mixing } from "./mixing.ts";
import { openMixing } from "./openMixing.ts";

/** Mixings that nobody uses, and that know nothing: one at most, so that little memory lies idle. */
const idle: Mixing[] = [];

/**
 * The result of work with a mixing that knows nothing. It belongs to the work until that returns, and is forgotten and used again
 * afterwards: opening one costs as much as several thousand questions. Work inside of work gets another.
 */
export function withMixing<T>(work: (mixing: Mixing) => T): T {
  const mixing = idle.pop() ?? openMixing();
  try {
    return work(mixing);
  } finally {
    mixing.reset();
    if (idle.length === 0) idle.push(mixing);
  }
}
