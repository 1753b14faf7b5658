import { isWaveletName, type WaveletName, waveletNames } from "./families/names.ts";
import { tabulated } from "./families/tabulated.ts";

export { isWaveletName, type WaveletName, waveletNames };

/**
 * A two-channel filter bank with perfect reconstruction. The four filters have one even length and stand
 * in PyWavelets' order, zeros included, so that tables can be compared digit for digit.
 */
export interface Wavelet {
  readonly name: string;
  readonly decLo: readonly number[];
  readonly decHi: readonly number[];
  readonly recLo: readonly number[];
  readonly recHi: readonly number[];
}

/** The low-pass pair of a wavelet; the high-pass pair follows from it. */
interface LowPassPair {
  readonly decLo: readonly number[];
  readonly recLo: readonly number[];
}

// The float64 nearest to √½, 0.7071067811865476, one unit in the last place above 1 / Math.sqrt(2):
// coefficients that tie with a power of two depend on this digit.
const h = Math.SQRT1_2;

/** Daubechies' table of low-pass filters, with the digits that PyWavelets carries. */
const lowPass: Readonly<Record<string, LowPassPair>> = {
  ...tabulated,
  haar: { decLo: [h, h], recLo: [h, h] },
  "bior2.2": {
    decLo: [
      0, -0.1767766952966369, 0.3535533905932738, 1.0606601717798212, 0.3535533905932738,
      -0.1767766952966369,
    ],
    recLo: [0, 0.3535533905932738, h, 0.3535533905932738, 0, 0],
  },
  // Cohen-Daubechies-Feauveau 9/7, the lossy filter of JPEG 2000. The table carries about 12 correct digits.
  "bior4.4": {
    decLo: [
      0, 0.03782845550726404, -0.023849465019556843, -0.11062440441843718, 0.37740285561283066,
      0.8526986790088938, 0.37740285561283066, -0.11062440441843718, -0.023849465019556843,
      0.03782845550726404,
    ],
    recLo: [
      0, -0.06453888262869706, -0.04068941760916406, 0.41809227322161724, 0.7884856164055829,
      0.41809227322161724, -0.04068941760916406, -0.06453888262869706, 0, 0,
    ],
  },
};

/** The wavelet called `name`: an immutable value, equal to PyWavelets' table of the same name. */
export function wavelet(name: WaveletName): Wavelet {
  const { decLo, recLo } = pairOf(name);
  // Each high-pass filter is the other side's low-pass filter with alternating signs, which cancels
  // the aliasing of the down-sampling: g[n] = (-1)^(n+1) h~[n] for analysis, (-1)^n h[n] for synthesis.
  const decHi = recLo.map((tap, n) => (n % 2 === 0 ? -tap : tap));
  const recHi = decLo.map((tap, n) => (n % 2 === 0 ? tap : -tap));
  return Object.freeze({
    name,
    decLo: Object.freeze(decLo),
    decHi: Object.freeze(decHi),
    recLo: Object.freeze(recLo),
    recHi: Object.freeze(recHi),
  });
}

function pairOf(name: WaveletName): LowPassPair {
  if (name.startsWith("rbio")) {
    const { decLo, recLo } = pairOf(`bior${name.slice(4)}` as WaveletName);
    return { decLo: recLo.toReversed(), recLo: decLo.toReversed() };
  }
  const pair = lowPass[name];
  if (!pair) throw new RangeError(`no wavelet is called ${name}`);
  return pair;
}
