import {
  add,
  type Code,
  constant,
  get,
  lessThan,
  loadVector,
  loop,
  multiply,
  set,
  singles,
  storeLane,
  storeVector,
  zeroVector,
} from "../../wasm/assembler.ts";
import { addFloats, floats, multiplyFloats, spreadLane } from "../../wasm/floats.ts";
import { multiplyAdd } from "../../wasm/multiplyAdd.ts";
import { increase, type Kernel, numberBytes, range, until, vectorBytes } from "./kernel.ts";

/** Columns that are multiplied together: eight sums of four columns wait for no other, and fit into the registers. */
export const panelColumns = 32;

/** The columns of the panels of a matrix: 32 each, and narrower ones for those that are left. */
export function panelsOf(columns: number): readonly number[] {
  const whole = Math.floor(columns / panelColumns);
  const rest = Math.ceil((columns % panelColumns) / 4) * 4;
  return [...Array<number>(whole).fill(panelColumns), ...(rest > 0 ? [rest] : [])];
}

/**
 * A matrix `[depth, columns]` in the order in which {@link multiplyPanels} reads it: for each panel its bias, then its part of
 * each row. `at(k, n)` is a number of the matrix; columns beyond the last are zero.
 */
export function packPanels(
  depth: number,
  columns: number,
  at: (k: number, n: number) => number,
  bias: ArrayLike<number> | undefined,
): Float32Array<ArrayBuffer> {
  const panels = panelsOf(columns);
  const width = panels.reduce((sum, n) => sum + n, 0);
  const packed = new Float32Array((depth + 1) * width);
  let place = 0;
  let start = 0;
  for (const panel of panels) {
    for (let k = -1; k < depth; k++) {
      for (let n = start; n < start + panel; n++) {
        const value = n >= columns ? 0 : k < 0 ? (bias?.[n] ?? 0) : at(k, n);
        packed[place++] = value;
      }
    }
    start += panel;
  }
  return packed;
}

/** Numbers of a vector of `depth` that one turn of a loop takes. */
const turnOf = (depth: number, most: number): number =>
  [8, 4, 2].find((count) => count <= most && depth % count === 0) ?? 1;

/** Locals of {@link takeNumber}. */
interface Taken {
  /** The number, in all lanes. */
  readonly value: number;
  /** It and its neighbors. */
  readonly four: number;
}

/**
 * Takes the number k of those that lie at an address, of which a turn of a loop takes `turn` in their order. Where these are whole
 * vectors, four are loaded at once: products wait for loads more than for anything else.
 */
export function takeNumber(
  { value, four }: Taken,
  turn: number,
  k: number,
  at: Code,
  offset = 0,
): Code {
  if (turn % 4 !== 0) return set(value, singles.splat(at, offset + numberBytes * k));
  const load = k % 4 === 0 ? set(four, loadVector(at, offset + numberBytes * k)) : [];
  return [...load, ...set(value, spreadLane(get(four), k % 4))];
}

/** `(result, x, packed matrix, end of the result)`: a vector of `depth` numbers times panels of `columns` columns each, plus the bias. */
export function multiplyPanels(depth: number, columns: number): Kernel {
  const vectors = columns / 4;
  const [to, x, matrix, end, at, stop] = [0, 1, 2, 3, 4, 5];
  const sum = (i: number) => 6 + i;
  const [value, four] = [6 + vectors, 7 + vectors];
  const rowBytes = columns * numberBytes;
  const turn = turnOf(depth, 8);
  return {
    parameters: 4,
    integers: 2,
    vectors: vectors + 2,
    body: until(
      to,
      end,
      ...range(vectors).map((i) => set(sum(i), loadVector(get(matrix), vectorBytes * i))),
      increase(matrix, rowBytes),
      set(at, get(x)),
      set(stop, add(get(x), constant(depth * numberBytes))),
      until(
        at,
        stop,
        ...range(turn).flatMap((k) => [
          takeNumber({ value, four }, turn, k, get(at)),
          ...range(vectors).map((i) => {
            const weights = loadVector(get(matrix), rowBytes * k + vectorBytes * i);
            return set(sum(i), multiplyAdd(weights, get(value), get(sum(i))));
          }),
        ]),
        increase(at, turn * numberBytes),
        increase(matrix, turn * rowBytes),
      ),
      ...range(vectors).map((i) => storeVector(get(to), get(sum(i)), vectorBytes * i)),
      increase(to, rowBytes),
    ),
  };
}

