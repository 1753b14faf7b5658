import { agreeing } from "../../codec/agreeing.ts";
import { beginningWith } from "../../codec/allowed.ts";
import { type Bounds, fixedWhere, lowestStartingPlane } from "../../codec/bounds.ts";
import { decodeTokens } from "../../codec/decode.ts";
import { encodeTokens } from "../../codec/encode.ts";
import type { Raster } from "../../data/images/raster.ts";
import { UserError } from "../../errors/userError.ts";
import type { Choosing } from "../choosing.ts";
import { analyze, type ImageLanguage } from "../language/language.ts";
import { type Rectangle, within } from "../rectangle.ts";
import { fillHole } from "./fillHole.ts";
import { aroundHole } from "./hole.ts";

/** What of a picture is kept while the rest is drawn. */
export type Keep =
  /**
   * The approximation and the details of so many of the coarsest levels, 0 to all of the language's: with all but n levels,
   * the picture at 1/2ⁿ of its size. `Infinity` is all.
   */
  | { readonly coarse: number }
  /** Everything that does not reach into a rectangle of pixels. */
  | { readonly outside: Rectangle }
  /** The first tokens of the picture's stream, or all that there are. */
  | { readonly tokens: number };

/** The kept part of a picture: all that drawing the rest needs. */
export interface Kept {
  /** How a drawing may go on; called anew for each drawing, whose sites it is asked about in order. */
  choosing(): Choosing;
  /** The starting plane of a picture for which the model's statistics would propose `drawn`. */
  startingPlane(drawn: number): number;
  /** α̃ of the kept part alone; 0 where nothing is kept. */
  readonly approximation: Float64Array;
}

/**
 * Takes what is to be kept from a picture of the language's size. Of coefficients each kept one will have exactly the α̃
 * that an encoder leaves of it. Throws UserError where so much cannot be kept.
 */
export function keepOf(raster: Raster, keep: Keep, language: ImageLanguage): Kept {
  if ("tokens" in keep) return keepTokens(raster, keep.tokens, language);
  if ("coarse" in keep) {
    const bounds = keepCoarse(raster, keep.coarse, language);
    const allowed = agreeing(bounds, language.tokens);
    return keepWithin(bounds, () => ({ allowed }), language);
  }
  if (language.lossless)
    throw new UserError(
      "a hole can be filled by models of lossy languages alone; keep coarse levels or tokens instead",
    );
  const hole = within(checkRectangle(keep.outside), raster);
  if (hole === undefined) return keepOf(raster, { coarse: language.levels }, language);
  const bounds = aroundHole(raster, hole, language);
  return keepWithin(bounds, fillHole(raster, hole, bounds, language), language);
}

function keepTokens(raster: Raster, count: number, language: ImageLanguage): Kept {
  if (!(count >= 0))
    throw new UserError(`the number of tokens must be a whole number from 0, not ${count}`);
  const { startingPlane, tokens } = encodeTokens(analyze(raster, language), language.tokens);
  const beginning = tokens.subarray(0, count);
  return {
    choosing: () => ({ allowed: beginningWith(beginning) }),
    startingPlane: () => startingPlane,
    approximation: decodeTokens({ startingPlane, tokens: beginning }, language.tokens),
  };
}

function keepCoarse(raster: Raster, coarse: number, language: ImageLanguage): Bounds {
  const { levels, tokens } = language;
  const isCount = Number.isInteger(coarse) && coarse >= 0 && coarse <= levels;
  if (!isCount && coarse !== Number.POSITIVE_INFINITY)
    throw new UserError(
      `of the ${levels} levels of detail, 0 to ${levels} coarse ones can be kept, not ${coarse}`,
    );
  const coefficients = analyze(raster, language);
  const { level } = tokens.places;
  const kept = new Uint8Array(coefficients.length).map((_, i) =>
    Number(level[i % level.length]! <= coarse),
  );
  return fixedWhere(kept, coefficients);
}

/** Levels that decide the starting plane, as a rule: they did in 2,000 of 2,000 MNIST test digits. */
const loudLevels = 2;

function keepWithin(bounds: Bounds, choosing: () => Choosing, { tokens }: ImageLanguage): Kept {
  const { low, high } = bounds;
  const lowest = lowestStartingPlane(bounds, tokens.finestPlane);
  const { level } = tokens.places;
  const isOpen = low.some((value, i) => {
    return value !== high[i] && level[i % level.length]! <= loudLevels;
  });
  const fixed = low.map((value, i) => (value === high[i] ? value : 0));
  return {
    choosing,
    startingPlane: (drawn) => (isOpen ? Math.max(drawn, lowest) : lowest),
    approximation: encodeTokens(fixed, tokens).approximation,
  };
}

function checkRectangle(rectangle: Rectangle): Rectangle {
  const { x, y, width, height } = rectangle;
  const isOne = [x, y, width, height].every(Number.isInteger) && width >= 1 && height >= 1;
  if (isOne) return rectangle;
  throw new UserError(
    `a hole has whole numbers of pixels, at least one each way, not ${width}×${height} at ${x}, ${y}`,
  );
}
