import type { TokenLanguage } from "./tokenLanguage.ts";
import { blockTokens, type Token, treeTokens } from "./tokens.ts";
import { bandNumber, channelSize, coefficientCount } from "./walk/geometry.ts";
import { type Site, SiteKind } from "./walk/site.ts";
import { startingPlane } from "./walk/startingPlane.ts";
import { walk } from "./walk/walk.ts";

/** The tokens of one coefficient matrix. */
export interface TokenStream {
  /** log2 of the first threshold; one below the language's finest plane if the stream is empty. */
  readonly startingPlane: number;
  readonly tokens: Uint8Array;
}

/** A stream with the values that its decoder ends with. */
export interface Encoding extends TokenStream {
  /** α̃, channels × height × width; 0 where a coefficient stayed insignificant. */
  readonly approximation: Float64Array;
}

/** Chooses the token at a site of a walk. */
export type Choose = (site: Site) => Token;

/**
 * Encodes a coefficient matrix (channels × height × width, see `Geometry`).
 * Throws RangeError if its size is not the language's, a coefficient is not finite, or one lies beyond the language's bounds.
 */
export function encodeTokens(coefficients: Float64Array, language: TokenLanguage): Encoding {
  const count = coefficientCount(language.geometry);
  if (coefficients.length !== count)
    throw new RangeError(`${coefficients.length} coefficients given instead of ${count}`);
  const first = startingPlane(coefficients, language.finestPlane);
  const approximation = new Float64Array(count);
  const choose = truth(coefficients, approximation, language);
  let tokens = new Uint8Array(2 * count);
  let length = 0;
  const steps = walk(language, first, approximation);
  for (let step = steps.next(); !step.done; ) {
    const token = choose(step.value);
    if (length === tokens.length) tokens = extend(tokens);
    tokens[length++] = token;
    step = steps.next(token);
  }
  if (language.bounds) checkReached(coefficients, approximation, language);
  return { startingPlane: first, tokens: tokens.slice(0, length), approximation };
}

/** Throws RangeError where a walk with bounds did not come to a coefficient: then it lies beyond them. */
function checkReached(
  coefficients: Float64Array,
  approximation: Float64Array,
  { geometry, lastPlanes, places }: TokenLanguage,
): void {
  const size = channelSize(geometry);
  for (let i = 0; i < coefficients.length; i++) {
    const place = i % size;
    const at = {
      channel: Math.floor(i / size),
      level: places.level[place]!,
      band: places.band[place]!,
    };
    const unit = 2 ** lastPlanes[bandNumber(geometry, at)]!;
    if (Math.abs(coefficients[i]! - approximation[i]!) >= unit)
      throw new RangeError(`coefficient ${i} is ${coefficients[i]}, beyond its bounds`);
  }
}

/**
 * The choice of tokens that encodes `coefficients`, given the live `approximation` of a walk. It works with any walk of the
 * language, for instance to record the sites on which a model is trained.
 */
export function truth(
  coefficients: Float64Array,
  approximation: Float64Array,
  language: TokenLanguage,
): Choose {
  return language.vocabulary === "blocks"
    ? blockTruth(coefficients, approximation, language)
    : treeTruth(coefficients, approximation, language);
}

function blockTruth(
  coefficients: Float64Array,
  approximation: Float64Array,
  language: TokenLanguage & { vocabulary: "blocks" },
): Choose {
  const { blockMaximum, quadMaximum } = groupMaxima(coefficients, language);
  return ({ kind, offset, threshold }) => {
    const value = coefficients[offset]!;
    if (kind === SiteKind.refine)
      return Math.abs(value) > Math.abs(approximation[offset]!)
        ? blockTokens.NextAccuracy1
        : blockTokens.NextAccuracy0;
    if (kind === SiteKind.block && blockMaximum[offset]! < threshold) return blockTokens.Group4x4;
    if (kind !== SiteKind.coefficient && quadMaximum[offset]! < threshold)
      return blockTokens.Group2x2;
    if (Math.abs(value) < threshold) return blockTokens.Insignificant;
    return value < 0 ? blockTokens.NowSignificantNeg : blockTokens.NowSignificantPos;
  };
}

function treeTruth(
  coefficients: Float64Array,
  approximation: Float64Array,
  language: TokenLanguage & { vocabulary: "trees" },
): Choose {
  const maximum = treeMaxima(coefficients, language);
  return ({ kind, offset, threshold }) => {
    const value = coefficients[offset]!;
    if (kind === SiteKind.refine)
      return Math.abs(value) > Math.abs(approximation[offset]!)
        ? treeTokens.NextAccuracy1
        : treeTokens.NextAccuracy0;
    if (kind === SiteKind.tree && maximum[offset]! < threshold) return treeTokens.ZeroTree;
    if (Math.abs(value) < threshold) return treeTokens.Insignificant;
    return value < 0 ? treeTokens.NowSignificantNeg : treeTokens.NowSignificantPos;
  };
}

/** max|α| of each block and quad, stored at the offset of its first coefficient. */
function groupMaxima(
  coefficients: Float64Array,
  { geometry, scan }: TokenLanguage & { vocabulary: "blocks" },
): { readonly blockMaximum: Float64Array; readonly quadMaximum: Float64Array } {
  const { order, quadStart, blockStart } = scan;
  const size = channelSize(geometry);
  const blockMaximum = new Float64Array(coefficients.length);
  const quadMaximum = new Float64Array(coefficients.length);
  for (let base = 0; base < coefficients.length; base += size)
    for (let block = 0; block < blockStart.length - 1; block++) {
      const firstQuad = blockStart[block]!;
      let blockMost = 0;
      for (let quad = firstQuad; quad < blockStart[block + 1]!; quad++) {
        let most = 0;
        for (let k = quadStart[quad]!; k < quadStart[quad + 1]!; k++) {
          const magnitude = Math.abs(coefficients[base + order[k]!]!);
          if (magnitude > most) most = magnitude;
        }
        quadMaximum[base + order[quadStart[quad]!]!] = most;
        if (most > blockMost) blockMost = most;
      }
      blockMaximum[base + order[quadStart[firstQuad]!]!] = blockMost;
    }
  return { blockMaximum, quadMaximum };
}

/** max|α| over each coefficient and its descendants: finest bands first, each raising its parent. */
function treeMaxima(
  coefficients: Float64Array,
  { geometry, scan }: TokenLanguage & { vocabulary: "trees" },
): Float64Array {
  const { order, parent } = scan;
  const maximum = coefficients.map(Math.abs);
  for (let base = 0; base < maximum.length; base += channelSize(geometry))
    for (let k = order.length - 1; k >= 0; k--) {
      const place = order[k]!;
      const above = parent[place]!;
      if (above >= 0 && maximum[base + place]! > maximum[base + above]!)
        maximum[base + above] = maximum[base + place]!;
    }
  return maximum;
}

function extend(tokens: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(2 * tokens.length);
  longer.set(tokens);
  return longer;
}
