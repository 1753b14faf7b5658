import type { Kind } from "./kind.ts";
import type { Alphabets, KindName } from "./kinds/alphabets.ts";
import { audio } from "./kinds/audio.ts";
import { bytes } from "./kinds/bytes.ts";
import { chars } from "./kinds/chars.ts";
import { kindsOf } from "./kinds/kindTable.ts";
import { midi } from "./kinds/midi.ts";

/** The kinds that need no files of Node's: all but byte pair encoding. */
export type BrowserKindName = Exclude<KindName, "bpe">;

/** The built-in kinds of a browser; one that is missing does not compile. */
export const kinds: { readonly [K in BrowserKindName]: Kind<Alphabets[K]> } = {
  chars,
  bytes,
  audio,
  midi,
};

export const { kindNames, kindOf, fitKind, openKind } = kindsOf<BrowserKindName>(kinds);
