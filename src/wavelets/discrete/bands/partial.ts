import { type FloatArray, zerosLike } from "../../arrays/floatArray.ts";
import type { Mode } from "../../extension/mode.ts";
import { pad } from "../../extension/pad.ts";
import { type WaveletLike, waveletOf } from "../../families/wavelet.ts";
import { idwt } from "../dwt.ts";
import { wavedec } from "../wavedec.ts";

/** Which band of a decomposition is meant. */
export interface BandChoice {
  /** `a` for the approximation, `d` for the detail. */
  readonly part: "a" | "d";
  /** Its level, from 1 (finest) up; 1 by default. */
  readonly level?: number;
}

/** One band of a signal's transform, as `wavedec` gives it. Throws RangeError as that does. */
export function downcoef<A extends FloatArray>(
  data: A,
  wavelet: WaveletLike,
  { part, level = 1, mode }: BandChoice & { readonly mode?: Mode },
): A {
  checkLevel(level);
  const { coefficients } = wavedec(data, wavelet, { levels: level, ...(mode && { mode }) });
  return coefficients[checkPart(part) === "a" ? 0 : 1]!; // a level at least
}

/**
 * What one band makes alone, with no ends: each coefficient as its whole wavelet or scaling function. A level makes
 * 2 n + f − 2 values of n, with filters of length f; `take` keeps so many in the middle. Throws RangeError for no
 * coefficients.
 */
export function upcoef<A extends FloatArray>(
  coefficients: A,
  wavelet: WaveletLike,
  { part, level = 1, take }: BandChoice & { readonly take?: number },
): A {
  checkLevel(level);
  if (coefficients.length === 0) throw new RangeError("there are no coefficients to go up from");
  const bank = waveletOf(wavelet);
  const f = bank.decLo.length;
  let band: A = coefficients;
  let own = checkPart(part);
  for (let step = 0; step < level; step++) {
    const length = 2 * band.length + f - 2;
    const full = pad(band, [f / 2 - 1, f / 2 - 1], "zero"); // as of a signal among zeros
    const none = zerosLike(full, full.length);
    const bands =
      own === "a" ? { approximation: full, detail: none } : { approximation: none, detail: full };
    band = idwt({ ...bands, length, mode: "zero", wavelet: bank });
    own = "a";
  }
  if (take === undefined || take >= band.length) return band;
  const from = (band.length - take) >> 1;
  return band.slice(from, from + take) as A;
}

function checkPart(part: string): "a" | "d" {
  if (part !== "a" && part !== "d") throw new RangeError(`a part is "a" or "d", not "${part}"`);
  return part;
}

function checkLevel(level: number): void {
  if (!Number.isInteger(level) || level < 1)
    throw new RangeError(`a level is a whole number from 1 up, not ${level}`);
}
