import type { Values } from "./trainable.ts";

/** Metrics of a step and the number of examples that they are a mean of. */
interface Entry {
  readonly metrics: Values;
  readonly weight: number;
}

/** Weighted means of the metrics of the last `window` steps. */
export interface Means {
  /** Adds one step's metrics, of so many examples. */
  add(metrics: Values, weight: number): void;
  /** The means of what the window holds; `undefined` where it is empty. */
  means(): Values | undefined;
  /** Empties the window. */
  clear(): void;
}

/** An empty window of so many steps. */
export function createMeans(window = Number.POSITIVE_INFINITY): Means {
  let entries: Entry[] = [];
  return {
    add(metrics, weight) {
      entries.push({ metrics, weight });
      if (entries.length > window) entries.shift();
    },
    means() {
      if (entries.length === 0) return undefined;
      const total = entries.reduce((sum, { weight }) => sum + weight, 0);
      const sums: Record<string, number> = {};
      for (const { metrics, weight } of entries) {
        for (const [key, value] of Object.entries(metrics)) {
          sums[key] = (sums[key] ?? 0) + (value * weight) / total;
        }
      }
      return sums;
    },
    clear() {
      entries = [];
    },
  };
}
