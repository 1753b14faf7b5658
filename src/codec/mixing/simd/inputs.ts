import {
  add,
  addIntegers,
  and,
  andVectors,
  type Code,
  constant,
  get,
  leastIntegers,
  lessThan,
  loadFirstInteger,
  loadInteger,
  loadShort,
  loadVector,
  loop,
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
  when,
  xorVectors,
} from "../../../wasm/assembler.ts";
import { hashFactors, hashShifts } from "../hash.ts";
import { four, increase, range, store } from "./code.ts";
import { at, fromContexts, lanes, pair, v } from "./layout.ts";
import { first, l, second, slot } from "./predictLocals.ts";

/** Finds the slots of four contexts at a time, those that exist and those that fill up a vector. */
export const findSlots: Code = [
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
export const gather: Code = [
  ...set(l.at, constant(0)),
  ...set(l.input, constant(at.inputs + fromContexts)),
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
