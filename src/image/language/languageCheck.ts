import { type Check, integer, number, object, oneOf, optional } from "../../train/run/checks.ts";
import { imageWavelets } from "./imageWavelets.ts";
import type { ImageLanguageOptions } from "./language.ts";

/** Options of an image language, as a file has them. */
export const languageCheck = object({
  wavelet: oneOf(imageWavelets),
  finest: optional(number({ min: 0, above: true })),
  lossless: optional(oneOf([true, false])),
  order: optional(oneOf(["planes", "coefficients"])),
  levels: optional(integer({ min: 0, max: 15 })),
  vocabulary: optional(oneOf(["blocks", "trees"])),
  reading: optional(oneOf(["A", "B"])),
  color: optional(oneOf(["gray", "ycbcr"])),
  padding: optional(oneOf(["zero", "edge"])),
}) as Check<ImageLanguageOptions>;

/** How many images start at each plane, as a file has it. */
export const planesCheck: Check<Readonly<Record<string, number>>> = (value, at) => {
  const counts = Object(value) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(counts).map(([plane, n]) => [plane, integer({ min: 0 })(n, `${at}.${plane}`)]),
  );
};
