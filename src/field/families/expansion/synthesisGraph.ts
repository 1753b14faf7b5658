import { concat, type Tensor } from "../../../graph/index.ts";
import { type DyadicGrid, lengthAt, levelOf } from "./dyadicGrid.ts";
import { atomScheme } from "./gridTransform.ts";

/**
 * `synthesize` as a graph: from a mosaic of coefficients, `[…grid.size, channels]` in the order of `mosaicPlace`, to values on
 * the grid. Wavelets of the finest `without` levels are left out; with `grid.depth`, all wavelets are.
 */
export function synthesisGraph(mosaic: Tensor, grid: DyadicGrid, without: number): Tensor {
  const box = (level: number) =>
    grid.size.map((size, axis) => lengthAt(size, levelOf(grid.levels[axis]!, level)));
  let values = cut(
    mosaic,
    box(grid.depth).map((length) => [0, length]),
  );
  for (let level = grid.depth - 1; level >= 0; level--) {
    const [low, all] = [box(level + 1), box(level)];
    const details = level >= without;
    /** The part of this level's box with even (false) or odd (true) positions along the axes fixed so far; all along the others. */
    const merged = (odd: readonly boolean[]): Tensor | undefined => {
      const axis = odd.length;
      if (axis < grid.size.length) {
        const even = merged([...odd, false]);
        if (even === undefined || low[axis] === all[axis]) return even;
        return join(even, merged([...odd, true]), axis);
      }
      if (!odd.includes(true)) return values;
      const range = (isOdd: boolean, k: number) => (isOdd ? [low[k]!, all[k]!] : [0, low[k]!]);
      return details ? cut(mosaic, odd.map(range)) : undefined;
    };
    values = merged([]) ?? values;
  }
  return values;
}

/** A box of a tensor, by the range along each of its first axes. */
const cut = (x: Tensor, ranges: readonly (readonly number[])[]): Tensor =>
  ranges.reduce((part, [from = 0, to], axis) => part.slice(axis, from, to), x);

/** The factors of the four lifting steps of CDF 9/7. */
const [predict = 0, update = 0, predict2 = 0, update2 = 0] = atomScheme.steps.map(
  ({ coefficients }) => coefficients[0],
);

/** Inverts one split along an axis: interleaves low (even) and high (odd) coefficients; absent odd ones are 0. */
function join(even: Tensor, odd: Tensor | undefined, axis: number): Tensor {
  const { shape } = even;
  const count = shape[axis]!;
  const outer = shape.slice(0, axis).reduce((a, b) => a * b, 1);
  const inner = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  /** The sum of both neighbors of each odd position. */
  const aroundOdd = (s: Tensor) => s.slice(1, 0, -1).add(s.slice(1, 1));
  /** The sum of both neighbors of each even position, mirrored at the ends. */
  const aroundEven = (d: Tensor) => {
    const wide = concat([d.slice(1, 0, 1), d, d.slice(1, -1)], 1);
    return wide.slice(1, 0, -1).add(wide.slice(1, 1));
  };
  let s = even.reshape([outer, count, inner]).mul(1 / atomScheme.lowScale);
  let d = odd?.reshape([outer, count - 1, inner]).mul(1 / atomScheme.highScale);
  if (d) s = s.sub(aroundEven(d).mul(update2));
  const ofSides = aroundOdd(s).mul(-predict2);
  d = d ? d.add(ofSides) : ofSides;
  s = s.sub(aroundEven(d).mul(update));
  d = d.sub(aroundOdd(s).mul(predict));
  const pairs = concat(
    [s, d.pad(1, 0, 1)].map((x) => x.reshape([outer, count, 1, inner])),
    2,
  );
  return pairs
    .reshape([outer, 2 * count, inner])
    .slice(1, 0, -1)
    .reshape(shape.map((length, k) => (k === axis ? 2 * count - 1 : length)));
}
