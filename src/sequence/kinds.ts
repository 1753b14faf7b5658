import type { Document, Kind, KindOptions } from "./kind.ts";
import { type AudioAlphabet, audio } from "./kinds/audio.ts";
import { type BpeAlphabet, bpe } from "./kinds/bpe.ts";
import { type BytesAlphabet, bytes } from "./kinds/bytes.ts";
import { type CharsAlphabet, chars } from "./kinds/chars.ts";
import { type MidiAlphabet, midi } from "./kinds/midi.ts";

/** What an alphabet is, kind by kind. */
export interface Alphabets {
  readonly chars: CharsAlphabet;
  readonly bytes: BytesAlphabet;
  readonly bpe: BpeAlphabet;
  readonly audio: AudioAlphabet;
  readonly midi: MidiAlphabet;
}

export type KindName = keyof Alphabets;

/** An alphabet of any kind: plain JSON that says its kind. */
export type AnyAlphabet = Alphabets[KindName];

/** All kinds. */
export const kinds: { readonly [K in KindName]: Kind<Alphabets[K]> } = {
  chars,
  bytes,
  bpe,
  audio,
  midi,
};

export const kindNames = Object.keys(kinds) as readonly KindName[];

/** A kind with its alphabet: see `Kind` for what each of these does. */
export interface OpenKind {
  readonly name: KindName;
  readonly alphabet: AnyAlphabet;
  readonly unit: string;
  readonly ending: string;
  readonly reads: readonly string[];
  readonly size: number;
  encode(document: Document): AsyncIterable<Uint16Array>;
  decode(tokens: Uint16Array): Uint8Array;
  /** Absent where the kind has none. */
  prompt?(text: string): Uint16Array;
}

/** The alphabet of documents to train on, by the kind of a name. */
export function fitKind(
  name: KindName,
  documents: readonly Document[],
  options: KindOptions,
): Promise<AnyAlphabet> {
  const kind = kinds[name];
  return kind.fit(documents, options);
}

/** The kind that an alphabet is of. */
export function openKind(alphabet: AnyAlphabet): OpenKind {
  return open(alphabet.kind, alphabet);
}

function open<K extends KindName>(name: K, alphabet: Alphabets[K]): OpenKind {
  const kind: Kind<Alphabets[K]> = kinds[name];
  const { unit, ending, reads, prompt } = kind;
  return {
    name,
    alphabet,
    unit,
    ending,
    reads,
    size: kind.size(alphabet),
    encode: (document) => kind.encode(alphabet, document),
    decode: (tokens) => kind.decode(alphabet, tokens),
    ...(prompt && { prompt: (text) => prompt(alphabet, text) }),
  };
}
