import {
  absoluteShorts,
  add,
  addIntegers,
  type Code,
  constant,
  dotOfShorts,
  get,
  greatestIntegers,
  integerOf,
  integers,
  leastIntegers,
  leastShorts,
  lessThan,
  loadInteger,
  loadShort,
  loadVector,
  loop,
  multiply,
  multiplyIntegers,
  narrowIntegers,
  select,
  set,
  shiftIntegersRight,
  shiftLeft,
  shiftRight,
  shorts,
  splatInteger,
  storeInteger,
  storeShort,
  storeVector,
  subtract,
  totalsOfIntegers,
  zeroVector,
} from "../../../wasm/assembler.ts";
import { locals } from "../../../wasm/locals.ts";
import { finer, inputUnit, mostDifference } from "./inputs.ts";
import type { Layout } from "./layout.ts";
import { mostSize } from "./readPlace.ts";
import type { Window } from "./windows.ts";

/** What the function takes, in this order; distances of rows in bytes. */
export const parameters = [
  // The first place in its band, in the two others, and in the coarser picture.
  ...(["own", "first", "second", "over"] as const),
  ...(["ownStride", "firstStride", "secondStride", "wide"] as const),
  // The row of the parent, and the columns.
  ...(["parent", "column", "end"] as const),
  // Where sums and activities go.
  ...(["sums", "activities"] as const),
] as const;

const local = locals(parameters, ["row", "value", "weights"]);
const vectorLocals = { sum: 0, loaded: 4, activity: 5, middle: 6, apart: 7 } as const;
const sumOf = (row: number) => local.vector(vectorLocals.sum + row);
const loaded = local.vector(vectorLocals.loaded);
const activity = local.vector(vectorLocals.activity);
const middleOf = local.vector(vectorLocals.middle);
const apart = local.vector(vectorLocals.apart);

/** Places in memory. */
export interface Places {
  /** Rows of weights in the layout's order, interleaved. */
  readonly weights: number;
  /** Rows, a multiple of four. */
  readonly height: number;
  /** Weights of a row, a multiple of 16. */
  readonly stride: number;
  /** Where inputs are gathered: `stride` of them and a vector more. */
  readonly input: number;
}

/** Bytes of a vector, of an integer and of a short. */
const [v, word, short] = [16, 4, 2];
const rows = 4;

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);
const increase = (which: number, by: Code): Code => set(which, add(get(which), by));
const all = (value: number): Code => integers(value, value, value, value);

/**
 * A function that gathers the inputs of each place of a run in a row and multiplies them with weights: `plainSums` by vectors. A vector holds
 * more than the row of a window; what is too much is overwritten by the next one, and what remains at the end meets weights of 0.
 */
export function rowFunction({ windows, middle }: Layout, places: Places) {
  const { weights, height, stride, input } = places;
  let taken = 0;
  /** Loads the rows of a window one after another; each is worked on and stored. */
  const gather = (
    { top, bottom, left, right }: Window,
    { base, distance, size }: { base: number; distance: number; size: number },
    work: (row: number) => Code,
  ): Code => {
    const start = add(multiply(get(distance), constant(top)), constant(size * left));
    return [
      ...set(local.row, add(get(base), start)),
      ...range(top, bottom).flatMap((row) => {
        const code = [
          ...work(row),
          ...storeVector(constant(input), get(loaded), short * taken),
          ...increase(local.row, get(distance)),
        ];
        taken += right - left + 1;
        return code;
      }),
    ];
  };
  const load = () => set(loaded, loadVector(get(local.row)));
  const loadAndWeigh = (row: number) => {
    const sizes = leastShorts(absoluteShorts(get(loaded)), shorts(...Array(8).fill(mostSize)));
    const inner = Math.abs(row) <= 1 ? 2 : 1;
    const counts = shorts(1, inner, inner, inner, 1, 0, 0, 0);
    return [...load(), ...set(activity, addIntegers(get(activity), dotOfShorts(sizes, counts)))];
  };
  const parts = middle.length;
  const shift = 31 - Math.clz32(finer * parts);
  const difference = (at: number): Code => {
    const own = multiplyIntegers(loadVector(get(local.row), at), all(parts));
    const sign = shiftIntegersRight(get(apart), 31);
    const shifted = shiftIntegersRight(
      addIntegers(get(apart), addIntegers(all(2 ** (shift - 1)), sign)),
      shift,
    );
    return [
      ...set(apart, addIntegers(own, get(middleOf))),
      ...greatestIntegers(leastIntegers(shifted, all(mostDifference)), all(-mostDifference)),
    ];
  };
  const sumOfMiddle = middle
    .map(([row, column]) =>
      loadInteger(add(get(local.over), multiply(get(local.wide), constant(row))), word * column),
    )
    .reduce(add);
  const shortAt = (base: number, distance: number) => ({ base, distance, size: short });
  const gathered = [
    ...set(activity, zeroVector),
    ...gather(windows.own, shortAt(local.own, local.ownStride), loadAndWeigh),
    ...gather(windows.first, shortAt(local.first, local.firstStride), load),
    ...gather(windows.second, shortAt(local.second, local.secondStride), load),
    ...set(middleOf, splatInteger(subtract(constant(0), sumOfMiddle))),
    ...gather(windows.coarser, { base: local.over, distance: local.wide, size: word }, () =>
      set(loaded, narrowIntegers(difference(0), difference(v))),
    ),
  ];
  const above = add(get(local.parent), shiftLeft(shiftRight(get(local.column), 1), 1));
  const value = get(local.value);
  const unit = constant(inputUnit);
  const least = constant(-inputUnit);
  const rest = [
    ...storeShort(constant(input), loadShort(above), short * taken),
    ...set(local.value, loadShort(get(local.own))),
    ...set(local.value, select(unit, value, lessThan(unit, value))),
    ...set(local.value, select(least, value, lessThan(value, least))),
    ...storeShort(constant(input), value, short * (taken + 1)),
    ...storeInteger(
      get(local.activities),
      range(0, 3)
        .map((lane) => integerOf(get(activity), lane))
        .reduce(add),
    ),
  ];
  const blocks = (short * stride) / v;
  const products = [
    ...set(local.weights, constant(weights)),
    ...loop(
      lessThan(get(local.weights), constant(weights + short * stride * height)),
      range(0, rows - 1).flatMap((row) => set(sumOf(row), zeroVector)),
      range(0, blocks - 1).flatMap((block) => [
        ...set(loaded, loadVector(constant(input), v * block)),
        ...range(0, rows - 1).flatMap((row) => {
          const own = loadVector(get(local.weights), v * (rows * block + row));
          return set(sumOf(row), addIntegers(get(sumOf(row)), dotOfShorts(own, get(loaded))));
        }),
      ]),
      storeVector(
        get(local.sums),
        totalsOfIntegers(get(sumOf(0)), get(sumOf(1)), get(sumOf(2)), get(sumOf(3))),
      ),
      increase(local.sums, constant(v)),
      increase(local.weights, constant(v * rows * blocks)),
    ),
  ];
  return {
    ...{ parameters: parameters.length, integers: 3, vectors: 8 },
    body: loop(
      lessThan(get(local.column), get(local.end)),
      gathered,
      rest,
      products,
      ...[local.own, local.first, local.second].map((place) => increase(place, constant(short))),
      increase(local.over, constant(word)),
      increase(local.column, constant(1)),
      increase(local.activities, constant(word)),
    ),
  };
}
