import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Note } from "../../data/formats/midi.ts";
import { performance, performanceSize, performanceTokens } from "./performance.ts";

/** Notes at any time, of which two of one pitch are 20 ms apart at least; by start and pitch. */
const anyNotes = fc
  .array(
    fc.record({
      pitch: fc.integer({ min: 0, max: 127 }),
      velocity: fc.integer({ min: 1, max: 127 }),
      gap: fc.double({ min: 0.02, max: 3, noNaN: true }),
      length: fc.double({ min: 0, max: 5, noNaN: true }),
    }),
  )
  .map((given) => {
    const free = new Map<number, number>();
    return given.map(({ pitch, velocity, gap, length }): Note => {
      const start = (free.get(pitch) ?? 0) + gap;
      free.set(pitch, start + length);
      return { start, end: start + length, pitch, velocity };
    });
  });

const anyTokens = fc
  .array(fc.nat(performanceSize - 1), { maxLength: 200 })
  .map((tokens) => Uint16Array.from(tokens));

const byPitch = (a: Note, b: Note) => a.pitch - b.pitch || a.start - b.start;

describe("music as events", () => {
  it("says when, how hard and which key", () => {
    const chord = [
      { start: 0, end: 1.5, pitch: 60, velocity: 80 },
      { start: 0, end: 0.5, pitch: 64, velocity: 83 },
      { start: 0.5, end: 1.5, pitch: 64, velocity: 20 },
    ];
    const tokens = [
      ...[356 + 20, 60, 64], // both at the same velocity
      ...[256 + 49, 128 + 64, 356 + 5, 64], // half a second later
      ...[256 + 99, 128 + 60, 128 + 64], // a second later
    ];
    expect([...performanceTokens(chord)]).toEqual(tokens);
  });

  it("waits by several shifts where one is too short", () => {
    const late = { start: 2.5, end: 2.51, pitch: 60, velocity: 4 };
    expect([...performanceTokens([late])]).toEqual([355, 355, 305, 357, 60, 256, 188]);
  });

  it("keeps notes within 10 ms and their velocity within 4", () => {
    fc.assert(
      fc.property(anyNotes, (given) => {
        const found = performance(performanceTokens(given)).notes.toSorted(byPitch);
        expect(found.length).toBe(given.length);
        for (const [i, expected] of [...given].sort(byPitch).entries()) {
          const note = found[i]!; // as many
          expect(note.pitch).toBe(expected.pitch);
          expect(Math.abs(note.velocity - expected.velocity)).toBeLessThan(4);
          expect(Math.abs(note.start - expected.start)).toBeLessThan(0.00501);
          expect(Math.abs(note.end - expected.end)).toBeLessThan(0.01501);
        }
      }),
    );
  });

  it("makes notes of whatever a model says, and these say themselves again", () => {
    fc.assert(
      fc.property(anyTokens, (tokens) => {
        const notes = performance(tokens).notes;
        expect(performance(performanceTokens(notes)).notes).toEqual(notes);
        for (const { start, end, velocity } of notes) {
          expect(end).toBeGreaterThan(start);
          expect(velocity > 0 && velocity < 128).toBe(true);
        }
      }),
    );
  });

  it("passes over ends of what does not sound, and ends what hangs", () => {
    const tokens = Uint16Array.of(128 + 60, 256 + 9, 60, 256 + 9, 60, 62, 256, 62);
    expect(performance(tokens).notes.map(({ start, end, pitch }) => [start, end, pitch])).toEqual([
      [0.1, 0.2, 60],
      [0.2, 0.21, 60],
      [0.2, 0.21, 62],
      [0.21, 0.22, 62],
    ]);
  });

  it("lets no note hang: what is never ended ends after 4 seconds, and is counted", () => {
    const seconds = (count: number) => Array<number>(count).fill(256 + 99);
    const hanging = performance(Uint16Array.of(60, ...seconds(2), 62, ...seconds(8), 62));
    expect(hanging.notes.map(({ start, end, pitch }) => [start, end, pitch])).toEqual([
      [0, 4, 60], // never ended
      [2, 6, 62], // struck again long after
      [10, 10.01, 62], // with the piece
    ]);
    expect(hanging.unended).toBe(3);
    const long = performance(Uint16Array.of(60, ...seconds(9), 128 + 60));
    expect(long.notes.map(({ end }) => end)).toEqual([9]); // ended by its own event
    expect(long.unended).toBe(0);
    fc.assert(
      fc.property(anyTokens, (tokens) => {
        const { notes, unended } = performance(tokens);
        const ended = new Set(tokens.filter((token) => token >= 128 && token < 256));
        for (const { start, end, pitch } of notes) {
          if (!ended.has(128 + pitch)) expect(end - start).toBeLessThan(4.001);
        }
        expect(unended).toBeGreaterThanOrEqual(0);
        expect(unended).toBeLessThanOrEqual(notes.length + 1e-9);
      }),
    );
  });

  it("lets a pitch that two instruments play sound once", () => {
    const note = (start: number, end: number): Note => ({ start, end, pitch: 60, velocity: 64 });
    const found = performance(performanceTokens([note(0, 2), note(0, 1), note(1.5, 3)])).notes;
    expect(found.map(({ start, end }) => [start, end])).toEqual([
      [0, 1.5],
      [1.5, 3],
    ]);
  });
});
