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

/** How a family's names are read. */
interface Entry {
  /** The name's form, parameters in capitals. */
  readonly form: string;
  /** Names to offer: PyWavelets' own, or with parameters that are in use. */
  readonly names: readonly string[];
  /** How many parameters a name carries. */
  readonly parameters: number;
  /** The parameters of a bare name, if it may be bare: PyWavelets'. */
  readonly bare?: readonly number[];
  make(...parameters: number[]): ContinuousWavelet;
}

const orders = [1, 2, 3, 4, 5, 6, 7, 8];

/** Every family. */
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

/** Names that {@link continuousWavelet} knows: of families with free parameters, one with parameters that are in use. */
export const continuousWaveletNames: readonly string[] = Object.freeze(
  Object.values(families).flatMap(({ names }) => names),
);

/**
 * The continuous wavelet called `name`, as PyWavelets writes names: `gaus1`, `mexh`, `cmor1.5-1.0` (B-C), `fbsp2-1.5-1.0`
 * (M-B-C); a bare `cmor`, `shan` or `fbsp` has PyWavelets' parameters. Beyond PyWavelets: `morlet6` (ω₀), `morse20-3`
 * (beta-gamma) and `cauchy4` (m). Throws RangeError, with names that are near, for any other name or parameter.
 */
export function continuousWavelet(name: string): ContinuousWavelet {
  const [, family = "", rest = ""] = /^([a-z]*)(.*)$/s.exec(name) ?? [];
  if (!Object.hasOwn(families, family)) {
    const near = nearNames(name, continuousWaveletNames, Math.max(2, name.length / 2)).slice(0, 3);
    throw new RangeError(
      `no continuous wavelet is called "${name}"; ${near.length > 0 ? `near: ${near.join(", ")}` : `there are ${forms()}`}`,
    );
  }
  const kept = made.get(name);
  if (kept) return kept;
  const { form, names, parameters, bare, make } = families[family as ContinuousFamily]; // just looked up
  const words = rest === "" ? [] : rest.split("-");
  const numbers = words.length === 0 && bare ? bare : words.map(toNumber);
  if (numbers.length !== parameters || numbers.some(Number.isNaN)) {
    const example = names.length > 1 ? `${names[0]} … ${names.at(-1)}` : names[0];
    throw new RangeError(`"${name}" is not of the form ${form}, such as ${example}`);
  }
  const fresh = make(...numbers);
  if (made.size >= most) made.clear();
  made.set(name, fresh);
  return fresh;
}

/** Kept, since measuring a wavelet takes some milliseconds, of Morse's dozens; what is kept never changes. */
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
