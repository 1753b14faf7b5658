import { encodeTokens } from "../codec/encode.ts";
import { tokenNames } from "../codec/tokens.ts";
import type { Raster } from "../data/images/raster.ts";
import {
  analyze,
  type ImageLanguage,
  type ImageLanguageOptions,
  imageLanguage,
} from "./language/language.ts";
import { imagePsnr } from "./psnr.ts";
import { type StaticBits, staticBitsCounter } from "./staticBits.ts";

/** Figures of a set of images in a language. */
export interface ImageStats {
  readonly images: number;
  readonly tokens: {
    readonly mean: number;
    readonly max: number;
    readonly min: number;
    readonly sum: number;
  };
  /** Number of images by the paper's m̃, which is the starting plane + 1. */
  readonly startingPlanes: Readonly<Record<string, number>>;
  /** Fraction of all tokens by token name; 0 where there are no tokens. */
  readonly share: Readonly<Record<string, number>>;
  /** dB: mean of the per-image figures over the original area, clipped, peak 1, of the images that are not exact. */
  readonly psnr: { readonly mean: number };
  /** Images that come back exactly: their PSNR is infinite, and is not part of the mean. */
  readonly lossless: number;
  /** Samples of all images: pixels times channels of the language. */
  readonly dimensions: number;
  /** In a lossless language: what the images cost with a static coder fitted to them, starting planes not counted. */
  readonly staticCoder?: StaticBits;
}

/** Collects {@link ImageStats} image by image, so that the caller can show progress and stop. */
export interface StatsCounter {
  add(raster: Raster): void;
  /** The figures of all images so far; a mean of no images is NaN. */
  result(): ImageStats;
}

/**
 * A counter for images of any sizes in the language of the given options. Where these are lossless and do not say which
 * channels to keep, those of each image are kept.
 */
export function statsCounter(options: ImageLanguageOptions): StatsCounter {
  const languages = new Map<string, ImageLanguage>();
  const names = tokenNames[options.vocabulary ?? "blocks"];
  const byToken = new Float64Array(names.length);
  const byPlane = new Map<number, number>();
  let images = 0;
  let sum = 0;
  let max = 0;
  let min = Number.POSITIVE_INFINITY;
  let decibels = 0;
  let lossless = 0;
  let dimensions = 0;
  const staticBits = options.lossless ? staticBitsCounter() : undefined;

  function languageFor({ width, height, channels }: Raster): ImageLanguage {
    const own = channels === 3 && options.lossless ? "ycbcr" : "gray";
    const { color = own } = options;
    const key = `${width}×${height} ${color}`;
    const language = languages.get(key) ?? imageLanguage({ ...options, color }, { width, height });
    languages.set(key, language);
    return language;
  }
  return {
    add(raster) {
      const language = languageFor(raster);
      const encoding = encodeTokens(analyze(raster, language), language.tokens);
      const { tokens, startingPlane, approximation } = encoding;
      staticBits?.add(encoding, language.tokens);
      images++;
      dimensions += language.width * language.height * language.tokens.geometry.channels;
      sum += tokens.length;
      max = Math.max(max, tokens.length);
      min = Math.min(min, tokens.length);
      for (const token of tokens) byToken[token]!++;
      byPlane.set(startingPlane + 1, (byPlane.get(startingPlane + 1) ?? 0) + 1);
      const psnr = imagePsnr(raster, approximation, language);
      if (psnr === Infinity) lossless++;
      else decibels += psnr;
    },
    result: () => ({
      images,
      tokens: { mean: sum / images, max, min: images === 0 ? 0 : min, sum },
      startingPlanes: Object.fromEntries([...byPlane].sort(([a], [b]) => a - b)),
      share: Object.fromEntries(
        names.map((name, token) => [name, byToken[token]! / Math.max(1, sum)]),
      ),
      psnr: { mean: decibels / (images - lossless) },
      lossless,
      dimensions,
      ...(staticBits && { staticCoder: staticBits.result() }),
    }),
  };
}
