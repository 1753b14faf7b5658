import type { Site, TokenLanguage } from "../codec/index.ts";
import { UserError } from "../errors/userError.ts";
import type { SamplingOptions } from "../nn/decoding/sampling.ts";
import { type Check, CheckError, integer, number, object, optional } from "../train/run/checks.ts";
import { type PerScale, perScale, scaleNames, scaleOf } from "./scales.ts";

/** One number for all decisions, or one for those of each scale; a scale left out has the plain distribution. */
export type ByScale = number | Partial<PerScale<number>>;

/**
 * How images are drawn from a model's distribution; everything off by default, which is the distribution itself. A type, not
 * an interface, so that it is plain JSON.
 */
export type ImageSampling = {
  /** Divides the logits; 0 takes the likeliest token. */
  readonly temperature?: ByScale;
  /** Keeps the fewest likeliest tokens whose probabilities reach this sum (Holtzman et al. 2020). */
  readonly topP?: ByScale;
  /** Keeps the `topK` likeliest tokens. */
  readonly topK?: number;
  /**
   * The weight W of classifier-free guidance (Ho and Salimans 2022, arXiv 2207.12598): logits(∅) + W (logits(c) − logits(∅)),
   * where ∅ is the same question without a class. Above 1 images become more typical of their class; 1, the default, costs
   * nothing, any other weight a second row of the network for each decision.
   */
  readonly guidance?: ByScale;
  /** Lowers the temperature from plane to plane. */
  readonly cooling?: Cooling;
};

/**
 * Multiplies the temperature by `factor` for each plane that a decision lies below plane `from`. The planes before decide which
 * picture it is, those after how clean: a mistake there adds no variety, only specks and gaps.
 */
export type Cooling = {
  /** From 0, which takes the likeliest token below `from`, to 1, which changes nothing. */
  readonly factor: number;
  /** log2 of a threshold: see `usualPlane`. */
  readonly from: number;
};

/** The most that any of the numbers may be. */
const most = 100;

const byScale =
  (max: number): Check<ByScale> =>
  (value, at) => {
    const one = number({ min: 0, max });
    return typeof value === "object"
      ? object({ shape: optional(one), detail: optional(one) })(value, at)
      : one(value, at);
  };

/** Checks that something read is an `ImageSampling`. */
export const samplingCheck: Check<ImageSampling> = object({
  temperature: optional(byScale(most)),
  topP: optional(byScale(1)),
  topK: optional(integer({ min: 1 })),
  guidance: optional(byScale(most)),
  cooling: optional(object({ factor: number({ min: 0, max: 1 }), from: integer() })),
});

/** Throws a UserError that names the number which is out of its range. */
export function checkSampling({ temperature, topP, topK, guidance, cooling }: ImageSampling): void {
  try {
    samplingCheck({ temperature, topP, topK, guidance, cooling }, "");
  } catch (error) {
    throw error instanceof CheckError ? new UserError(error.message) : error;
  }
}

const ofScale = (value: ByScale | undefined, scale: keyof PerScale<number>): number =>
  typeof value === "number" ? value : (value?.[scale] ?? 1);

/** How the token of each decision is drawn, by the decision's scale and plane. */
export function tokenSampling(
  language: TokenLanguage,
  { temperature, topP, topK, cooling }: ImageSampling,
): (site: Site) => SamplingOptions {
  const { factor, from } = cooling ?? { factor: 1, from: language.finestPlane };
  const planes = Math.max(0, from - language.finestPlane) + 1;
  const options = perScale((scale) =>
    Array.from({ length: planes }, (_, below) => ({
      temperature: ofScale(temperature, scale) * factor ** below,
      topP: ofScale(topP, scale),
      ...(topK !== undefined && { topK }),
    })),
  );
  const scale = scaleOf(language);
  return (site) => options[scale(site)][Math.max(0, from - site.plane)]!; // no plane is finer than the finest
}

/** Whether any decision is guided. */
export const isGuided = ({ guidance }: ImageSampling): boolean =>
  scaleNames.some((scale) => ofScale(guidance, scale) !== 1);

/** The weight of guidance at each decision, by the decision's scale; 1 is none. */
export function guidanceAt(
  language: TokenLanguage,
  { guidance }: ImageSampling,
): (site: Site) => number {
  const weights = perScale((scale) => ofScale(guidance, scale));
  const scale = scaleOf(language);
  return (site) => weights[scale(site)];
}

/** Guides logits away from those of the same question without a class: logits(∅) + W (logits(c) − logits(∅)), in place. */
export function guide(logits: Float32Array, free: Float32Array, weight: number): void {
  if (weight === 1) return; // exactly the same, without rounding
  for (let token = 0; token < logits.length; token++) {
    logits[token] = free[token]! + weight * (logits[token]! - free[token]!);
  }
}

/** Sampling in words: `temperature 0.6 for the shape and 1 for the detail, guidance 2`. */
export function samplingText({
  temperature,
  topP,
  topK,
  guidance,
  cooling,
}: ImageSampling): string {
  const words = (name: string, value: ByScale | undefined) => {
    const [shape, detail] = scaleNames.map((scale) => ofScale(value, scale));
    if (shape === detail) return shape === 1 ? [] : [`${name} ${shape}`];
    return [`${name} ${shape} for the shape and ${detail} for the detail`];
  };
  const isCooled = cooling !== undefined && cooling.factor !== 1;
  const all = [
    ...words("temperature", temperature),
    ...(isCooled ? [`cooling ${cooling.factor} from plane ${cooling.from}`] : []),
    ...words("top-p", topP),
    ...(topK === undefined ? [] : [`top-k ${topK}`]),
    ...words("guidance", guidance),
  ];
  return all.join(", ") || "temperature 1";
}
