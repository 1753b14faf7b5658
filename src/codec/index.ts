/** The wavelet token language on coefficient matrices; it knows nothing of images or wavelets. */
export { agreeing } from "./agreeing.ts";
export { type Allowed, beginningWith, onlyToken } from "./allowed.ts";
export { type Bounds, fixedWhere, lowestStartingPlane } from "./bounds.ts";
export {
  compressTokens,
  type Decompression,
  type DecompressOptions,
  decompressTokens,
} from "./compress.ts";
export { decodeTokens, replayTokens } from "./decode.ts";
export { type Choose, type Encoding, encodeTokens, type TokenStream, truth } from "./encode.ts";
export { type ContextCoder, fitContextCoder } from "./entropy/contextCoder.ts";
export { type Spending, spending } from "./spending.ts";
export {
  type BandPlace,
  type Order,
  type Reading,
  type TokenLanguage,
  type TokenLanguageOptions,
  tokenLanguage,
  type ValueBounds,
} from "./tokenLanguage.ts";
export {
  blockTokens,
  namesOf,
  type Token,
  type TokenSet,
  tokenCount,
  tokenNames,
  treeTokens,
  type Vocabulary,
  vocabularies,
} from "./tokens.ts";
export { Band, channelSize, coefficientCount, type Geometry } from "./walk/geometry.ts";
export { type Site, SiteKind, siteKindNames } from "./walk/site.ts";
export { startingPlane } from "./walk/startingPlane.ts";
export { walk } from "./walk/walk.ts";
export { type Chance, type Weigh, weighing } from "./weighing.ts";
