import {
  type AssembledFunction,
  add,
  addIntegers,
  and,
  type Code,
  constant,
  get,
  isZero,
  lessThan,
  loadInteger,
  loadUnsignedShort,
  loadVector,
  loop,
  multiply,
  multiplyIntegers,
  or,
  set,
  shiftIntegersRight,
  shiftLeft,
  shiftRight,
  shiftRightUnsigned,
  splatInteger,
  storeInteger,
  storeShort,
  storeVector,
  subtract,
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
import {
  clamp,
  clampIntegers,
  four,
  increase,
  load,
  range,
  remember,
  squash,
  store,
} from "./code.ts";
import { at, groups, pair, usesFrom, v } from "./layout.ts";

const l = locals(
  ["bit"],
  ["target", "list", "end", "address", "word", "touched", "chance", "count", "input", "wanted"],
);
const row = (s: number) => l.wanted + 1 + s;
const integerCount = row(setCount) - 1;
const errorOf = (s: number) => row(setCount) + s;
const [first, second] = [errorOf(setCount), errorOf(setCount + 1)];

/** Chances of slots stay this far from 0 and 2^16 − 1. */
const least = 32;

const moveSlots: Code = [
  ...set(l.target, subtract(multiply(get(l.bit), constant(65535)), constant(32768))),
  ...set(l.list, constant(at.slotList)),
  ...set(l.end, load(at.slotListEnd)),
  ...loop(
    lessThan(get(l.list), get(l.end)),
    set(l.address, loadInteger(get(l.list))),
    set(l.word, loadInteger(get(l.address))),
    set(l.chance, shiftRight(shiftLeft(get(l.word), 16), 16)),
    set(l.count, shiftRightUnsigned(get(l.word), 16)),
    increase(
      l.chance,
      shiftRight(
        multiply(
          subtract(get(l.target), get(l.chance)),
          loadUnsignedShort(shiftLeft(get(l.count), 1), at.counterRates),
        ),
        15,
      ),
    ),
    clamp(l.chance, least - 32768, 65535 - least - 32768),
    increase(l.count, lessThan(get(l.count), constant(countLimit))),
    storeInteger(
      get(l.address),
      or(shiftLeft(get(l.count), 16), and(get(l.chance), constant(0xffff))),
    ),
    remember(l.touched, get(l.address), isZero(get(l.word))),
    increase(l.list, constant(4)),
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
  ...{ parameters: 1, integers: integerCount, vectors: setCount + 2 },
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
