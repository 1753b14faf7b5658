import { writeFileAtomically } from "../files/atomicWrite.ts";
import { readWholeFile } from "../files/readWholeFile.ts";
import { encodeMidi, type Note, parseMidi, type ReadMidiOptions } from "./midi.ts";

/**
 * Reads the notes of a MIDI file; see {@link parseMidi}.
 *
 * @example
 * const notes = await readMidi("chorale.mid"); // [{ start: 0, end: 0.5, pitch: 60, velocity: 64 }, …]
 */
export async function readMidi(path: string, options: ReadMidiOptions = {}): Promise<Note[]> {
  return parseMidi(await readWholeFile(path), path, options);
}

/** Writes notes as a MIDI file, atomically; see {@link encodeMidi}. */
export function writeMidi(path: string, notes: readonly Note[]): Promise<void> {
  return writeFileAtomically(path, encodeMidi(notes));
}
