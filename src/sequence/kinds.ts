import type { Kind } from "./kind.ts";
import type { Alphabets, KindName } from "./kinds/alphabets.ts";
import { audio } from "./kinds/audio.ts";
import { bpe } from "./kinds/bpe.ts";
import { bytes } from "./kinds/bytes.ts";
import { chars } from "./kinds/chars.ts";
import { kindsOf } from "./kinds/kindTable.ts";
import { midi } from "./kinds/midi.ts";

/** The built-in kinds; one that is missing does not compile. */
export const kinds: { readonly [K in KindName]: Kind<Alphabets[K]> } = {
  chars,
  bytes,
  bpe,
  audio,
  midi,
};

export const { kindNames, kindOf, fitKind, openKind } = kindsOf<KindName>(kinds);
