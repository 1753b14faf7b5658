import type { Alphabet, Document, Extent, Kind, Notice } from "../kind.ts";
import type { AudioAlphabet } from "./audio.ts";
import type { BpeAlphabet } from "./bpeAlphabet.ts";
import type { BytesAlphabet } from "./bytes.ts";
import type { CharsAlphabet } from "./chars.ts";
import type { MidiAlphabet } from "./midi.ts";

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
export type KindChoice<Name extends string = KindName> = Name | AnyKind;

/** A kind with its alphabet: see `Kind` for what each member does. */
export interface OpenKind {
  readonly name: string;
  readonly alphabet: AnyAlphabet;
  readonly unit: string;
  readonly ending: string;
  readonly reads: readonly string[];
  readonly size: number;
  encode(document: Document, notice?: Notice): AsyncIterable<Uint16Array>;
  decode(tokens: Uint16Array, notice?: Notice): Uint8Array;
  /** Empty where the kind does not tell. */
  extent(tokens: Uint16Array): Extent;
  /** Absent where the kind takes no time. */
  readonly mostPerSecond?: number;
  /** Absent where the kind cannot be written as text. */
  prompt?(text: string): Uint16Array;
}
