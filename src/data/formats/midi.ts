import { UserError } from "../../errors/userError.ts";
import { joinBytes } from "../files/joinBytes.ts";
import type { Notice } from "../files/notice.ts";

/** A note as it sounds. */
export interface Note {
  /** Seconds from the beginning of the piece. */
  readonly start: number;
  readonly end: number;
  /** 0 … 127; 60 is middle C. */
  readonly pitch: number;
  /** How hard it is struck: 1 … 127. */
  readonly velocity: number;
}

/** How a MIDI file is read. */
export interface ReadMidiOptions {
  /** Hears of a header that counts more tracks than there are. */
  readonly notice?: Notice | undefined;
}

/** The events of a file that matter, at a time in ticks. */
type Event =
  | { readonly tick: number; readonly tempo: number }
  | { readonly tick: number; readonly status: number; readonly a: number; readonly b: number };

/** Seconds of a quarter note until a file says otherwise. */
const usualTempo = 0.5;

/** The channel of percussion, whose pitches stand for instruments. */
const drums = 9;

/**
 * The notes of a Standard MIDI File of format 0 or 1, sorted by start and then by pitch: those of all channels except
 * percussion, as one instrument. A note that is released while the sustain pedal is down sounds until the pedal is up or the
 * key is struck again. All other events are ignored. As in other players, running status continues after meta and system
 * exclusive events. Throws UserError, naming the file, where it is damaged.
 */
export function parseMidi(
  bytes: Uint8Array,
  name: string,
  { notice = () => {} }: ReadMidiOptions = {},
): Note[] {
  const { tracks, division } = parseChunks(bytes, name, notice);
  const events = tracks.flatMap((track) => parseTrack(track, name));
  // Stable: what a track has at one time stays in its order.
  return notesOf(
    events.sort((a, b) => a.tick - b.tick),
    secondsPerTick(division, name),
  );
}

function parseChunks(bytes: Uint8Array, name: string, notice: Notice) {
  const file = cursor(bytes, name);
  if (bytes.length < 8 || file.word() !== "MThd") {
    throw new UserError(
      `${name} is not a MIDI file: it does not begin with MThd`,
      "unsupported-file",
    );
  }
  const header = cursor(file.take(file.number(4)), name);
  const format = header.number(2);
  const count = header.number(2);
  const division = header.number(2);
  if (format > 1) {
    throw new UserError(
      `${name} is a MIDI file of format ${format}; formats 0 and 1 are read`,
      "unsupported-file",
    );
  }
  const tracks: Uint8Array[] = [];
  while (tracks.length < count) {
    // A header may count tracks that were never written.
    if (file.atEnd() && tracks.length > 0) {
      notice(
        `${name} has ${tracks.length} of the ${count} tracks that its header counts; those are read`,
      );
      break;
    }
    const word = file.word();
    const chunk = file.take(file.number(4));
    if (word === "MTrk") tracks.push(chunk);
  }
  return { tracks, division };
}

/** Seconds of a tick, as a function of the tempo in seconds of a quarter note. */
function secondsPerTick(division: number, name: string): (tempo: number) => number {
  if (division < 0x8000 && division > 0) return (tempo) => tempo / division;
  // Counted in frames of film: minus frames per second, and ticks per frame.
  const frames = 256 - (division >> 8);
  const ticks = division & 0xff;
  if (![24, 25, 29, 30].includes(frames) || ticks === 0) {
    throw new UserError(`${name} is damaged: it does not say how long a tick is`, "damaged-file");
  }
  const perSecond = (frames === 29 ? 30 / 1.001 : frames) * ticks;
  return () => 1 / perSecond;
}

function parseTrack(track: Uint8Array, name: string): Event[] {
  const events: Event[] = [];
  const file = cursor(track, name);
  let tick = 0;
  let running = 0;
  while (!file.atEnd()) {
    tick += file.variable();
    // Without a status byte, the one of the last channel event holds.
    const status = file.peek() >= 0x80 ? file.number(1) : running;
    if (status < 0xf0) running = status;
    if (status === 0xff) {
      const type = file.number(1);
      const data = file.take(file.variable());
      if (type === 0x2f) break; // end of the track
      if (type === 0x51 && data.length === 3) {
        events.push({ tick, tempo: cursor(data, name).number(3) / 1e6 });
      }
    } else if (status === 0xf0 || status === 0xf7) {
      file.take(file.variable());
    } else if (status >= 0x80 && status < 0xf0) {
      const a = file.data();
      const hasTwo = status < 0xc0 || status >= 0xe0;
      events.push({ tick, status, a, b: hasTwo ? file.data() : 0 });
    } else {
      throw new UserError(
        `${name} is damaged: one of its tracks has an event of no known kind`,
        "damaged-file",
      );
    }
  }
  return events;
}

