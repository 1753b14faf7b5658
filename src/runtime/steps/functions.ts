import {
  addIntegers,
  type Code,
  get,
  integers,
  set,
  shiftIntegersLeft,
} from "../../wasm/assembler.ts";
import {
  absoluteFloats,
  addFloats,
  divideFloats,
  greaterFloats,
  higherOf,
  lessFloats,
  lowerOf,
  multiplyFloats,
  negateFloats,
  selectBits,
  subtractFloats,
} from "../../wasm/floats.ts";
import { multiplyAdd } from "../../wasm/multiplyAdd.ts";
import type { Constants } from "./kernel.ts";
import { errorFunction, interpolate } from "./polynomial.ts";

/**
 * A function of four floats at once: code that takes x from a local and leaves the result on the stack. It may overwrite
 * `temporaries` locals, the first of which is `first`; x stays.
 */
export interface VectorFunction {
  readonly temporaries: number;
  code(x: number, first: number, c: Constants): Code;
}

/** Horner's rule: coefficients with the lowest power first. */
const polynomial = (coefficients: readonly number[], x: Code, c: Constants): Code =>
  coefficients
    .slice(0, -1)
    .reduceRight<Code>((sum, power) => multiplyAdd(sum, x, c(power)), c(coefficients.at(-1) ?? 0));

const ln2 = Math.LN2;
/** ln 2 with so few digits that its product with an exponent is exact, and the rest of it. */
const ln2High = Math.round(ln2 * 512) / 512;
const expPowers = interpolate(Math.exp, [-ln2 / 2, ln2 / 2], 6);

/** A float near it has no digits after the point, and its last bits are those of an integer. */
const rounding = 1.5 * 2 ** 23;

/**
 * e^x = 2^n e^r with |r| ≤ ½ ln 2 and e^r by a polynomial; x is clamped to what float32 can hold without subnormal numbers.
 * Takes x from the stack.
 */
const clampedExp = (x: Code, first: number, c: Constants): Code => {
  const [shifted, n, r] = [first, first + 1, first + 2];
  const exponent = addIntegers(get(shifted), integers(127, 127, 127, 127));
  return [
    ...set(r, lowerOf(higherOf(x, c(-87.3)), c(88.3))),
    ...set(shifted, multiplyAdd(get(r), c(1 / ln2), c(rounding))),
    ...set(n, subtractFloats(get(shifted), c(rounding))),
    ...set(r, subtractFloats(get(r), multiplyFloats(get(n), c(ln2High)))),
    ...set(r, subtractFloats(get(r), multiplyFloats(get(n), c(ln2 - ln2High)))),
    ...multiplyFloats(polynomial(expPowers, get(r), c), shiftIntegersLeft(exponent, 23)),
  ];
};

/** e^x for x that cannot be large, as in a softmax: at least e^-87.3, which is 1e-38. */
export const exponentialOfDifference: VectorFunction = {
  temporaries: 3,
  code: (x, first, c) => clampedExp(get(x), first, c),
};

export const exponential: VectorFunction = {
  temporaries: 3,
  code: (x, first, c) =>
    selectBits(
      c(0),
      selectBits(c(Infinity), clampedExp(get(x), first, c), greaterFloats(get(x), c(88.3))),
      lessFloats(get(x), c(-87.3)),
    ),
};

/** 1 / (1 + e^-x). */
export const sigmoid: VectorFunction = {
  temporaries: 3,
  code: (x, first, c) =>
    divideFloats(c(1), addFloats(c(1), clampedExp(negateFloats(get(x)), first, c))),
};

const tanhPowers = interpolate(
  (square) => (square === 0 ? 1 : Math.tanh(Math.sqrt(square)) / Math.sqrt(square)),
  [0, 0.7 ** 2],
  6,
);

/** Near 0 a polynomial, so that the relative error stays small; farther out 1 - 2 / (e^2x + 1). */
export const hyperbolicTangent: VectorFunction = {
  temporaries: 4,
  code: (x, first, c) => {
    const square = first + 3;
    return [
      ...set(square, multiplyFloats(get(x), get(x))),
      ...selectBits(
        multiplyFloats(get(x), polynomial(tanhPowers, get(square), c)),
        subtractFloats(
          c(1),
          divideFloats(c(2), addFloats(c(1), clampedExp(addFloats(get(x), get(x)), first, c))),
        ),
        lessFloats(absoluteFloats(get(x)), c(0.7)),
      ),
    ];
  },
};

const nearErf = interpolate(
  (square) =>
    square === 0 ? 2 / Math.sqrt(Math.PI) : errorFunction(Math.sqrt(square)) / Math.sqrt(square),
  [0, 1],
  8,
);
/** Beyond it 1 - erf is below half the last digit of 1. */
const farthest = 4;
const farErf = interpolate((x) => Math.log(1 - errorFunction(x)), [1, farthest], 9);

/** Near 0 a polynomial; farther out 1 - e^p(|x|), where p is a polynomial for the logarithm of 1 - erf. */
export const errorFunctionVector: VectorFunction = {
  temporaries: 5,
  code: (x, first, c) => {
    const [size, far] = [first + 3, first + 4];
    return [
      ...set(size, lowerOf(absoluteFloats(get(x)), c(farthest))),
      ...set(far, subtractFloats(c(1), clampedExp(polynomial(farErf, get(size), c), first, c))),
      ...set(far, selectBits(get(far), negateFloats(get(far)), greaterFloats(get(x), c(0)))),
      ...set(first, multiplyFloats(get(size), get(size))),
      ...selectBits(
        multiplyFloats(get(x), polynomial(nearErf, get(first), c)),
        get(far),
        lessFloats(get(size), c(1)),
      ),
    ];
  },
};
