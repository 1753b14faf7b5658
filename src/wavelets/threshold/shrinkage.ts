import { checkOneOf } from "../arguments/checkOneOf.ts";
import type { FloatArray } from "../arrays/floatArray.ts";
import type { WavedecOptions } from "../discrete/wavedec.ts";
import { noiseLevel } from "./noise.ts";
import {
  bayesThreshold,
  hybridSureThreshold,
  minimaxThreshold,
  sureThreshold,
  universalThreshold,
} from "./rules.ts";
import { threshold } from "./threshold.ts";

/** A threshold for one band, from its coefficients, the noise in it, and how many samples the data has. */
export type ThresholdRule = (band: FloatArray, sigma: number, samples: number) => number;

/** The rules that have names. */
export type ThresholdRuleName = "universal" | "minimax" | "sure" | "hybridSure" | "bayes";

/** Options of denoising. */
export interface DenoiseOptions extends WavedecOptions {
  /**
   * `dwt` (default): `wavedec`, with `mode` and `shifts`. `swt`: the stationary transform, periodic; smoother, without the
   * ripples at edges that depend on where the signal stands, and slower.
   */
  readonly transform?: "dwt" | "swt";
  /** Cycle spinning of the decimated transform: the mean over so many circular shifts along each axis. 1 by default. */
  readonly shifts?: number;
  /**
   * How a band's threshold is chosen; `sure` by default, which is made for `soft` as all rules are. `universal` and
   * `minimax` are large and go well with `hard` and `garrote` too.
   */
  readonly rule?: ThresholdRuleName | ThresholdRule;
  /** What is done at the threshold; `soft` by default. */
  readonly shrink?: "soft" | "hard" | "garrote";
  /**
   * Standard deviation of the noise in the data, if it is known. Otherwise it is estimated: `white` (default), from the
   * finest details; `colored`, in each band from the band itself, which needs bands that are mostly noise: few levels.
   */
  readonly noise?: number | "white" | "colored";
}

const rules: Readonly<Record<ThresholdRuleName, ThresholdRule>> = {
  universal: (_, sigma, samples) => universalThreshold(sigma, samples),
  minimax: (_, sigma, samples) => minimaxThreshold(sigma, samples),
  sure: sureThreshold,
  hybridSure: hybridSureThreshold,
  bayes: bayesThreshold,
};

/** Shrinks a band in which white noise of the data is amplified by `gain`. */
export type Shrink = <A extends FloatArray>(band: A, gain: number) => A;

/**
 * How the bands of one decomposition are shrunk. White noise is measured in the `finest` band, which amplifies it by
 * `gain`. Throws RangeError for an unknown rule.
 */
export function shrinkage(
  { rule = "sure", shrink = "soft", noise = "white" }: DenoiseOptions,
  samples: number,
  finest: FloatArray,
  gain: number,
): Shrink {
  const chosen = typeof rule === "function" ? rule : ruleCalled(rule);
  const white = typeof noise === "number" ? noise : noiseLevel(finest) / gain;
  return (band, bandGain) => {
    const sigma = noise === "colored" ? noiseLevel(band) : white * bandGain;
    return threshold(band, chosen(band, sigma, samples), { mode: shrink });
  };
}

/**
 * The transform and the number of shifts. Throws RangeError unless the number is whole and from 1 up, and for the
 * stationary transform, which knows no ends and has all shifts in it, with another one or a mode.
 */
export function resolveTransform({ transform: name = "dwt", shifts = 1, mode }: DenoiseOptions) {
  const transform = checkOneOf("transform", name, ["dwt", "swt"]);
  if (!Number.isInteger(shifts) || shifts < 1)
    throw new RangeError(`shifts must be a whole number from 1 up, not ${shifts}`);
  if (transform === "swt" && shifts > 1)
    throw new RangeError(
      "the stationary transform has all shifts in it: shifts need transform dwt",
    );
  if (transform === "swt" && mode !== undefined && mode !== "periodization")
    throw new RangeError(
      `the stationary transform takes signals as periodic: mode ${mode} needs transform dwt`,
    );
  return { transform, shifts };
}

function ruleCalled(name: string): ThresholdRule {
  return rules[checkOneOf("rule", name, Object.keys(rules) as ThresholdRuleName[])];
}
