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
import { type ContextCount, type StaticBits, staticBitsCounter } from "./staticBits.ts";

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

/** What was counted of some images, in their order: plain data. */
export interface StatsPart {
  /** Tokens of each image. */
  readonly lengths: readonly number[];
  /** The paper's m̃ of each image. */
  readonly startingPlanes: readonly number[];
  /** dB of each image; Infinity where it comes back exactly. */
  readonly psnr: readonly number[];
  /** Tokens of all images by kind. */
  readonly byToken: readonly number[];
  readonly dimensions: number;
  /** In a lossless language. */
  readonly contexts: readonly ContextCount[];
}

/** Collects {@link ImageStats} image by image, so that the caller can show progress and stop. */
export interface StatsCounter {
  add(raster: Raster): void;
  /** All that was counted so far, for the `include` of another counter. */
  part(): StatsPart;
  /** Counts what another counter of the same options counted: to the bit as if its images had been added here. */
  include(part: StatsPart): void;
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
  const byToken = names.map(() => 0);
  const lengths: number[] = [];
  const planes: number[] = [];
  const psnr: number[] = [];
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
      dimensions += language.width * language.height * language.tokens.geometry.channels;
      lengths.push(tokens.length);
      for (const token of tokens) byToken[token]!++;
      planes.push(startingPlane + 1);
      psnr.push(imagePsnr(raster, approximation, language));
    },
    part: () => ({
      ...{ lengths: [...lengths], startingPlanes: [...planes], psnr: [...psnr] },
      ...{ byToken: [...byToken], dimensions, contexts: staticBits?.counts() ?? [] },
    }),
    include(part) {
      for (const length of part.lengths) lengths.push(length);
      for (const plane of part.startingPlanes) planes.push(plane);
      for (const decibels of part.psnr) psnr.push(decibels);
      for (const [token, n] of part.byToken.entries()) byToken[token]! += n;
      dimensions += part.dimensions;
      staticBits?.include(part.contexts);
    },
    result() {
      const images = lengths.length;
      const sum = total(lengths);
      const inexact = psnr.filter((decibels) => decibels !== Infinity);
      const byPlane = new Map<number, number>();
      for (const plane of planes) byPlane.set(plane, (byPlane.get(plane) ?? 0) + 1);
      return {
        images,
        tokens: {
          mean: sum / images,
          max: lengths.reduce((most, n) => Math.max(most, n), 0),
          min: images === 0 ? 0 : lengths.reduce((least, n) => Math.min(least, n)),
          sum,
        },
        startingPlanes: Object.fromEntries([...byPlane].sort(([a], [b]) => a - b)),
        share: Object.fromEntries(
          names.map((name, token) => [name, byToken[token]! / Math.max(1, sum)]),
        ),
        psnr: { mean: total(inexact) / inexact.length },
        lossless: images - inexact.length,
        dimensions,
        ...(staticBits && { staticCoder: staticBits.result() }),
      };
    },
  };
}

const total = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0);
