import {
  type AssembledFunction,
  add,
  addIntegers,
  and,
  andVectors,
  type Code,
  constant,
  get,
  integerOf,
  integers,
  isZero,
  leastIntegers,
  lessThan,
  loadFirstInteger,
  loadInteger,
  loadShort,
  loadUnsignedShort,
  loadVector,
  loop,
  multiply,
  multiplyIntegers,
  orVectors,
  replaceInteger,
  set,
  shiftIntegersLeft,
  shiftIntegersRight,
  shiftIntegersRightUnsigned,
  shiftLeft,
  shiftRight,
  storeVector,
  subtract,
  totalsOfIntegers,
  when,
  xorVectors,
  zeroVector,
} from "../../../wasm/assembler.ts";
import { locals } from "../../../wasm/locals.ts";
import { hashFactors, hashShifts } from "../hash.ts";
import { leastChance, stretchLimit } from "../logistic.ts";
import { mapCount, setCount, setSize, startingShare, startingWeight } from "../mixing.ts";
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
import {
  at,
  groups,
  lanes,
  mapBytes,
  pair,
  quads,
  rowBytes,
  shareBytes,
  usesFrom,
  v,
} from "./layout.ts";

const l = locals(
  ["contexts"],
  [
    ...(["at", "input", "end", "address", "touched", "mixed", "point", "part"] as const),
    "chance" as const,
  ],
);
const slot = (lane: number) => l.chance + 1 + lane;
const row = (s: number) => slot(lanes) + s;
const integerCount = row(setCount) - 1;
const sumOf = (s: number) => row(setCount) + s;
const [first, second, output, total] = range(4).map((i) => sumOf(setCount) + i) as [
  ...[number, number, number, number],
];

/** Finds the slots of four contexts at a time, those that exist and those that fill up a vector. */
const findSlots: Code = [
  ...set(l.at, constant(0)),
  ...set(l.end, shiftLeft(get(l.contexts), 2)),
  ...loop(
    lessThan(get(l.at), get(l.end)),
    set(first, addIntegers(loadVector(get(l.at), at.keys), loadVector(get(l.at), at.salts))),
    [0, 1].flatMap((round) => [
      ...set(first, multiplyIntegers(get(first), four(hashFactors[round]!))),
      ...set(
        first,
        xorVectors(get(first), shiftIntegersRightUnsigned(get(first), hashShifts[round]!)),
      ),
    ]),
    storeVector(
      get(l.at),
      addIntegers(
        shiftIntegersLeft(shiftIntegersRightUnsigned(get(first), 16), 2),
        loadVector(get(l.at), at.slotTables),
      ),
      at.slotList,
    ),
    increase(l.at, constant(v)),
  ),
  ...set(l.part, shiftLeft(and(get(l.contexts), constant(lanes - 1)), 4)),
  ...when(
    get(l.part),
    storeVector(
      get(l.at),
      orVectors(
        andVectors(loadVector(get(l.at), at.slotList - v), loadVector(get(l.part), at.masks)),
        loadVector(get(l.part), at.fillers),
      ),
      at.slotList - v,
    ),
  ),
];

/** Writes the two inputs of each context, and zeros for those that fill up the last vectors. */
const gather: Code = [
  ...set(l.at, constant(0)),
  ...set(l.input, constant(at.inputs + v)),
  ...loop(
    lessThan(get(l.at), get(l.end)),
    range(lanes).flatMap((lane) => set(slot(lane), loadInteger(get(l.at), at.slotList + 4 * lane))),
    range(lanes).flatMap((lane) => {
      const step = shiftRight(loadShort(get(slot(lane))), 4);
      const place = shiftLeft(add(step, constant(2048)), 2);
      const loaded =
        lane === 0
          ? loadFirstInteger(place, at.stretch)
          : replaceInteger(place, get(first), lane, at.stretch);
      return set(first, loaded);
    }),
    storeVector(get(l.input), get(first)),
    set(first, loadFirstInteger(get(slot(0)))),
    [1, 2, 3].flatMap((lane) => set(first, replaceInteger(get(slot(lane)), get(first), lane))),
    set(
      second,
      addIntegers(leastIntegers(shiftIntegersRightUnsigned(get(first), 16), four(30)), four(2)),
    ),
    set(first, shiftIntegersRight(shiftIntegersLeft(get(first), 16), 16)),
    storeVector(get(l.input), shiftIntegersRight(multiplyIntegers(get(first), get(second)), 9), v),
    increase(l.at, constant(v)),
    increase(l.input, constant(pair)),
  ),
  ...store(at.inputsEnd, get(l.input)),
  ...when(
    get(l.part),
    [0, v].flatMap((offset) => {
      const last = subtract(get(l.input), constant(pair));
      return storeVector(
        last,
        andVectors(loadVector(last, offset), loadVector(get(l.part), at.masks)),
        offset,
      );
    }),
  ),
];

/** The address of a set's weights. A row that was never used gets the weights of the beginning. */
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
    isZero(loadInteger(get(row(s)), usesFrom)),
    remember(l.touched, add(get(row(s)), constant(usesFrom)), constant(1)),
    storeVector(get(row(s)), integers(0, 1, 0, 0)),
    range(quads).flatMap((quad) => [
      ...storeVector(get(row(s)), four(startingWeight), v + pair * quad),
      ...storeVector(get(row(s)), zeroVector, v + pair * quad + v),
    ]),
  ),
];

/** Inputs times weights, each product rounded. */
const product = (weights: Code, inputs: Code): Code =>
  shiftIntegersRight(multiplyIntegers(weights, inputs), 8);

/** Sums of inputs times weights, of all sets at once. */
const multiplyInputs: Code = [
  ...set(first, loadVector(constant(0), at.inputs)),
  ...range(setCount).flatMap((s) => set(sumOf(s), product(loadVector(get(row(s))), get(first)))),
  ...set(l.end, get(l.input)),
  ...set(l.input, constant(at.inputs + v)),
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
