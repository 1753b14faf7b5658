import {
  type AssembledFunction,
  add,
  addIntegers,
  and,
  andVectors,
  type Code,
  constant,
  equalIntegers,
  get,
  hasBits,
  isZero,
  leastIntegers,
  lessThan,
  loadFirstInteger,
  loadInteger,
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
  splatInteger,
  storeInteger,
  storeLane,
  storeShort,
  storeVector,
  subtract,
  subtractIntegers,
  when,
  zeroVector,
} from "../../../wasm/assembler.ts";
import { locals } from "../../../wasm/locals.ts";
import {
  countLimit,
  mapCount,
  mapShift,
  setCount,
  shareRate,
  startingShare,
  useLimit,
  weightLimit,
} from "../mixing.ts";
import { clampIntegers, four, increase, load, range, remember, squash, store } from "./code.ts";
import { at, fromContexts, groups, lanes, measureBytes, pair, usesFrom, v } from "./layout.ts";

const l = locals(
  ["bit"],
  ["target", "at", "end", "address", "word", "touched", "chance", "count", "input", "wanted"],
);
const slot = (lane: number) => l.wanted + 1 + lane;
const row = (s: number) => slot(lanes) + s;
const integerCount = row(setCount) - 1;
const errorOf = (s: number) => row(setCount) + s;
const [first, second, words, targets] = range(4).map((i) => errorOf(setCount) + i) as [
  ...[number, number, number, number],
];

/** Chances of slots stay this far from 0 and 2^16 − 1. */
const least = 32;

/** Moves the slots of four contexts at a time. */
const moveSlots: Code = [
  ...set(l.target, subtract(multiply(get(l.bit), constant(65535)), constant(32768))),
  ...set(l.at, constant(0)),
  ...set(l.end, subtract(load(at.inputsEnd), constant(at.inputs + fromContexts))),
  ...set(targets, splatInteger(get(l.target))),
  ...loop(
    lessThan(get(l.at), get(l.end)),
    range(lanes).flatMap((lane) => {
      const known = get(slot(lane));
      const rate = shiftLeft(loadUnsignedShort(known, 2), 2);
      const isFirst = lane === 0;
      return [
        ...set(slot(lane), loadInteger(shiftRight(get(l.at), 1), at.slotList + 4 * lane)),
        ...set(words, isFirst ? loadFirstInteger(known) : replaceInteger(known, get(words), lane)),
        ...set(
          second,
          isFirst
            ? loadFirstInteger(rate, at.counterRates)
            : replaceInteger(rate, get(second), lane, at.counterRates),
        ),
      ];
    }),
    when(
      hasBits(equalIntegers(get(words), zeroVector)),
      range(lanes).flatMap((lane) =>
        remember(l.touched, get(slot(lane)), isZero(loadInteger(get(slot(lane))))),
      ),
    ),
    set(first, shiftIntegersRight(shiftIntegersLeft(get(words), 16), 16)),
    set(
      first,
      addIntegers(
        get(first),
        shiftIntegersRight(
          multiplyIntegers(subtractIntegers(get(targets), get(first)), get(second)),
          15,
        ),
      ),
    ),
    set(
      first,
      andVectors(clampIntegers(get(first), least - 32768, 65535 - least - 32768), four(0xffff)),
    ),
    set(
      words,
      leastIntegers(
        addIntegers(shiftIntegersRightUnsigned(get(words), 16), four(1)),
        four(countLimit),
      ),
    ),
    set(words, orVectors(shiftIntegersLeft(get(words), 16), get(first))),
    range(lanes).flatMap((lane) => storeLane(get(slot(lane)), get(words), lane)),
    increase(l.at, constant(pair)),
  ),
];

/** Adds a product with an error out of 2^16, rounded, and stays within limits. */
const moved = (value: Code, input: Code, error: Code, lower: number, upper: number): Code =>
  clampIntegers(
    addIntegers(
      value,
      shiftIntegersRight(addIntegers(multiplyIntegers(input, error), four(32768)), 16),
    ),
    lower,
    upper,
  );

