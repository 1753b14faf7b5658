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
  splatInteger,
  storeInteger,
  storeVector,
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
import { takeNumber } from "./productKernels.ts";

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
  const [value, four] = [sum(mostSums), sum(mostSums + 1)];
  const [most, total, first] = [sum(mostSums + 2), sum(mostSums + 3), sum(mostSums + 4)];
  const width = filled(depth);
  const f = exponentialOfDifference;
  const across = (local: number, combine: (a: Code, b: Code) => Code) =>
    acrossLanes(local, combine, get, set);

  const turn = depth % 4 === 0 ? 4 : 1;
  /** Even and odd numbers of a key are summed apart, so that sums wait less for each other. */
  const parts = depth % 2 === 0 ? 2 : 1;
  /** The scores of a block, whose keys are at `place`, go to `at`; `seen` may change them before. */
  const scoreBlock = (seen = (score: Code, _: number) => score): Code => [
    ...range(parts * vectorsOfBlock).flatMap((i) => set(sum(i), zeroVector)),
    ...set(from, get(q)),
    ...loop(
      lessThan(get(from), add(get(q), constant(depth * numberBytes))),
      ...range(turn).flatMap((d) => [
        takeNumber({ value, four }, turn, d, get(from)),
        ...range(vectorsOfBlock).map((i) => {
          const numbers = loadVector(get(place), scoreBytes * d + vectorBytes * i);
          const into = sum(i + vectorsOfBlock * (d % parts));
          return set(into, multiplyAdd(numbers, get(value), get(into)));
        }),
      ]),
      increase(from, turn * numberBytes),
      increase(place, turn * scoreBytes),
    ),
    ...range(vectorsOfBlock).flatMap((i) => {
      const all = range(parts).map((part) => get(sum(i + vectorsOfBlock * part)));
      const score = multiplyFloats(all.reduce(addFloats), c(1 / Math.sqrt(depth)));
      return [
        ...set(value, seen(score, i)),
        ...set(most, higherOf(get(most), get(value))),
        ...storeVector(get(at), get(value), vectorBytes * i),
      ];
    }),
  ];
  /** Of the last block, positions after this one do not count. */
  const hideLater = (score: Code, i: number): Code => {
    const positions = integers(4 * i, 4 * i + 1, 4 * i + 2, 4 * i + 3);
    return selectBits(score, c(lowest), lessOrEqualIntegers(positions, splatInteger(get(own))));
  };
  const scoreAll: Code = [
    ...set(most, c(lowest)),
    ...set(place, get(keys)),
    ...set(at, get(scores)),
    ...set(end, add(get(scores), multiply(blockOfPosition, constant(scoreBytes)))),
    ...until(at, end, scoreBlock(), increase(at, scoreBytes)),
    ...scoreBlock(hideLater),
    ...increase(end, scoreBytes),
    ...set(most, across(most, greatestFloats)),
  ];

  const exponentials: Code = [
    ...set(total, zeroVector),
    ...set(at, get(scores)),
    ...until(
      at,
      end,
      ...range(vectorsOfBlock).flatMap((i) => [
        set(value, subtractFloats(loadVector(get(at), vectorBytes * i), get(most))),
        set(value, f.code(value, first, c)),
        set(total, addFloats(get(total), get(value))),
        storeVector(get(at), get(value), vectorBytes * i),
      ]),
      increase(at, scoreBytes),
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
        ...range(4).flatMap((t) => [
          takeNumber({ value, four }, 4, t, get(at)),
          ...vectors.map((i) => {
            const numbers = loadVector(get(from), width * numberBytes * t + vectorBytes * i);
            return set(sum(i), multiplyAdd(numbers, get(value), get(sum(i))));
          }),
        ]),
        increase(from, 4 * width * numberBytes),
        increase(at, 4 * numberBytes),
      ),
      ...vectors.flatMap((i) =>
        storeVector(get(to), multiplyFloats(get(sum(i)), get(total)), vectorBytes * (start + i)),
      ),
    ];
  });

  return {
    ...{ parameters: 9, integers: attendIntegers, vectors: mostSums + 4 + f.temporaries },
    // The result of a head that is no whole vectors reaches into the next, which is written later.
    body: until(
      to,
      toEnd,
      rememberCode(depth),
      scoreAll,
      exponentials,
      weighValues,
      ...nextHead(depth),
    ),
  };
}
