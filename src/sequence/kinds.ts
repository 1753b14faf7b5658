import { UserError } from "../errors/userError.ts";
import type { Alphabet, Document, Kind, KindOptions, Notice } from "./kind.ts";
import { type AudioAlphabet, audio } from "./kinds/audio.ts";
import { type BpeAlphabet, bpe } from "./kinds/bpe.ts";
import { type BytesAlphabet, bytes } from "./kinds/bytes.ts";
import { type CharsAlphabet, chars } from "./kinds/chars.ts";
import { type MidiAlphabet, midi } from "./kinds/midi.ts";

/** The alphabets of the built-in kinds. */
export interface Alphabets {
  readonly chars: CharsAlphabet;
  readonly bytes: BytesAlphabet;
  readonly bpe: BpeAlphabet;
  readonly audio: AudioAlphabet;
  readonly midi: MidiAlphabet;
}

/** The name of a built-in kind. */
export type KindName = keyof Alphabets;

/** An alphabet of any kind, built-in or not: plain JSON that names its kind. */
export type AnyAlphabet = Alphabet;

/** A kind with any alphabet. */
export type AnyKind = Kind<Alphabet>;

/** A built-in kind by name, or a kind of one's own. */
export type KindChoice = KindName | AnyKind;

/** The built-in kinds; one that is missing does not compile. */
export const kinds: { readonly [K in KindName]: Kind<Alphabets[K]> } = {
  chars,
  bytes,
  bpe,
  audio,
  midi,
};

/** The names of the built-in kinds. */
export const kindNames = Object.keys(kinds) as readonly KindName[];

/** The kind of a name; a kind of one's own is itself. */
export function kindOf(choice: KindChoice): AnyKind {
  return typeof choice === "string" ? kinds[choice] : choice;
}

/** A kind with its alphabet: see `Kind` for what each member does. */
export interface OpenKind {
  readonly name: string;
  readonly alphabet: AnyAlphabet;
  readonly unit: string;
  readonly ending: string;
  readonly reads: readonly string[];
  readonly size: number;
  encode(document: Document, notice?: Notice): AsyncIterable<Uint16Array>;
  decode(tokens: Uint16Array): Uint8Array;
  /** Absent where the kind cannot be written as text. */
  prompt?(text: string): Uint16Array;
}

/** The alphabet of documents to train on; it also covers `validation` where it depends on what occurs. */
export function fitKind(
  choice: KindChoice,
  documents: readonly Document[],
  options: KindOptions,
  validation: readonly Document[] = [],
): Promise<AnyAlphabet> {
  const kind = kindOf(choice);
  return kind.fit(documents, options, validation);
}

/**
 * The kind with this alphabet; `own` is the kind where it is not a built-in one. Throws UserError where the alphabet names
 * a kind that is neither.
 */
export function openKind(alphabet: AnyAlphabet, own?: AnyKind): OpenKind {
  const kind = own ?? builtIn(alphabet.kind);
  const { unit, ending, reads } = kind;
  return {
    name: alphabet.kind,
    alphabet,
    unit,
    ending,
    reads,
    size: kind.size(alphabet),
    encode: (document, notice) => kind.encode(alphabet, document, notice),
    decode: (tokens) => kind.decode(alphabet, tokens),
    ...(kind.prompt && { prompt: (text: string) => kind.prompt!(alphabet, text) }),
  };
}

function builtIn(name: string): AnyKind {
  const known = kindNames.find((kind) => kind === name);
  if (known !== undefined) return kindOf(known);
  throw new UserError(
    `the alphabet is of the kind “${name}”, which is not built in (${kindNames.join(", ")} are); its Kind object is needed`,
    "wrong-kind",
  );
}