const findErrors: Code = [
  ...set(l.wanted, shiftLeft(get(l.bit), 16)),
  ...range(setCount).flatMap((s) => [
    ...set(row(s), load(at.rows + 4 * s)),
    ...set(l.count, loadInteger(get(row(s)), usesFrom)),
    ...set(
      errorOf(s),
      splatInteger(
        shiftRight(
          multiply(
            subtract(get(l.wanted), squash(load(at.outputs + 4 * s))),
            loadUnsignedShort(shiftLeft(get(l.count), 1), at.weightRates - 2),
          ),
          4,
        ),
      ),
    ),
  ]),
];

/** Moves the weights of a set at an offset from where its local points to. */
const moveWeightsOf = (s: number, input: number, offset: number): Code =>
  storeVector(
    get(row(s)),
    moved(loadVector(get(row(s)), offset), get(input), get(errorOf(s)), -weightLimit, weightLimit),
    offset,
  );

const moveWeights: Code = [
  ...set(first, loadVector(constant(0), at.inputs)),
  ...range(setCount).flatMap((s) => [
    ...moveWeightsOf(s, first, 0),
    // The uses are counted after the vector in which they lie was stored.
    ...set(l.count, loadInteger(get(row(s)), usesFrom)),
    ...storeInteger(
      get(row(s)),
      add(get(l.count), lessThan(get(l.count), constant(useLimit + 1))),
      usesFrom,
    ),
  ]),
  ...set(l.input, constant(at.inputs + v)),
  ...set(l.chance, shiftLeft(loadUnsignedShort(constant(0), at.measured), 2)),
  ...set(l.end, add(get(l.input), get(l.chance))),
  ...loop(
    lessThan(get(l.input), get(l.end)),
    set(first, loadVector(get(l.input))),
    range(setCount).flatMap((s) => [
      ...moveWeightsOf(s, first, v),
      ...increase(row(s), constant(v)),
    ]),
    increase(l.input, constant(v)),
  ),
  ...set(l.chance, subtract(constant(measureBytes), get(l.chance))),
  ...increase(l.input, get(l.chance)),
  ...range(setCount).flatMap((s) => increase(row(s), get(l.chance))),
  ...set(l.end, load(at.inputsEnd)),
  ...loop(
    lessThan(get(l.input), get(l.end)),
    set(first, loadVector(get(l.input))),
    set(second, loadVector(get(l.input), v)),
    range(setCount).flatMap((s) => [
      ...moveWeightsOf(s, first, v),
      ...moveWeightsOf(s, second, pair),
      ...increase(row(s), constant(pair)),
    ]),
    increase(l.input, constant(pair)),
  ),
];

const moveShares: Code = [
  ...set(l.address, load(at.share)),
  ...set(
    first,
    splatInteger(
      shiftRight(multiply(subtract(get(l.wanted), squash(load(at.mixed))), constant(shareRate)), 4),
    ),
  ),
  ...range(groups).flatMap((group) =>
    storeVector(
      get(l.address),
      moved(
        loadVector(get(l.address), v * group),
        loadVector(constant(0), at.outputs + v * group),
        get(first),
        -weightLimit - startingShare,
        weightLimit - startingShare,
      ),
      v * group,
    ),
  ),
];

/** Moves the point nearest to the mixed value; points are told by their difference from the beginning's. */
const movePoints: Code = [
  ...set(l.count, loadUnsignedShort(shiftLeft(load(at.nearest), 1), at.startingPoints)),
  ...increase(l.target, constant(32768)),
  ...range(mapCount).flatMap((m) => [
    ...set(l.address, load(at.points + 4 * m)),
    ...set(l.word, loadUnsignedShort(get(l.address))),
    ...set(l.chance, and(add(get(l.count), get(l.word)), constant(0xffff))),
    ...increase(l.chance, shiftRight(subtract(get(l.target), get(l.chance)), mapShift)),
    ...storeShort(get(l.address), subtract(get(l.chance), get(l.count))),
    ...remember(l.touched, get(l.address), isZero(get(l.word))),
  ]),
];

/** `Mixing.update` with a bit. */
export const update: Omit<AssembledFunction, "name"> = {
  ...{ parameters: 1, integers: integerCount, vectors: setCount + 4 },
  body: [
    ...set(l.touched, load(at.touchedEnd)),
    ...moveSlots,
    ...findErrors,
    ...moveWeights,
    ...moveShares,
    ...movePoints,
    ...store(at.touchedEnd, get(l.touched)),
  ],
};
