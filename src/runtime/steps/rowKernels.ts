import {
  add,
  addIntegers,
  type Code,
  constant,
  get,
  greatestIntegers,
  integers,
  lessThan,
  loadVector,
  loop,
  set,
  storeLane,
  storeVector,
} from "../../wasm/assembler.ts";
import {
  acrossLanes,
  addFloats,
  divideFloats,
  floats,
  greatestFloats,
  higherOf,
  multiplyFloats,
  rootOfFloats,
  selectBits,
  subtractFloats,
} from "../../wasm/floats.ts";
import { multiplyAdd } from "../../wasm/multiplyAdd.ts";
import { exponentialOfDifference } from "./functions.ts";
import { increase, type Kernel, numberBytes, until, vectorBytes, withConstants } from "./kernel.ts";

/** Below every score. */
const lowest = -3e38;

const splatOf = (value: number): Code => integers(value, value, value, value);

/**
 * A row of `width` numbers, a vector at a time: `visit` is given each, after `map`; `at` is its place in bytes. Lanes beyond
 * the end of the row are `neutral`.
 */
function overRow(
  x: number,
  width: number,
  at: number,
  neutral: Code,
  visit: (vector: Code) => Code,
  map = (vector: Code) => vector,
): Code {
  const rest = width % 4;
  const inRow = (lane: number) => (lane < rest ? -1 : 0);
  const here = map(loadVector(add(get(x), get(at))));
  const mask = integers(inRow(0), inRow(1), inRow(2), inRow(3));
  const whole = constant((width - rest) * numberBytes);
  return [
    ...set(at, constant(0)),
    ...loop(lessThan(get(at), whole), visit(here), increase(at, vectorBytes)),
    ...(rest > 0 ? visit(selectBits(here, neutral, mask)) : []),
  ];
}

const across = (local: number, combine: (a: Code, b: Code) => Code): Code =>
  acrossLanes(local, combine, get, set);

/** How rows are reduced, by the type of their numbers: from what on, and how two are put together. */
export const reductions = {
  sum: {
    float: { neutral: floats(0), combine: addFloats },
    integer: { neutral: splatOf(0), combine: addIntegers },
  },
  max: {
    float: { neutral: floats(Number.NEGATIVE_INFINITY), combine: greatestFloats },
    integer: { neutral: splatOf(-(2 ** 31)), combine: greatestIntegers },
  },
} as const;

/** `(result, x, end of x)`: one number of each row. */
export function reduceRows(
  { neutral, combine }: (typeof reductions)["sum" | "max"]["float" | "integer"],
  width: number,
): Kernel {
  const [to, x, end, at, total] = [0, 1, 2, 3, 4];
  return {
    parameters: 3,
    integers: 1,
    vectors: 1,
    body: until(
      x,
      end,
      set(total, neutral),
      overRow(x, width, at, neutral, (row) => set(total, combine(get(total), row))),
      storeLane(get(to), across(total, combine), 0),
      increase(to, numberBytes),
      increase(x, width * numberBytes),
    ),
  };
}

/** `(result, x, end of x)`: the softmax of each row. Stores may reach into the next row, which is written later. */
export function softmaxRows(width: number): Kernel {
  const [to, x, end, at, most, total, value, first] = [0, 1, 2, 3, 4, 5, 6, 7];
  const f = exponentialOfDifference;
  const here = add(get(to), get(at));
  return withConstants((c) => ({
    parameters: 3,
    integers: 1,
    vectors: 3 + f.temporaries,
    body: until(
      x,
      end,
      set(most, floats(lowest)),
      overRow(x, width, at, floats(lowest), (row) => set(most, higherOf(get(most), row))),
      set(most, across(most, greatestFloats)),
      set(total, floats(0)),
      overRow(x, width, at, floats(lowest), (row) => [
        ...set(value, subtractFloats(row, get(most))),
        ...set(value, f.code(value, first, c)),
        ...set(total, addFloats(get(total), get(value))),
        ...storeVector(here, get(value)),
      ]),
      set(total, divideFloats(floats(1), across(total, addFloats))),
      overRow(to, width, at, floats(0), (row) =>
        storeVector(here, multiplyFloats(row, get(total))),
      ),
      increase(to, width * numberBytes),
      increase(x, width * numberBytes),
    ),
  }));
}

/** `(result, x, end of x, scale, bias)`: each row without its mean, over its deviation. */
export function layerNormRows(width: number, epsilon: number): Kernel {
  const [to, x, end, scale, bias, at, mean, total, value] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const factor = (local: number) => loadVector(add(get(local), get(at)));
  const share = floats(1 / width);
  return {
    parameters: 5,
    integers: 1,
    vectors: 3,
    body: until(
      x,
      end,
      set(mean, floats(0)),
      overRow(x, width, at, floats(0), (row) => set(mean, addFloats(get(mean), row))),
      set(mean, multiplyFloats(across(mean, addFloats), share)),
      set(total, floats(0)),
      overRow(
        ...([x, width, at, floats(0)] as const),
        (row) => [...set(value, row), ...addSquare(total, value)],
        (row) => subtractFloats(row, get(mean)),
      ),
      set(total, inverseRoot(multiplyFloats(across(total, addFloats), share), epsilon)),
      overRow(x, width, at, floats(0), (row) =>
        storeVector(
          add(get(to), get(at)),
          addFloats(
            multiplyFloats(
              multiplyFloats(subtractFloats(row, get(mean)), get(total)),
              factor(scale),
            ),
            factor(bias),
          ),
        ),
      ),
      increase(to, width * numberBytes),
      increase(x, width * numberBytes),
    ),
  };
}

/** `(result, x, end of x, scale)`: each row over the root of the mean of its squares. */
export function rmsNormRows(width: number, epsilon: number): Kernel {
  const [to, x, end, scale, at, total, value] = [0, 1, 2, 3, 4, 5, 6];
  return {
    parameters: 4,
    integers: 1,
    vectors: 2,
    body: until(
      x,
      end,
      set(total, floats(0)),
      overRow(x, width, at, floats(0), (row) => [...set(value, row), ...addSquare(total, value)]),
      set(total, inverseRoot(multiplyFloats(across(total, addFloats), floats(1 / width)), epsilon)),
      overRow(x, width, at, floats(0), (row) =>
        storeVector(
          add(get(to), get(at)),
          multiplyFloats(multiplyFloats(row, get(total)), loadVector(add(get(scale), get(at)))),
        ),
      ),
      increase(to, width * numberBytes),
      increase(x, width * numberBytes),
    ),
  };
}

const addSquare = (total: number, value: number): Code =>
  set(total, multiplyAdd(get(value), get(value), get(total)));

const inverseRoot = (square: Code, epsilon: number): Code =>
  divideFloats(floats(1), rootOfFloats(addFloats(square, floats(epsilon))));
