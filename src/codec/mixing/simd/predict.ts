import {
  type AssembledFunction,
  add,
  addIntegers,
  and,
  type Code,
  constant,
  get,
  integerOf,
  isZero,
  lessThan,
  loadInteger,
  loadUnsignedShort,
  loadVector,
  loop,
  multiply,
  multiplyIntegers,
  set,
  shiftIntegersRight,
  shiftLeft,
  shiftRight,
  storeVector,
  subtract,
  totalsOfIntegers,
  when,
  zeroVector,
} from "../../../wasm/assembler.ts";
import { leastChance, stretchLimit } from "../logistic.ts";
import { mapCount, setCount, setSize, startingShare } from "../mixing.ts";
import {
  clamp,
  clampIntegers,
  four,
  increase,
  load,
  range,
  remember,
  setsOf,
  squash,
  store,
} from "./code.ts";
import { findSlots, gather } from "./inputs.ts";
import {
  at,
  groups,
  mapBytes,
  measureBytes,
  pair,
  rowBytes,
  shareBytes,
  usesFrom,
  v,
} from "./layout.ts";
import { first, integerCount, l, output, row, second, sumOf, total } from "./predictLocals.ts";

/** The address of a set's weights. A row from which nothing was learned gets the weights of the beginning. */
const findRow = (s: number): Code => [
  ...set(
    row(s),
    add(
      multiply(loadUnsignedShort(constant(0), at.sets + 2 * s), constant(rowBytes)),
      constant(at.weights + s * setSize * rowBytes),
    ),
  ),
  ...store(at.rows + 4 * s, get(row(s))),
  ...when(
    lessThan(loadInteger(get(row(s)), usesFrom), constant(2)),
    remember(
      l.touched,
      add(get(row(s)), constant(usesFrom)),
      isZero(loadInteger(get(row(s)), usesFrom)),
    ),
    set(l.at, multiply(loadUnsignedShort(constant(0), at.kind), constant(rowBytes))),
    range(rowBytes / v).flatMap((k) =>
      storeVector(get(row(s)), loadVector(get(l.at), at.startingRows + v * k), v * k),
    ),
  ),
];

/** Inputs times weights, each product rounded. */
const product = (weights: Code, inputs: Code): Code =>
  shiftIntegersRight(multiplyIntegers(weights, inputs), 8);

/** Sums of inputs times weights, of all sets at once. */
const multiplyInputs: Code = [
  ...set(first, loadVector(constant(0), at.inputs)),
  ...range(setCount).flatMap((s) => set(sumOf(s), product(loadVector(get(row(s))), get(first)))),
  ...set(l.part, shiftLeft(loadUnsignedShort(constant(0), at.measured), 2)),
  ...set(l.end, get(l.input)),
  ...set(l.input, constant(at.inputs + v)),
  ...set(l.address, add(get(l.input), get(l.part))),
  ...loop(
    lessThan(get(l.input), get(l.address)),
    set(first, loadVector(get(l.input))),
    range(setCount).flatMap((s) => [
      ...set(sumOf(s), addIntegers(get(sumOf(s)), product(loadVector(get(row(s)), v), get(first)))),
      ...increase(row(s), constant(v)),
    ]),
    increase(l.input, constant(v)),
  ),
  ...set(l.part, subtract(constant(measureBytes), get(l.part))),
  ...increase(l.input, get(l.part)),
  ...range(setCount).flatMap((s) => increase(row(s), get(l.part))),
  ...loop(
    lessThan(get(l.input), get(l.end)),
    set(first, loadVector(get(l.input))),
    set(second, loadVector(get(l.input), v)),
    range(setCount).flatMap((s) => {
      const both = addIntegers(
        product(loadVector(get(row(s)), v), get(first)),
        product(loadVector(get(row(s)), pair), get(second)),
      );
      return [
        ...set(sumOf(s), addIntegers(get(sumOf(s)), both)),
        ...increase(row(s), constant(pair)),
      ];
    }),
    increase(l.input, constant(pair)),
  ),
];

