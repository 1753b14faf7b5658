import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UserError } from "../../errors/userError.ts";
import { encodeMidi, type Note, parseMidi } from "./midi.ts";

const note = (start: number, end: number, pitch: number, velocity = 64): Note => ({
  start,
  end,
  pitch,
  velocity,
});

/** A file of format 1 (0 if it has one track) whose quarter has `division` ticks; by default a tick is a millisecond. */
function fileOf(tracks: readonly (readonly number[])[], division = 500, format?: number): Buffer {
  const chunk = (word: string, data: readonly number[]) => {
    const header = Buffer.from(`${word}1234`);
    header.writeUInt32BE(data.length, 4);
    return Buffer.concat([header, Buffer.from(data)]);
  };
  const kind = format ?? (tracks.length === 1 ? 0 : 1);
  const header = [0, kind, 0, tracks.length, division >> 8, division & 255];
  return Buffer.concat([chunk("MThd", header), ...tracks.map((track) => chunk("MTrk", track))]);
}

const end = [0, 0xff, 0x2f, 0];

/** The notes of a file, times rounded to nanoseconds. */
function notesOf(file: Uint8Array): Note[] {
  const rounded = (seconds: number) => Math.round(seconds * 1e9) / 1e9;
  return parseMidi(file, "a.mid").map((n) => ({
    ...n,
    start: rounded(n.start),
    end: rounded(n.end),
  }));
}
const read = (...tracks: (readonly number[])[]) => notesOf(fileOf(tracks));

/** Notes in whole milliseconds, of which none overlap that have the same pitch; by start and pitch. */
const anyNotes = fc
  .array(
    fc.record({
      pitch: fc.integer({ min: 0, max: 127 }),
      velocity: fc.integer({ min: 1, max: 127 }),
      gap: fc.nat(3000),
      length: fc.integer({ min: 1, max: 20_000 }),
    }),
  )
  .map((given) => {
    const free = new Map<number, number>();
    const notes = given.map(({ pitch, velocity, gap, length }) => {
      const start = (free.get(pitch) ?? 0) + gap;
      free.set(pitch, start + length);
      return note(start / 1000, (start + length) / 1000, pitch, velocity);
    });
    return notes.sort((a, b) => a.start - b.start || a.pitch - b.pitch);
  });