/** Positions of a tile, and vectors of columns: eight sums, as in {@link multiplyPanels}. */
const tile = { rows: 2, vectors: 4 } as const;

/**
 * The same for `rows` vectors at once, `rowStep` bytes apart, as are their results: weights are read once for two of them.
 * `rows` is a multiple of two.
 */
export function multiplyPanelsOfRows(
  depth: number,
  columns: number,
  rows: number,
  rowStep: number,
): Kernel {
  const [to, x, matrix, end, at, stop, weights, results] = [0, 1, 2, 3, 4, 5, 6, 7];
  const sum = (row: number, i: number) => 8 + tile.vectors * row + i;
  const weight = (i: number) => 8 + tile.rows * tile.vectors + i;
  const value = weight(tile.vectors);
  const four = (row: number) => value + 1 + row;
  const rowBytes = columns * numberBytes;
  const turn = turnOf(depth, 4);
  const ofRows = range(tile.rows);
  const multiplyTile = (start: number, first: number): Code => {
    const ofTile = range(Math.min(tile.vectors, columns / 4 - start));
    const here = (i: number) => vectorBytes * (start + i);
    return [
      ...ofRows.flatMap((row) =>
        ofTile.flatMap((i) => set(sum(row, i), loadVector(get(matrix), here(i)))),
      ),
      ...set(weights, add(get(matrix), constant(rowBytes))),
      ...set(at, add(get(x), constant(first * rowStep))),
      ...set(stop, add(get(at), constant(depth * numberBytes))),
      ...until(
        at,
        stop,
        ...range(turn).flatMap((k) => [
          ...ofTile.map((i) => set(weight(i), loadVector(get(weights), rowBytes * k + here(i)))),
          ...ofRows.flatMap((row) => [
            takeNumber({ value, four: four(row) }, turn, k, get(at), rowStep * row),
            ...ofTile.map((i) =>
              set(sum(row, i), multiplyAdd(get(weight(i)), get(value), get(sum(row, i)))),
            ),
          ]),
        ]),
        increase(at, turn * numberBytes),
        increase(weights, turn * rowBytes),
      ),
      ...set(results, add(get(to), constant(first * rowStep))),
      ...ofRows.flatMap((row) =>
        ofTile.flatMap((i) => storeVector(get(results), get(sum(row, i)), rowStep * row + here(i))),
      ),
    ];
  };
  const firsts = range(rows / tile.rows).map((i) => i * tile.rows);
  const starts = range(Math.ceil(columns / 4 / tile.vectors)).map((i) => i * tile.vectors);
  return {
    parameters: 4,
    integers: 4,
    vectors: tile.rows * tile.vectors + tile.vectors + 1 + tile.rows,
    body: until(
      to,
      end,
      ...starts.flatMap((start) => firsts.map((first) => multiplyTile(start, first))),
      increase(matrix, (depth + 1) * rowBytes),
      increase(to, rowBytes),
    ),
  };
}

/** Numbers from one row and from one column of a matrix to the next. */
export type Steps = readonly [row: number, column: number];

/** `(result, a, b)`: `alpha` times a product of two matrices in any order of memory, number by number; for small ones. */
export function multiplyAny(
  [rows, depth, columns]: readonly [number, number, number],
  steps: { readonly a: Steps; readonly b: Steps },
  alpha: number,
): Kernel {
  const [to, a, b, row, column, k, p, q, total] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const times = (local: number, count: number, ...body: readonly Code[]): Code => [
    ...set(local, constant(0)),
    ...loop(lessThan(get(local), constant(count)), ...body, increase(local, 1)),
  ];
  const product = multiplyFloats(singles.splat(get(p)), singles.splat(get(q)));
  return {
    parameters: 3,
    integers: 5,
    vectors: 1,
    body: times(
      row,
      rows,
      times(
        column,
        columns,
        set(total, zeroVector),
        set(p, get(a)),
        set(q, add(get(b), multiply(get(column), constant(steps.b[1] * numberBytes)))),
        times(
          k,
          depth,
          set(total, addFloats(get(total), product)),
          increase(p, steps.a[1] * numberBytes),
          increase(q, steps.b[0] * numberBytes),
        ),
        storeLane(get(to), multiplyFloats(get(total), floats(alpha)), 0),
        increase(to, numberBytes),
      ),
      increase(a, steps.a[0] * numberBytes),
    ),
  };
}
