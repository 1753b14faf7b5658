import { checkOneOf } from "../arguments/checkOneOf.ts";
import { describe } from "../arguments/describe.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import type { FloatArray } from "../arrays/floatArray.ts";
import type { WavedecOptions } from "../discrete/wavedec.ts";
import type { Mode } from "../extension/mode.ts";
import { checkNoise, noiseLevel } from "./noise.ts";
import {
  bayesThreshold,
  hybridSureThreshold,
  minimaxThreshold,
  sureThreshold,
  universalThreshold,
} from "./rules.ts";
import { threshold } from "./threshold.ts";

/** The threshold of one band, from its coefficients, the noise level in it, and the number of samples of the data. */
export type ThresholdRule = (band: FloatArray, sigma: number, samples: number) => number;

/** The names of the built-in rules. */
export type ThresholdRuleName = "universal" | "minimax" | "sure" | "hybridSure" | "bayes";

/** Options of denoising. */
export interface DenoiseOptions extends WavedecOptions {
  /**
   * `dwt` (default): `wavedec`, with `mode` and `shifts`. `swt`: the stationary transform, periodic. It is slower and
   * smoother, without ripples at edges that depend on the position of the signal.
   */
  readonly transform?: "dwt" | "swt";
  /** Cycle spinning with `dwt`: the mean over this number of circular shifts along each axis. 1 by default. */
  readonly shifts?: number;
  /**
   * How a band's threshold is chosen; `sure` by default. All rules are derived for `soft`; `universal` and `minimax` are
   * large and also suit `hard` and `garrote`.
   */
  readonly rule?: ThresholdRuleName | ThresholdRule;
  /** What is done at the threshold; `soft` by default. */
  readonly shrink?: "soft" | "hard" | "garrote";
  /**
   * Standard deviation of the noise in the data, if it is known. Otherwise it is estimated: `white` (default) from the
   * finest details; `colored` in each band from the band itself, which needs few levels, so that bands are mostly noise.
   */
  readonly noise?: number | "white" | "colored";
}

/** Names of the options of denoising. */
export const denoiseOptionNames = optionNames<DenoiseOptions>({
  mode: true,
  levels: true,
  transform: true,
  shifts: true,
  rule: true,
  shrink: true,
  noise: true,
});

const rules: Readonly<Record<ThresholdRuleName, ThresholdRule>> = {
  universal: (_, sigma, samples) => universalThreshold(sigma, samples),
  minimax: (_, sigma, samples) => minimaxThreshold(sigma, samples),
  sure: sureThreshold,
  hybridSure: hybridSureThreshold,
  bayes: bayesThreshold,
};

/** The names of all rules, for those that let a person choose. */
export const thresholdRuleNames: readonly ThresholdRuleName[] = Object.freeze(
  Object.keys(rules) as ThresholdRuleName[],
);

/** How data are denoised: the options with their defaults, checked. */
export interface DenoisePlan {
  readonly transform: "dwt" | "swt";
  readonly mode: Mode | undefined;
  readonly shifts: number;
  readonly rule: ThresholdRule;
  readonly shrink: "soft" | "hard" | "garrote";
  readonly noise: number | "white" | "colored";
}

/**
 * The options with their defaults, for data whose longest side is `longest`. Throws TypeError for unknown options,
 * RangeError for values out of range, and for `swt` with shifts or another mode than periodization.
 */
export function denoisePlan(options: DenoiseOptions, longest: number): DenoisePlan {
  checkOptions(options, denoiseOptionNames);
  const { shifts = 1, mode, rule = "sure", noise = "white" } = options;
  const transform = checkOneOf("transform", options.transform ?? "dwt", ["dwt", "swt"]);
  if (!Number.isInteger(shifts) || shifts < 1 || shifts > longest)
    throw new RangeError(
      `shifts must be an integer from 1 to ${longest}, the length of the longest side, not ${shifts}`,
    );
  if (transform === "swt" && shifts > 1)
    throw new RangeError(
      'transform "swt" already averages over all shifts; shifts need transform "dwt"',
    );
  if (transform === "swt" && mode !== undefined && mode !== "periodization")
    throw new RangeError(
      `transform "swt" extends signals periodically; mode ${mode} needs transform "dwt"`,
    );
  return {
    ...{ transform, mode, shifts },
    rule: typeof rule === "function" ? rule : ruleOf(rule),
    shrink: checkOneOf("shrink mode", options.shrink ?? "soft", ["soft", "hard", "garrote"]),
    noise:
      typeof noise === "number"
        ? checkNoise(noise)
        : checkOneOf<"white" | "colored">("noise model", noise, ["white", "colored"]),
  };
}

/** Shrinks a band in which white noise of the data is amplified by `gain`, in place. */
export type Shrink = <A extends FloatArray>(band: A, gain: number) => A;

/**
 * How the bands of one decomposition are shrunk. White noise is estimated from the `finest` band, which amplifies it by
 * `gain`.
 */
export function shrinkage(
  { rule, shrink, noise }: DenoisePlan,
  samples: number,
  finest: FloatArray,
  gain: number,
): Shrink {
  const white = typeof noise === "number" ? noise : noiseLevel(finest) / gain;
  return (band, bandGain) => {
    const sigma = noise === "colored" ? noiseLevel(band) : white * bandGain;
    return threshold(band, rule(band, sigma, samples), { mode: shrink, out: band });
  };
}

function ruleOf(name: string): ThresholdRule {
  if (typeof name !== "string")
    throw new TypeError(`rule must be a name or a function, not ${describe(name)}`);
  return rules[checkOneOf("threshold rule", name, thresholdRuleNames)];
}
