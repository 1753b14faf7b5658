import {
  add,
  and,
  type Code,
  constant,
  get,
  integers,
  lessThan,
  loadInteger,
  loadVector,
  loop,
  multiply,
  set,
  shiftLeft,
  shiftRight,
  singles,
  splatInteger,
  storeInteger,
  storeVector,
  subtract,
  zeroVector,
} from "../../wasm/assembler.ts";
import {
  acrossLanes,
  addFloats,
  divideFloats,
  greatestFloats,
  higherOf,
  lessOrEqualIntegers,
  multiplyFloats,
  selectBits,
  subtractFloats,
} from "../../wasm/floats.ts";
import { multiplyAdd } from "../../wasm/multiplyAdd.ts";
import { exponentialOfDifference } from "./functions.ts";
import {
  type Constants,
  increase,
  type Kernel,
  numberBytes,
  range,
  until,
  vectorBytes,
  withConstants,
} from "./kernel.ts";

/** Positions whose keys lie side by side, number by number, so that the scores of four come out of one vector. */
export const positionsOfBlock = 16;
const bitsOfPosition = 4;
const vectorsOfBlock = positionsOfBlock / 4;

/** A width that is filled up to whole vectors. */
const filled = (depth: number): number => 4 * Math.ceil(depth / 4);

/** Bytes of the keys of one head in a block of positions, `[depth, 16]`, and of the values, `[16, filled depth]`. */
const keyBytes = (depth: number): number => depth * positionsOfBlock * numberBytes;
const valueBytes = (depth: number): number => filled(depth) * positionsOfBlock * numberBytes;

/** Bytes that a block of positions needs for scores, which all heads use one after another. */
export const scoreBytes = positionsOfBlock * numberBytes;

/** Bytes that a block of positions needs in each of the regions of some heads: keys of the first, its values, keys of the next … */
export const regionsOf = (heads: number, depth: number): readonly number[] =>
  range(heads).flatMap(() => [keyBytes(depth), valueBytes(depth)]);

/** Below every score. */
const lowest = -3e38;

/** Locals of {@link attend} and {@link remember}. */
const [to, q, k, v, scores, keys, capacity, position, toEnd] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
const [values, at, end, from, place, own] = [9, 10, 11, 12, 13, 14];
const attendIntegers = 6;

const blockOfPosition = shiftRight(get(position), bitsOfPosition);

/** Finds the values of one head, and puts its new key and value into the cache. */
function rememberCode(depth: number): Code {
  const rowBytes = filled(depth) * numberBytes;
  return [
    ...set(values, add(get(keys), multiply(get(capacity), constant(keyBytes(depth))))),
    ...set(own, and(get(position), constant(positionsOfBlock - 1))),
    ...set(place, add(get(keys), multiply(blockOfPosition, constant(keyBytes(depth))))),
    ...increase(place, shiftLeft(get(own), 2)),
    ...range(depth).flatMap((i) =>
      storeInteger(get(place), loadInteger(get(k), numberBytes * i), scoreBytes * i),
    ),
    ...set(place, add(get(values), multiply(get(position), constant(rowBytes)))),
    ...range(depth).flatMap((i) =>
      storeInteger(get(place), loadInteger(get(v), numberBytes * i), numberBytes * i),
    ),
  ];
}

/** On to the next head. */
const nextHead = (depth: number): readonly Code[] => [
  ...[to, q, k, v].map((local) => increase(local, depth * numberBytes)),
  set(keys, add(get(values), multiply(get(capacity), constant(valueBytes(depth))))),
];

/** The part of {@link attend}, with the same parameters, that puts keys and values into the cache. */
export function remember(depth: number): Kernel {
  return {
    ...{ parameters: 9, integers: attendIntegers, vectors: 0 },
    body: until(to, toEnd, rememberCode(depth), ...nextHead(depth)),
  };
}

/** Values are summed in so many vectors at a time. */
const mostSums = 8;

/**
 * `(result, q, k, v, scores, keys, capacity, position, end of the result)`: softmax(q Kᵀ / √depth) V of each head over all
 * positions up to this one, whose own `k` and `v` go into the cache first. The cost grows with the position. `keys` and, for all
 * heads, `scores` are regions with room for `capacity` blocks of 16 positions; each head's region of keys is followed by that of
 * its values.
 */
export const attend = (depth: number): Kernel => withConstants((c) => attendWith(depth, c));

