import type { Normalization } from "./normalization.ts";

/** All of a tokenizer, so that a run needs no other file. */
export interface BpeAlphabet {
  readonly kind: "bpe";
  /** Source of the regular expression that cuts text into words. */
  readonly pattern: string;
  /** The tokens' bytes in base64, separated by spaces; of two possible joins, the one that makes the earlier token is done. */
  readonly tokens: string;
  /** Unicode normalization of the text before it is cut; absent for none. */
  readonly normalize?: Normalization;
}