/** Plays events that are in order of time. */
function notesOf(events: readonly Event[], secondsOf: (tempo: number) => number): Note[] {
  const notes: Note[] = [];
  /** What sounds, by channel and pitch. */
  const sounding = new Map<number, { start: number; velocity: number; released: boolean }>();
  const pedals = new Set<number>();
  let now = 0;
  let lastTick = 0;
  let tempo = usualTempo;

  const end = (key: number) => {
    const note = sounding.get(key);
    if (note === undefined) return;
    sounding.delete(key);
    notes.push({ start: note.start, end: now, pitch: key & 127, velocity: note.velocity });
  };
  const endChannel = (channel: number, all: boolean) => {
    for (const [key, { released }] of sounding) {
      if (key >> 7 === channel && (all || released)) end(key);
    }
  };

  for (const event of events) {
    now += (event.tick - lastTick) * secondsOf(tempo);
    lastTick = event.tick;
    if ("tempo" in event) {
      tempo = event.tempo;
      continue;
    }
    const { a, b } = event;
    const type = event.status >> 4;
    const channel = event.status & 15;
    const key = (channel << 7) | a;
    if (channel === drums) continue;
    if (type === 0x9 && b > 0) {
      end(key);
      sounding.set(key, { start: now, velocity: b, released: false });
    } else if (type === 0x8 || type === 0x9) {
      const note = sounding.get(key);
      if (note !== undefined && pedals.has(channel)) note.released = true;
      else end(key);
    } else if (type === 0xb && a === 64) {
      if (b >= 64) pedals.add(channel);
      else if (pedals.delete(channel)) endChannel(channel, false);
    } else if (type === 0xb && (a === 120 || a === 123)) {
      endChannel(channel, true); // all sound off, all notes off
    }
  }
  for (const key of sounding.keys()) end(key);
  return notes.sort((a, b) => a.start - b.start || a.pitch - b.pitch);
}

/** Reads bytes in order; throws UserError where they end too early. */
function cursor(bytes: Uint8Array, name: string) {
  let at = 0;
  const take = (count: number): Uint8Array => {
    if (at + count > bytes.length) throw new UserError(`${name} is cut short`, "damaged-file");
    at += count;
    return bytes.subarray(at - count, at);
  };
  /** A whole number of some bytes, highest first. */
  const number = (count: number) => take(count).reduce((value, byte) => value * 256 + byte, 0);
  return {
    take,
    number,
    atEnd: () => at === bytes.length,
    peek: () => bytes[at] ?? 0,
    /** Four characters. */
    word: () => String.fromCharCode(...take(4)),
    /** A byte of an event; it is below 128. */
    data: () => {
      const value = number(1);
      if (value < 0x80) return value;
      throw new UserError(`${name} is damaged: one of its events is incomplete`, "damaged-file");
    },
    /** A number of one to four bytes, seven bits each; all but the last have the eighth bit set. */
    variable: () => {
      let value = 0;
      for (let i = 0; i < 4; i++) {
        const byte = number(1);
        value = value * 128 + (byte & 0x7f);
        if (byte < 0x80) return value;
      }
      throw new UserError(
        `${name} is damaged: it has a number of more than four bytes`,
        "damaged-file",
      );
    },
  };
}

/** Ticks of a quarter note, which lasts half a second: a tick is a millisecond. */
const writtenDivision = 500;

/**
 * The bytes of a MIDI file of format 0 with these notes, in any order, on one channel. Times are rounded to milliseconds, and
 * a note lasts at least one; notes of the same pitch must not overlap.
 */
export function encodeMidi(notes: readonly Note[]): Uint8Array {
  const messages = notes.flatMap(({ start, end, pitch, velocity }) => {
    const first = Math.round(start * 1000);
    const last = Math.max(first + 1, Math.round(end * 1000));
    return [
      { tick: first, bytes: [0x90, pitch, velocity] },
      { tick: last, bytes: [0x80, pitch, 64] },
    ];
  });
  // A key is let go before it is struck again.
  messages.sort((a, b) => a.tick - b.tick || a.bytes[0]! - b.bytes[0]!); // Messages have three bytes.
  const track = [0, 0xff, 0x51, 3, ...bigEndian(usualTempo * 1e6, 3)];
  let now = 0;
  for (const { tick, bytes } of messages) {
    track.push(...variable(tick - now), ...bytes);
    now = tick;
  }
  track.push(0, 0xff, 0x2f, 0);
  const header = [...bigEndian(0, 2), ...bigEndian(1, 2), ...bigEndian(writtenDivision, 2)];
  return joinBytes([chunk("MThd", header), chunk("MTrk", track)]);
}

function chunk(word: string, data: readonly number[]): Uint8Array {
  return Uint8Array.from([
    ...new TextEncoder().encode(word),
    ...bigEndian(data.length, 4),
    ...data,
  ]);
}

function bigEndian(value: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.floor(value / 256 ** (count - 1 - i)) & 255);
}

function variable(value: number): number[] {
  const high = Math.floor(value / 128);
  const before = high === 0 ? [] : variable(high).map((byte) => byte | 0x80);
  return [...before, value & 0x7f];
}
