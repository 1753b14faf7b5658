import { type Code, get, hasBits, set, shiftIntegersLeft, when } from "../../wasm/assembler.ts";
import {
  absoluteFloats,
  addFloats,
  divideFloats,
  greaterFloats,
  greaterOrEqualFloats,
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

/** A float near it has no digits after the point, and its last bits are those of an integer, plus the exponent of 1. */
const rounding = 1.5 * 2 ** 23 + 127;

/**
 * e^x = 2^n e^r with |r| ≤ ½ ln 2 and e^r by a polynomial; x must lie within what float32 can hold without subnormal numbers. Takes x
 * from the stack.
 */
const expWithin = (x: Code, first: number, c: Constants): Code => {
  const [shifted, n, r] = [first, first + 1, first + 2];
  return [
    ...set(r, x),
    ...set(shifted, multiplyAdd(get(r), c(1 / ln2), c(rounding))),
    ...set(n, subtractFloats(get(shifted), c(rounding))),
    ...set(r, subtractFloats(get(r), multiplyFloats(get(n), c(ln2High)))),
    ...set(r, subtractFloats(get(r), multiplyFloats(get(n), c(ln2 - ln2High)))),
    ...multiplyFloats(polynomial(expPowers, get(r), c), shiftIntegersLeft(get(shifted), 23)),
  ];
};

/** The same for every x, which is clamped. */
const clampedExp = (x: Code, first: number, c: Constants): Code =>
  expWithin(lowerOf(higherOf(x, c(-87.3)), c(88.3)), first, c);

/** e^x for x that is not above 0, as in a softmax: at least e^-87.3, which is 1e-38. */
export const exponentialOfDifference: VectorFunction = {
  temporaries: 3,
  code: (x, first, c) => expWithin(higherOf(get(x), c(-87.3)), first, c),
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

/** Where erf goes from one form to the other, and where it is 1 in float32. */
const [farErfStart, farErfEnd] = [2, 4];
/** erf(x) / x by x² brought to -1 … 1, where powers do not cancel each other. */
const nearErf = interpolate(
  (u) => {
    const x = farErfStart * Math.sqrt((u + 1) / 2);
    return x === 0 ? 2 / Math.sqrt(Math.PI) : errorFunction(x) / x;
  },
  [-1, 1],
  11,
);
const farErf = interpolate((x) => Math.log(1 - errorFunction(x)), [farErfStart, farErfEnd], 7);

/**
 * Near 0 by a polynomial; farther out, where activations rarely are, 1 - e^p(|x|), where p is a polynomial for the logarithm of
 * 1 - erf.
 */
export const errorFunctionVector: VectorFunction = {
  temporaries: 6,
  code: (x, first, c) => {
    const [size, u, erf] = [first + 3, first + 4, first + 5];
    const isFar = greaterOrEqualFloats(get(size), c(farErfStart));
    const magnitude = subtractFloats(c(1), clampedExp(polynomial(farErf, get(size), c), first, c));
    return [
      ...set(size, lowerOf(absoluteFloats(get(x)), c(farErfEnd))),
      ...set(u, multiplyAdd(get(size), multiplyFloats(get(size), c(2 / farErfStart ** 2)), c(-1))),
      ...set(erf, multiplyFloats(get(x), polynomial(nearErf, get(u), c))),
      ...when(
        hasBits(isFar),
        set(u, magnitude),
        set(u, selectBits(get(u), negateFloats(get(u)), greaterFloats(get(x), c(0)))),
        set(erf, selectBits(get(u), get(erf), isFar)),
      ),
      ...get(erf),
    ];
  },
};