/** Sums to outputs, and outputs to their sum. */
const mixOutputs: Code = [
  ...set(
    l.address,
    add(
      multiply(loadUnsignedShort(constant(0), at.last), constant(shareBytes)),
      constant(at.shares),
    ),
  ),
  ...store(at.share, get(l.address)),
  ...set(total, zeroVector),
  ...range(groups).flatMap((group) => {
    const sum = (lane: number) => {
      const s = setsOf(group)[lane];
      return s === undefined ? zeroVector : get(sumOf(s));
    };
    const sums = totalsOfIntegers(sum(0), sum(1), sum(2), sum(3));
    const share = addIntegers(loadVector(get(l.address), v * group), four(startingShare));
    return [
      ...set(output, clampIntegers(shiftIntegersRight(sums, 8), -stretchLimit, stretchLimit)),
      ...storeVector(constant(0), get(output), at.outputs + v * group),
      ...set(
        total,
        addIntegers(get(total), shiftIntegersRight(multiplyIntegers(share, get(output)), 8)),
      ),
    ];
  }),
  ...set(
    l.mixed,
    shiftRight(
      add(
        add(integerOf(get(total), 0), integerOf(get(total), 1)),
        add(integerOf(get(total), 2), integerOf(get(total), 3)),
      ),
      8,
    ),
  ),
  ...clamp(l.mixed, -stretchLimit, stretchLimit),
  ...store(at.mixed, get(l.mixed)),
];

/** The point of a map at an address, from where it lies in its row. */
const pointAt = (index: Code, difference: Code): Code =>
  and(add(loadUnsignedShort(shiftLeft(index, 1), at.startingPoints), difference), constant(0xffff));

/** What the maps make of it. */
const correct: Code = [
  ...set(l.part, shiftLeft(add(get(l.mixed), constant(2048)), 5)),
  ...set(l.point, shiftRight(get(l.part), 12)),
  ...set(l.part, subtract(get(l.part), shiftLeft(get(l.point), 12))),
  ...set(l.chance, shiftLeft(squash(get(l.mixed)), 1)),
  ...range(mapCount).flatMap((m) => [
    ...set(
      l.address,
      add(
        add(
          multiply(loadUnsignedShort(constant(0), at.maps + 2 * m), constant(mapBytes)),
          constant(at.mapped + m * 65536 * mapBytes),
        ),
        shiftLeft(get(l.point), 1),
      ),
    ),
    ...increase(
      l.chance,
      shiftRight(
        add(
          multiply(
            pointAt(get(l.point), loadUnsignedShort(get(l.address))),
            subtract(constant(4096), get(l.part)),
          ),
          multiply(
            pointAt(add(get(l.point), constant(1)), loadUnsignedShort(get(l.address), 2)),
            get(l.part),
          ),
        ),
        12,
      ),
    ),
    ...store(at.points + 4 * m, add(get(l.address), shiftLeft(shiftRight(get(l.part), 11), 1))),
  ]),
  ...store(at.nearest, add(get(l.point), shiftRight(get(l.part), 11))),
  ...set(l.chance, shiftRight(get(l.chance), 2)),
  ...clamp(l.chance, leastChance, 65536 - leastChance),
];

/** `Mixing.predict` of so many contexts. */
export const predict: Omit<AssembledFunction, "name"> = {
  ...{ parameters: 1, integers: integerCount, vectors: setCount + 4, returns: true },
  body: [
    ...findSlots,
    ...gather,
    ...set(l.touched, load(at.touchedEnd)),
    ...range(setCount).flatMap(findRow),
    ...store(at.touchedEnd, get(l.touched)),
    ...multiplyInputs,
    ...mixOutputs,
    ...correct,
    ...get(l.chance),
  ],
};
