import type { OperationName } from "../../graph/operations.ts";
import {
  addIntegers,
  andVectors,
  type Code,
  divide,
  equalIntegers,
  get,
  greatestIntegers,
  integers,
  leastIntegers,
  loadInteger,
  loadVector,
  multiplyIntegers,
  orVectors,
  set,
  singles,
  storeInteger,
  storeVector,
  subtractIntegers,
  zeroVector,
} from "../../wasm/assembler.ts";
import {
  absoluteFloats,
  addFloats,
  divideFloats,
  equalFloats,
  floatsOfIntegers,
  greaterFloats,
  greaterIntegers,
  greaterOrEqualFloats,
  greaterOrEqualIntegers,
  greatestFloats,
  higherOf,
  integersOfFloats,
  leastFloats,
  lessFloats,
  lessIntegers,
  lessOrEqualFloats,
  lessOrEqualIntegers,
  multiplyFloats,
  negateFloats,
  notVector,
  rootOfFloats,
  selectBits,
  subtractFloats,
} from "../../wasm/floats.ts";
import {
  errorFunctionVector,
  exponential,
  hyperbolicTangent,
  sigmoid,
  type VectorFunction,
} from "./functions.ts";
import {
  type Constants,
  increase,
  type Kernel,
  numberBytes,
  until,
  vectorBytes,
  withConstants,
} from "./kernel.ts";

/** How four numbers are held in a vector: truth has all bits of its lane, or none. */
export type LaneType = "float" | "integer" | "truth";

type Binary = (a: Code, b: Code) => Code;

/** Operations on two operands, by the type of the operands. */
export const binaryCode: Readonly<Record<LaneType, { readonly [K in OperationName]?: Binary }>> = {
  float: {
    add: addFloats,
    sub: subtractFloats,
    mul: multiplyFloats,
    div: divideFloats,
    maximum: greatestFloats,
    minimum: leastFloats,
    equal: equalFloats,
    less: lessFloats,
    lessEqual: lessOrEqualFloats,
    greater: greaterFloats,
    greaterEqual: greaterOrEqualFloats,
  },
  integer: {
    add: addIntegers,
    sub: subtractIntegers,
    mul: multiplyIntegers,
    maximum: greatestIntegers,
    minimum: leastIntegers,
    equal: equalIntegers,
    less: lessIntegers,
    lessEqual: lessOrEqualIntegers,
    greater: greaterIntegers,
    greaterEqual: greaterOrEqualIntegers,
  },
  truth: { and: andVectors, or: orVectors, equal: equalIntegers },
};

const simple = (code: (x: Code, c: Constants) => Code): VectorFunction => ({
  temporaries: 0,
  code: (x, _, c) => code(get(x), c),
});

/** `x · f(x)`. */
const times = (
  f: VectorFunction,
  after: (y: Code, c: Constants) => Code = (y) => y,
): VectorFunction => ({
  temporaries: f.temporaries,
  code: (x, first, c) => multiplyFloats(get(x), after(f.code(x, first, c), c)),
});

/** Functions of one operand, by the type of the operand. */
export const unaryCode: Readonly<
  Record<LaneType, { readonly [K in OperationName]?: VectorFunction }>
> = {
  float: {
    neg: simple(negateFloats),
    abs: simple(absoluteFloats),
    sqrt: simple(rootOfFloats),
    relu: simple((x, c) => higherOf(x, c(0))),
    sign: simple((x, c) =>
      orVectors(andVectors(greaterFloats(x, c(0)), c(1)), andVectors(lessFloats(x, c(0)), c(-1))),
    ),
    squaredRelu: {
      temporaries: 1,
      code: (x, first, c) => [
        ...set(first, higherOf(get(x), c(0))),
        ...multiplyFloats(get(first), get(first)),
      ],
    },
    exp: exponential,
    tanh: hyperbolicTangent,
    erf: errorFunctionVector,
    sigmoid,
    silu: times(sigmoid),
    erfGate: times(errorFunctionVector, (y, c) => addFloats(y, c(1))),
  },
  integer: {},
  truth: { not: simple(notVector) },
};

/** Casts from one type to another. */
export const castCode: Readonly<Record<LaneType, Readonly<Record<LaneType, VectorFunction>>>> = {
  float: {
    float: simple((x) => x),
    integer: simple(integersOfFloats),
    truth: simple((x, c) => notVector(equalFloats(x, c(0)))),
  },
  integer: {
    float: simple(floatsOfIntegers),
    integer: simple((x) => x),
    truth: simple((x) => notVector(equalIntegers(x, zeroVector))),
  },
  truth: {
    float: simple((x, c) => andVectors(x, c(1))),
    integer: simple((x) => andVectors(x, integers(1, 1, 1, 1))),
    truth: simple((x) => x),
  },
};

/** `(result, x, end of the result)`: a function of each of many numbers. */
export function unaryKernel(f: VectorFunction): Kernel {
  const [to, x, end, value] = [0, 1, 2, 3];
  return withConstants((c) => ({
    parameters: 3,
    integers: 0,
    vectors: 1 + f.temporaries,
    body: until(
      to,
      end,
      set(value, loadVector(get(x))),
      storeVector(get(to), f.code(value, value + 1, c)),
      increase(to, vectorBytes),
      increase(x, vectorBytes),
    ),
  }));
}

/** Which operand of two is a single number for all; the other one has as many as the result. */
export type Single = "none" | "first" | "second";

/** `(result, a, b, end of the result)`: many numbers with as many others, or with a single one. */
export function binaryKernel(f: Binary, single: Single): Kernel {
  const [to, a, b, end, fixed] = [0, 1, 2, 3, 4];
  const lone = single === "first" ? a : b;
  const operand = (local: number) =>
    single !== "none" && local === lone ? get(fixed) : loadVector(get(local));
  return {
    parameters: 4,
    integers: 0,
    vectors: 1,
    body: [
      ...(single === "none" ? [] : set(fixed, singles.splat(get(lone)))),
      ...until(
        to,
        end,
        storeVector(get(to), f(operand(a), operand(b))),
        increase(to, vectorBytes),
        ...[a, b]
          .filter((local) => single === "none" || local !== lone)
          .map((local) => increase(local, vectorBytes)),
      ),
    ],
  };
}

/** `(result, condition, a, b, end of the result)`: a where the condition holds, else b. */
export function whereKernel(): Kernel {
  const [to, condition, a, b, end] = [0, 1, 2, 3, 4];
  return {
    parameters: 5,
    integers: 0,
    vectors: 0,
    body: until(
      to,
      end,
      storeVector(
        get(to),
        selectBits(loadVector(get(a)), loadVector(get(b)), loadVector(get(condition))),
      ),
      ...[to, condition, a, b].map((local) => increase(local, vectorBytes)),
    ),
  };
}

/** `(result, a, b, end of the result)`: quotients of integers, rounded toward zero; a divisor of 0 ends the program. */
export function quotients(): Kernel {
  const [to, a, b, end] = [0, 1, 2, 3];
  return {
    parameters: 4,
    integers: 0,
    vectors: 0,
    body: until(
      to,
      end,
      storeInteger(get(to), divide(loadInteger(get(a)), loadInteger(get(b)))),
      ...[to, a, b].map((local) => increase(local, numberBytes)),
    ),
  };
}