describe("a MIDI file", () => {
  it("gives back the notes that were written", () => {
    fc.assert(
      fc.property(anyNotes, (notes) => {
        expect(notesOf(encodeMidi(notes))).toEqual(notes);
      }),
    );
  });

  it("has the bytes that its standard says", () => {
    const header = "4d546864 00000006 0000 0001 01f4";
    const track = "4d54726b 00000015 00ff510307a120 00903c40 8348803c40 00ff2f00";
    const bytes = Buffer.from((header + track).replaceAll(" ", ""), "hex");
    bytes.writeUInt32BE(bytes.length - 22, 18);
    expect(Buffer.from(encodeMidi([note(0, 0.456, 60)]))).toEqual(bytes);
  });

  it("may leave out a status that repeats, and strike with velocity 0 to release", () => {
    const track = [0, 0x90, 60, 64, 100, 62, 65, 100, 60, 0, 0, 62, 0, ...end];
    expect(read(track)).toEqual([note(0, 0.2, 60), note(0.1, 0.2, 62, 65)]);
  });

  it("keeps a repeated status over meta and system exclusive events", () => {
    const text = [10, 0xff, 1, 2, 0x68, 0x69];
    const exclusive = [10, 0xf0, 2, 0x7e, 0xf7];
    for (const between of [text, exclusive, [10, 0xf7, 1, 0x01]]) {
      const track = [0, 0x90, 60, 64, ...between, 90, 60, 0, 0, 62, 65, 100, 62, 0, ...end];
      expect(read(track)).toEqual([note(0, 0.1, 60), note(0.1, 0.2, 62, 65)]);
    }
  });

  it("may count more tracks than it has, which is noticed", () => {
    const file = fileOf([[0, 0x90, 60, 64, 100, 60, 0, ...end]], 500, 1);
    file.writeUInt16BE(2, 10);
    const notices: string[] = [];
    expect(parseMidi(file, "a.mid", { notice: (sentence) => notices.push(sentence) })).toHaveLength(
      1,
    );
    expect(notices).toEqual(["a.mid has 1 of the 2 tracks that its header counts; those are read"]);
    expect(() => parseMidi(file.subarray(0, 14), "a.mid")).toThrow("a.mid is cut short");
  });

  it("may change its tempo, in any track", () => {
    const tempo = (microseconds: number) => [
      0xff,
      0x51,
      3,
      ...Buffer.from(microseconds.toString(16).padStart(6, "0"), "hex"),
    ];
    // Twice as slow from tick 50 on, as usual again from tick 250.
    const tempi = [50, ...tempo(1_000_000), 0x81, 72, ...tempo(500_000), ...end];
    const notes = [0, 0x90, 60, 64, 100, 0x80, 60, 0, 100, 0x90, 60, 64, 100, 0x80, 60, 0, ...end];
    expect(read(tempi, notes)).toEqual([note(0, 0.15, 60), note(0.35, 0.5, 60)]);
  });

  it("may count time in frames of film", () => {
    const track = [0, 0x90, 60, 64, 100, 0x80, 60, 0, ...end];
    expect(notesOf(fileOf([track], ((256 - 25) << 8) | 40))).toEqual([note(0, 0.1, 60)]);
  });

  it("may say much else that does not matter here", () => {
    const name = [0, 0xff, 3, 2, 0x68, 0x69];
    const exclusive = [0, 0xf0, 3, 0x7e, 0x7f, 0xf7];
    const other = [0, 0xc0, 5, 0, 0xe0, 0, 64, 0, 0xb0, 7, 100, 0, 0xd0, 1, 0, 0xa0, 60, 1];
    const drum = [0, 0x99, 40, 64, 0, 0x89, 40, 0];
    const track = [...name, ...exclusive, ...other, ...drum, 0, 0x90, 60, 64, 100, 0x80, 60, 0];
    expect(read([...track, ...end])).toEqual([note(0, 0.1, 60)]);
    // A chunk of no known kind, before the track.
    const file = fileOf([[...track, ...end]]);
    const strange = Buffer.from("XFIH\0\0\0\u0001!");
    const extended = Buffer.concat([file.subarray(0, 14), strange, file.subarray(14)]);
    expect(notesOf(extended)).toEqual([note(0, 0.1, 60)]);
  });

  it("holds notes as long as the pedal", () => {
    const pedal = (delta: number, value: number) => [delta, 0xb0, 64, value];
    const track = [
      ...[...pedal(0, 127), 0, 0x90, 60, 64, 0, 62, 64],
      ...[50, 0x80, 60, 0, 0, 62, 0], // released, held
      ...[50, 0x90, 60, 64], // struck again
      ...[...pedal(20, 0), 30, 0x80, 60, 0, ...end],
    ];
    expect(read(track)).toEqual([note(0, 0.1, 60), note(0, 0.12, 62), note(0.1, 0.15, 60)]);
  });

  it("ends notes that are never released", () => {
    const struck = [0, 0x90, 60, 64, 0, 0x91, 61, 64];
    const track = [...struck, 100, 0xb1, 123, 0, 100, 0xb0, 7, 0];
    expect(read([...track, ...end])).toEqual([note(0, 0.2, 60), note(0, 0.1, 61)]);
  });

  it("cut short anywhere is a clear error, never a crash", () => {
    const whole = encodeMidi([note(0, 1, 60), note(0.5, 2, 64)]);
    for (let length = 0; length < whole.length; length++) {
      expect(() => parseMidi(whole.subarray(0, length), "a.mid")).toThrow(UserError);
    }
    expect(() => parseMidi(whole.subarray(0, 40), "a.mid")).toThrow(
      new UserError("a.mid is cut short", "damaged-file"),
    );
  });

  it("that is none, or damaged, is refused by name", () => {
    const refusals: [Uint8Array, RegExp][] = [
      [Buffer.alloc(0), /^a.mid is not a MIDI file: it does not begin with MThd$/],
      [Buffer.from("RIFF and so on"), /is not a MIDI file/],
      [fileOf([end], 500, 2), /^a.mid is a MIDI file of format 2; formats 0 and 1 are read$/],
      [fileOf([end], 0), /does not say how long a tick is/],
      [fileOf([end], 0xe900), /does not say how long a tick is/],
      [
        fileOf([[0, 60, 64]]),
        /^a.mid is damaged: one of its tracks has an event of no known kind$/,
      ],
      [fileOf([[0, 0xf1, 64]]), /an event of no known kind/],
      [fileOf([[0, 0x90, 60, 0x90, 60, 1]]), /^a.mid is damaged: one of its events is incomplete$/],
      [fileOf([[0x80, 0x80, 0x80, 0x80, 0]]), /a number of more than four bytes/],
    ];
    for (const [file, message] of refusals) {
      expect(() => parseMidi(file, "a.mid")).toThrow(message);
    }
  });

  it("of garbage is read or refused, never a crash", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(255)), fc.nat(0xffff), (track, division) => {
        try {
          for (const { start, end, pitch, velocity } of parseMidi(fileOf([track], division), "a")) {
            expect(start >= 0 && end >= start).toBe(true);
            expect(pitch < 128 && velocity > 0 && velocity < 128).toBe(true);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
