import { joinBytes } from "../../data/files/joinBytes.ts";
import { encodeMidi, type Note, parseMidi } from "../../data/formats/midi.ts";
import { UserError } from "../../errors/userError.ts";
import type { Document, Kind } from "../kind.ts";
import { parseChorale } from "./chorale.ts";
import {
  longestUnended,
  performance,
  performanceSeconds,
  performanceSize,
  performanceTokens,
} from "./performance.ts";
import { visitReadable } from "./readable.ts";

/** The alphabet of `midi` is the same for every corpus. */
export interface MidiAlphabet {
  readonly kind: "midi";
}

/** Music from MIDI files, or from JSON (see `parseChorale`): a token is an event (see `performanceTokens`). */
export const midi: Kind<MidiAlphabet> = {
  unit: "event",
  ending: ".mid",
  reads: [".mid", ".midi", ".json"],

  async fit(documents) {
    let count = 0;
    await visitReadable(documents, async (document) => {
      count += (await notesOf(document)).length;
    });
    if (count === 0) throw new UserError("there is no music to train on: no document has a note");
    return { kind: "midi" };
  },

  size: () => performanceSize,

  async *encode(_, document) {
    yield performanceTokens(await notesOf(document));
  },

  decode: (_, tokens, notice) => {
    const { notes, unended } = performance(tokens);
    if (unended > 0) notice?.(hanging(unended));
    return encodeMidi(notes);
  },

  extent: (_, tokens) => ({ seconds: performanceSeconds(tokens) }),

  /** As many as a dense piece for two hands has: of what says more, a model has forgotten time. */
  mostPerSecond: () => 200,
};

const hanging = (count: number): string =>
  `${count === 1 ? "1 note was" : `${count} notes were`} never ended, and ${count === 1 ? "ends" : "end"} after ${longestUnended} seconds or with the piece`;

/** The longest piece, in seconds. A file that claims to last longer is damaged, and would consist of time shifts alone. */
const longest = 24 * 60 * 60;

async function notesOf(document: Document): Promise<Note[]> {
  const pieces: Uint8Array[] = [];
  for await (const piece of document.bytes()) pieces.push(piece);
  const bytes = joinBytes(pieces);
  const isJson = bytes[0] === "[".charCodeAt(0);
  const notes = isJson ? parseChorale(bytes, document.name) : parseMidi(bytes, document.name);
  if (notes.some(({ end }) => end > longest)) {
    throw new UserError(
      `${document.name} is damaged: it claims to last longer than a day`,
      "damaged-file",
    );
  }
  return notes;
}
