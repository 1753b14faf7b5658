import {
  type AssembledFunction,
  add,
  addIntegers,
  and,
  type Code,
  constant,
  get,
  integerOf,
  integers,
  isZero,
  lessThan,
  loadInteger,
  loadShort,
  loadUnsignedShort,
  loadVector,
  loop,
  multiply,
  multiplyIntegers,
  select,
  set,
  shiftIntegersRight,
  shiftLeft,
  shiftRight,
  shiftRightUnsigned,
  storeInteger,
  storeVector,
  subtract,
  totalsOfIntegers,
  when,
  zeroVector,
} from "../../../wasm/assembler.ts";
import { locals } from "../../../wasm/locals.ts";
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
  contextsFrom,
  groups,
  mapBytes,
  pair,
  rowBytes,
  shareBytes,
  slotBytes,
  usesFrom,
  v,
} from "./layout.ts";

const l = locals(
  ["contexts"],
  [
    ...(["slot", "table", "input", "end", "address", "word", "list", "touched"] as const),
    ...(["mixed", "point", "part", "chance"] as const),
  ],
);
const row = (s: number) => l.chance + 1 + s;
const integerCount = row(setCount) - 1;
const sumOf = (s: number) => row(setCount) + s;
const [first, second, output, total] = range(4).map((i) => sumOf(setCount) + i) as [
  ...[number, number, number, number],
];

/** Writes the two inputs of each context, and zeros to the end of a pair of vectors. */
const gather: Code = [
  ...set(l.slot, constant(at.slots)),
  ...set(l.table, constant(at.counters)),
  ...set(l.list, constant(at.slotList)),
  ...set(l.input, constant(at.inputs + contextsFrom)),
  ...set(l.end, add(get(l.input), shiftLeft(get(l.contexts), 3))),
  ...loop(
    lessThan(get(l.input), get(l.end)),
    set(l.address, add(get(l.table), shiftLeft(loadUnsignedShort(get(l.slot)), 2))),
    storeInteger(get(l.list), get(l.address)),
    set(l.word, loadInteger(get(l.address))),
    set(l.chance, shiftRight(shiftLeft(get(l.word), 16), 16)),
    set(l.word, shiftRightUnsigned(get(l.word), 16)),
    set(l.word, select(get(l.word), constant(30), lessThan(get(l.word), constant(30)))),
    storeInteger(
      get(l.input),
      loadShort(shiftLeft(add(shiftRight(get(l.chance), 4), constant(2048)), 1), at.stretch),
    ),
    storeInteger(
      get(l.input),
      shiftRight(multiply(get(l.chance), add(get(l.word), constant(2))), 9),
      4,
    ),
    increase(l.slot, constant(2)),
    increase(l.table, constant(slotBytes)),
    increase(l.list, constant(4)),
    increase(l.input, constant(8)),
  ),
  ...storeVector(get(l.end), zeroVector),
  ...storeVector(get(l.end), zeroVector, v),
  ...store(at.slotListEnd, get(l.list)),
  ...store(at.inputsEnd, get(l.end)),
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
    range(rowBytes / v - 1).flatMap((i) =>
      storeVector(get(row(s)), integers(startingWeight, 0, startingWeight, 0), v * (i + 1)),
    ),
  ),
];

/** Sums of inputs times weights, of all sets at once. */
const multiplyInputs: Code = [
  ...range(setCount).flatMap((s) => set(sumOf(s), zeroVector)),
  ...set(l.input, constant(at.inputs)),
  ...loop(
    lessThan(get(l.input), get(l.end)),
    set(first, loadVector(get(l.input))),
    set(second, loadVector(get(l.input), v)),
    range(setCount).flatMap((s) => {
      const part = (input: number, offset: number) =>
        shiftIntegersRight(multiplyIntegers(loadVector(get(row(s)), offset), get(input)), 8);
      return [
        ...set(sumOf(s), addIntegers(get(sumOf(s)), addIntegers(part(first, 0), part(second, v)))),
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
