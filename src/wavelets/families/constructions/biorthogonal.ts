import { daubechiesPolynomial, polynomialRoot } from "./daubechies.ts";
import {
  multiply,
  normalized,
  one,
  type Polynomial,
  powerOfOnePlus,
  ratio,
  times,
} from "./fixedPoint.ts";
import type { LowPassPair } from "./lowPassPair.ts";
import type { BiorthogonalOrder } from "./orders.ts";

interface Design {
  /** Zeros of the low-pass filters at ω = π, of synthesis and of analysis. */
  readonly zeros: readonly [synthesis: number, analysis: number];
  /** The root of Daubechies' polynomial that synthesis takes, with its conjugate; analysis takes all others. */
  readonly root?: number;
}

/**
 * Cohen, Daubechies and Feauveau's families (1992). The product of the two filters is always (1−y)ᴸ P(y) of
 * Daubechies' polynomial P with L = half the zeros; if synthesis takes no root, it is a B-spline. The name 5.5 is
 * that of PyWavelets and MATLAB; its zeros are six and four.
 */
const designs: Readonly<Record<BiorthogonalOrder, Design>> = {
  "1.1": { zeros: [1, 1] },
  "1.3": { zeros: [1, 3] },
  "1.5": { zeros: [1, 5] },
  "2.2": { zeros: [2, 2] },
  "2.4": { zeros: [2, 4] },
  "2.6": { zeros: [2, 6] },
  "2.8": { zeros: [2, 8] },
  "3.1": { zeros: [3, 1] },
  "3.3": { zeros: [3, 3] },
  "3.5": { zeros: [3, 5] },
  "3.7": { zeros: [3, 7] },
  "3.9": { zeros: [3, 9] },
  "4.4": { zeros: [4, 4], root: 2 },
  "5.5": { zeros: [6, 4], root: 2 },
  "6.8": { zeros: [6, 8], root: 2 },
};

/** Zeros of the low-pass filters at ω = π, which are the vanishing moments of the other side's wavelet. */
export function biorthogonalZeros(
  order: BiorthogonalOrder,
): readonly [synthesis: number, analysis: number] {
  return designs[order].zeros;
}

/** The low-pass filters of a biorthogonal wavelet, each correctly rounded, with PyWavelets' zeros around them. */
export function biorthogonal(order: BiorthogonalOrder): LowPassPair {
  const { zeros, root } = designs[order];
  const [synthesis, analysis] = zeros;
  const half = (synthesis + analysis) / 2;
  const recLo = root === undefined ? [one] : inSine(factorOf(half, root));
  const decLo = root === undefined ? inSine(daubechiesPolynomial(half)) : otherRoots(half, root);
  return padded(
    normalized(multiply(powerOfOnePlus(analysis), decLo)),
    normalized(multiply(powerOfOnePlus(synthesis), recLo)),
  );
}

/** The factor of root k, with its conjugate if it has one, in y. */
function factorOf(n: number, k: number): Polynomial {
  const { re, im } = polynomialRoot(n, k);
  return 2 * k === n ? [-re, one] : [times(re, re) + times(im, im), -2n * re, one];
}

function otherRoots(n: number, root: number): Polynomial {
  let factors: Polynomial = [one];
  for (let k = 1; 2 * k <= n; k++)
    if (k !== root) factors = multiply(factors, inSine(factorOf(n, k)));
  return factors;
}

/** A polynomial in y = sin²(ω/2) = −(1 − x)² / 4x as one in x, which is symmetric. */
function inSine(coefficients: Polynomial): Polynomial {
  const degree = coefficients.length - 1;
  const y: Polynomial = [ratio(-1n, 4n), ratio(1n, 2n), ratio(-1n, 4n)];
  const sum = new Array<bigint>(2 * degree + 1).fill(0n);
  let power: Polynomial = [one];
  coefficients.forEach((coefficient, k) => {
    power.forEach((value, i) => {
      sum[degree - k + i]! += times(coefficient, value);
    });
    power = multiply(power, y);
  });
  return sum;
}

/** Pads both filters with zeros to the same even length, the longer one centered or half a sample later. */
function padded(decLo: readonly number[], recLo: readonly number[]): LowPassPair {
  const longest = Math.max(decLo.length, recLo.length);
  const length = longest + (longest % 2);
  const around = (taps: readonly number[], before: number) => [
    ...new Array<number>(before).fill(0),
    ...taps,
    ...new Array<number>(length - before - taps.length).fill(0),
  ];
  return {
    decLo: around(decLo, Math.ceil((length - decLo.length) / 2)),
    recLo: around(recLo, Math.floor((length - recLo.length) / 2)),
  };
}
