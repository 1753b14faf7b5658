import { sizeOf } from "../../graph/index.ts";
import type { ParameterLayout } from "../../nn/parameters.ts";

/** Consecutive parameters of a layout. */
export interface Shard {
  /** The parameters as a layout of their own, which begins at 0. */
  readonly layout: ParameterLayout;
  /** Where they lie in the whole: elements from `start` to `end`. */
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts a layout between parameters into shards of about the same number of elements, in order. Optimizers such as Muon work
 * on whole matrices, so none is cut; where there are more shards than parameters, some are empty.
 */
export function shardsOf({ parameters, size }: ParameterLayout, count: number): readonly Shard[] {
  const ends = parameters.map(({ offset, shape }) => offset + sizeOf(shape));
  /** The end of a parameter that is nearest to a fraction of the whole. */
  const cut = (share: number) =>
    [0, ...ends].reduce((best, end) =>
      Math.abs(end - share * size) < Math.abs(best - share * size) ? end : best,
    );
  return Array.from({ length: count }, (_, i) => {
    const [start, end] = [cut(i / count), cut((i + 1) / count)];
    const own = parameters.filter(({ offset }) => offset >= start && offset < end);
    const moved = own.map((parameter) => ({ ...parameter, offset: parameter.offset - start }));
    return { layout: { parameters: moved, size: end - start }, start, end };
  });
}
