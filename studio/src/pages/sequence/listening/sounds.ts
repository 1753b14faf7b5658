import { type Note, parseMidi } from "ondelette/data";

/** A piece that can be played. */
export interface Piece {
  readonly name: string;
  readonly seconds: number;
  readonly buffer: AudioBuffer;
  /** The notes of a piece of music; absent for a recording. */
  readonly notes?: readonly Note[];
}

const sampleRate = 44_100;

/** Seconds after the last note, in which it dies away. */
const tail = 1.2;

const isMidi = (bytes: Uint8Array) => new TextDecoder().decode(bytes.subarray(0, 4)) === "MThd";

/** Reads a WAV file (or what else the browser decodes) or a MIDI file, whose notes it plays. Throws an Error that names the file. */
export async function openPiece(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Piece> {
  if (isMidi(bytes)) {
    const notes = parseMidi(bytes, name);
    const buffer = await playedNotes(notes);
    return { name, notes, buffer, seconds: buffer.duration };
  }
  const context = new OfflineAudioContext(1, 1, sampleRate);
  const buffer = await context.decodeAudioData(bytes.slice().buffer).catch(() => undefined);
  if (!buffer) throw new Error(`${name} is neither a sound that this browser can read nor MIDI`);
  return { name, buffer, seconds: buffer.duration };
}

/** Frequency of a pitch of MIDI, in hertz. */
export const frequency = (pitch: number): number => 440 * 2 ** ((pitch - 69) / 12);

/** Harmonics of the organ-like tone that plays notes, and how loud each is. */
const harmonics = [0, 1, 0.42, 0.22, 0.1, 0.05] as const;

/** Notes as sound, faster than they sound, off the page's thread. */
function playedNotes(notes: readonly Note[]): Promise<AudioBuffer> {
  const end = Math.max(0, ...notes.map((note) => note.end)) + tail;
  const context = new OfflineAudioContext(1, Math.ceil(end * sampleRate), sampleRate);
  const wave = context.createPeriodicWave(
    Float32Array.from(harmonics),
    new Float32Array(harmonics.length),
  );
  const out = context.createDynamicsCompressor();
  out.connect(context.destination);
  for (const { start, end, pitch, velocity } of notes) {
    const loudness = context.createGain();
    const peak = 0.16 * (velocity / 127);
    loudness.gain.setValueAtTime(0, start);
    loudness.gain.linearRampToValueAtTime(peak, start + 0.015);
    loudness.gain.setTargetAtTime(peak * 0.6, start + 0.015, 0.6);
    loudness.gain.setTargetAtTime(0, Math.max(end, start + 0.03), 0.12);
    loudness.connect(out);
    const tone = context.createOscillator();
    tone.setPeriodicWave(wave);
    tone.frequency.value = frequency(pitch);
    tone.connect(loudness);
    tone.start(start);
    tone.stop(end + tail);
  }
  return context.startRendering();
}
