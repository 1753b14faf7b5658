import { input, sizeOf, type Tensor } from "../../graph/index.ts";
import type { Cell } from "../../runtime/steps/stepGraph.ts";
import { type Past, singlePosition } from "./past.ts";

/** One quantity that a decoder remembers between positions, and how. */
export interface PastLine {
  /** Names of the graph's input and output. */
  readonly name: string;
  readonly output: string;
  /** What the graph is fed at the next position. */
  readonly feed: Float32Array;
  /** What the graph writes: the value of this position. */
  readonly fresh: Float32Array<ArrayBuffer>;
  /** Takes the value of this position in. */
  advance(position: number): void;
}

/** The past of a graph that is run position by position: the lines it reads, in the order they were asked for. */
export interface RecordedPast extends Past {
  /** Outputs that the graph must have, by name. */
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** One line for each quantity; made once, they outlive the graph. */
  lines(): PastLine[];
  /** The same for an executor that keeps them itself. */
  readonly cells: Cell[];
}

/** Collects what a model asks of its past while its graph is built. */
export function recordPast(): RecordedPast {
  const outputs: Record<string, Tensor> = {};
  const made: (() => PastLine)[] = [];
  const cells: Cell[] = [];
  const newLine = (like: Tensor, remember: (size: number) => Remember) => {
    const name = `past${made.length}`;
    const size = sizeOf(like.shape);
    made.push(() => lineOf(name, size, remember(size)));
    return { name, before: input(name, like.shape, like.dtype) };
  };
  const past = singlePosition({
    ago(x, lags) {
      const width = x.shape.at(-1) ?? 1;
      const each = typeof lags === "number" ? Array<number>(width).fill(lags) : lags;
      if (each.every((lag) => lag === 0)) return x;
      if (!each.every((lag) => lag >= 1)) {
        throw new RangeError(`ago: lags must all be 0 or all 1 and more, not ${each.join(", ")}`);
      }
      const { name, before } = newLine(x, delayLine(each));
      outputs[outputOf(name)] = x;
      cells.push({ kind: "delay", before, x, lags: each });
      return before;
    },
    carried(next, like) {
      const { name, before } = newLine(like, () => (feed, fresh) => feed.set(fresh));
      const now = next(before);
      outputs[outputOf(name)] = now;
      cells.push({ kind: "carried", before, now });
      return now;
    },
  });
  return { ...past, outputs, cells, lines: () => made.map((make) => make()) };
}

/** Brings `feed` from what it was at a position to what it is at the next, given the value of this one. */
type Remember = (feed: Float32Array, fresh: Float32Array, position: number) => void;

function lineOf(name: string, size: number, remember: Remember): PastLine {
  const feed = new Float32Array(size);
  const fresh = new Float32Array(size);
  const advance = (position: number) => remember(feed, fresh, position);
  return { name, output: outputOf(name), feed, fresh, advance };
}

const outputOf = (line: string): string => `${line}.new`;

/** A ring of the last values; feature i is read `lags[i]` positions late, zero before the start. */
function delayLine(lags: readonly number[]): (size: number) => Remember {
  const length = lags.reduce((most, lag) => Math.max(most, lag), 1);
  return (size) => {
    const ring = new Float32Array(length * size);
    return (feed, fresh, position) => {
      ring.set(fresh, (position % length) * size);
      for (let i = 0; i < size; i++) {
        const then = position + 1 - lags[i % lags.length]!; // rows of as many features as lags
        feed[i] = then < 0 ? 0 : ring[(then % length) * size + i]!; // within the ring
      }
    };
  };
}
