import type { Watch } from "./parts.ts";
import type { Settings, Work } from "./work.ts";

/** A part with what JSON would lose: NaN, an infinity, a typed array. */
export interface SquaresPart {
  readonly squares: readonly number[];
  readonly bytes: Float64Array;
  readonly none: number;
}

/** Squares of the numbers up to `items`; `seen` hears which piece is computed. */
export function squares(
  items: number,
  {
    together = 3,
    settings = {},
    seen = () => {},
  }: {
    readonly together?: number;
    readonly settings?: Settings;
    readonly seen?: (first: number) => void;
  } = {},
): Work<SquaresPart> {
  return {
    settings: { power: 2, ...settings },
    ...{ items, together },
    async compute({ first, end }, report) {
      seen(first);
      const numbers = Array.from({ length: end - first }, (_, k) => (first + k) ** 2);
      report(end - first);
      return {
        squares: numbers,
        bytes: Float64Array.from(numbers, Math.sqrt),
        none: first === 0 ? Number.NaN : Number.NEGATIVE_INFINITY,
      };
    },
  };
}

/** Nobody watches. */
export const unwatched: Watch = { report() {}, signal: new AbortController().signal };

/** All parts, in their order. */
export async function listOf<T>(parts: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const part of parts) all.push(part);
  return all;
}