function attendWith(depth: number, c: Constants): Kernel {
  const sum = (i: number) => 9 + attendIntegers + i;
  const [value, total, first] = [sum(mostSums), sum(mostSums + 1), sum(mostSums + 2)];
  const width = filled(depth);
  const f = exponentialOfDifference;
  const across = (local: number, combine: (a: Code, b: Code) => Code) =>
    acrossLanes(local, combine, get, set);

  /** Runs over the scores of all blocks; `at` is where those of a block are. */
  const overBlocks = (...body: readonly Code[]): Code => [
    ...set(at, get(scores)),
    ...until(at, end, ...body, increase(at, scoreBytes)),
  ];
  const findEnd = set(
    end,
    add(get(scores), multiply(add(blockOfPosition, constant(1)), constant(scoreBytes))),
  );

  const unroll = depth % 4 === 0 ? 4 : 1;
  /** Even and odd numbers of a key are summed apart, so that sums wait less for each other. */
  const parts = depth % 2 === 0 ? 2 : 1;
  const scoreBlocks = overBlocks(
    ...range(parts * vectorsOfBlock).map((i) => set(sum(i), zeroVector)),
    set(from, get(q)),
    loop(
      lessThan(get(from), add(get(q), constant(depth * numberBytes))),
      ...range(unroll).flatMap((d) => [
        set(value, singles.splat(get(from), numberBytes * d)),
        ...range(vectorsOfBlock).map((i) => {
          const numbers = loadVector(get(place), scoreBytes * d + vectorBytes * i);
          const into = sum(i + vectorsOfBlock * (d % parts));
          return set(into, multiplyAdd(numbers, get(value), get(into)));
        }),
      ]),
      increase(from, unroll * numberBytes),
      increase(place, unroll * scoreBytes),
    ),
    ...range(vectorsOfBlock).map((i) => {
      const all = range(parts).map((part) => get(sum(i + vectorsOfBlock * part)));
      const score = multiplyFloats(all.reduce(addFloats), c(1 / Math.sqrt(depth)));
      return storeVector(get(at), score, vectorBytes * i);
    }),
  );

  const lastScores = subtract(get(end), constant(scoreBytes));
  const hideLater: Code = range(vectorsOfBlock).flatMap((i) => {
    const positions = integers(4 * i, 4 * i + 1, 4 * i + 2, 4 * i + 3);
    const known = lessOrEqualIntegers(positions, splatInteger(get(own)));
    const shown = selectBits(loadVector(lastScores, vectorBytes * i), c(lowest), known);
    return storeVector(lastScores, shown, vectorBytes * i);
  });

  const exponentials: Code = [
    ...set(value, c(lowest)),
    ...overBlocks(
      ...range(vectorsOfBlock).map((i) =>
        set(value, higherOf(get(value), loadVector(get(at), vectorBytes * i))),
      ),
    ),
    ...set(value, across(value, greatestFloats)),
    ...set(total, zeroVector),
    ...overBlocks(
      ...range(vectorsOfBlock).flatMap((i) => [
        set(sum(0), subtractFloats(loadVector(get(at), vectorBytes * i), get(value))),
        set(sum(0), f.code(sum(0), first, c)),
        set(total, addFloats(get(total), get(sum(0)))),
        storeVector(get(at), get(sum(0)), vectorBytes * i),
      ]),
    ),
    ...set(total, divideFloats(c(1), across(total, addFloats))),
  ];

  const chunks = range(Math.ceil(width / 4 / mostSums)).map((i) => i * mostSums);
  const weighValues = chunks.flatMap((start) => {
    const vectors = range(Math.min(mostSums, width / 4 - start));
    return [
      ...vectors.flatMap((i) => set(sum(i), zeroVector)),
      ...set(from, add(get(values), constant(vectorBytes * start))),
      ...set(at, get(scores)),
      ...until(
        at,
        end,
        ...range(2).flatMap((t) => [
          set(value, singles.splat(get(at), numberBytes * t)),
          ...vectors.map((i) => {
            const numbers = loadVector(get(from), width * numberBytes * t + vectorBytes * i);
            return set(sum(i), multiplyAdd(numbers, get(value), get(sum(i))));
          }),
        ]),
        increase(from, 2 * width * numberBytes),
        increase(at, 2 * numberBytes),
      ),
      ...vectors.flatMap((i) =>
        storeVector(get(to), multiplyFloats(get(sum(i)), get(total)), vectorBytes * (start + i)),
      ),
    ];
  });

  return {
    ...{ parameters: 9, integers: attendIntegers, vectors: mostSums + 2 + f.temporaries },
    // The result of a head that is no whole vectors reaches into the next, which is written later.
    body: until(
      to,
      toEnd,
      rememberCode(depth),
      findEnd,
      set(place, get(keys)),
      scoreBlocks,
      hideLater,
      exponentials,
      weighValues,
      ...nextHead(depth),
    ),
  };
}
