import { describe } from "../arguments/describe.ts";
import { nearNames } from "../arguments/nearNames.ts";
import { cauchy } from "./families/cauchy.ts";
import { cgau } from "./families/cgau.ts";
import { cmor } from "./families/cmor.ts";
import { fbsp } from "./families/fbsp.ts";
import { gaus } from "./families/gaus.ts";
import { mexh } from "./families/mexh.ts";
import { morl } from "./families/morl.ts";
import { morlet } from "./families/morlet.ts";
import { morse } from "./families/morse.ts";
import { shan } from "./families/shan.ts";
import type { ContinuousFamily, ContinuousWavelet } from "./wavelet/definition.ts";

/** How the names of a family are parsed. */
interface Entry {
  /** The form of a name, with parameters in capitals. */
  readonly form: string;
  /** Example names: PyWavelets', or with common parameters. */
  readonly names: readonly string[];
  /** The number of parameters of a name. */
  readonly parameters: number;
  /** The default parameters, as in PyWavelets, if a name may have none. */
  readonly bare?: readonly number[];
  make(...parameters: number[]): ContinuousWavelet;
}

const orders = [1, 2, 3, 4, 5, 6, 7, 8];

/** All families. */
const families: Readonly<Record<ContinuousFamily, Entry>> = {
  gaus: { form: "gausN", names: orders.map((n) => `gaus${n}`), parameters: 1, make: gaus },
  mexh: { form: "mexh", names: ["mexh"], parameters: 0, make: mexh },
  morl: { form: "morl", names: ["morl"], parameters: 0, make: morl },
  cgau: { form: "cgauN", names: orders.map((n) => `cgau${n}`), parameters: 1, make: cgau },
  shan: { form: "shanB-C", names: ["shan1.5-1.0"], parameters: 2, bare: [0.5, 1], make: shan },
  fbsp: {
    form: "fbspM-B-C",
    names: ["fbsp2-1.5-1.0"],
    parameters: 3,
    bare: [2, 1, 0.5],
    make: fbsp,
  },
  cmor: { form: "cmorB-C", names: ["cmor1.5-1.0"], parameters: 2, bare: [1, 0.5], make: cmor },
  morlet: { form: "morletW", names: ["morlet6"], parameters: 1, bare: [6], make: morlet },
  morse: {
    form: "morseBETA-GAMMA",
    names: ["morse20-3"],
    parameters: 2,
    bare: [20, 3],
    make: morse,
  },
  cauchy: { form: "cauchyM", names: ["cauchy4"], parameters: 1, make: cauchy },
};

/** Names of continuous wavelets; families with free parameters have one example each. */
export const continuousWaveletNames: readonly string[] = Object.freeze(
  Object.values(families).flatMap(({ names }) => names),
);

/**
 * The continuous wavelet of a name, in PyWavelets' notation: `gaus1`, `mexh`, `cmor1.5-1.0` (B-C), `fbsp2-1.5-1.0` (M-B-C).
 * Plain `cmor`, `shan` and `fbsp` have PyWavelets' default parameters. Beyond PyWavelets: `morlet6` (ω₀), `morse20-3`
 * (beta-gamma) and `cauchy4` (m). Throws RangeError with similar names for an unknown name or parameter.
 *
 * @example
 * ```ts
 * const { complex, centralFrequency } = continuousWavelet("morlet6");
 * console.log(complex, centralFrequency.toFixed(4));
 * // → true 0.9549
 * ```
 */
export function continuousWavelet(name: string): ContinuousWavelet {
  if (typeof name !== "string")
    throw new TypeError(`the name of a wavelet must be a string, not ${describe(name)}`);
  const [, family = "", rest = ""] = /^([a-z]*)(.*)$/s.exec(name) ?? [];
  if (!Object.hasOwn(families, family)) {
    const near = nearNames(name, continuousWaveletNames, Math.max(2, name.length / 2)).slice(0, 3);
    throw new RangeError(
      `"${name}" is not a continuous wavelet; ${near.length > 0 ? `did you mean ${near.join(", ")}?` : `choose from ${forms()}`}`,
    );
  }
  const kept = made.get(name);
  if (kept) return kept;
  const { form, names, parameters, bare, make } = families[family as ContinuousFamily];
  const words = rest === "" ? [] : rest.split("-");
  const numbers = words.length === 0 && bare ? bare : words.map(toNumber);
  if (numbers.length !== parameters || numbers.some(Number.isNaN)) {
    const example = names.length > 1 ? `${names[0]} … ${names.at(-1)}` : names[0];
    throw new RangeError(`"${name}" does not have the form ${form}, such as ${example}`);
  }
  const fresh = make(...numbers);
  if (made.size >= most) made.clear();
  made.set(name, fresh);
  return fresh;
}

/** A cache: measuring a wavelet takes milliseconds, dozens for Morse's. */
const made = new Map<string, ContinuousWavelet>();
const most = 64;

function toNumber(word: string): number {
  return /^\d*\.?\d+$|^\d+\.$/.test(word) ? Number(word) : Number.NaN;
}

function forms(): string {
  return Object.values(families)
    .map(({ form }) => form)
    .join(", ");
}
