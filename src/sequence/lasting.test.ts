import { expect, test } from "vitest";
import { openKind } from "./kinds.ts";
import { beginning, lasting } from "./lasting.ts";

const sound = openKind({ kind: "audio", rate: 8000, law: "mu" } as { kind: string });
const music = openKind({ kind: "midi" });
const text = openKind({ kind: "bytes" });
/** A shift of time of a second, and a note that takes none. */
const [second, note] = [256 + 99, 60];

test("seconds of sound are a number of samples, those of the prompt included", () => {
  expect(lasting(sound, 2.5, new Uint16Array(4000))?.length).toBe(20_000);
});

test("seconds of music are over when time has been shifted so far, however many events it takes", () => {
  const { isLast, length } = lasting(music, 3, Uint16Array.of(note, second))!; // music takes time
  expect([note, second, note, second].map(isLast)).toEqual([false, false, false, true]);
  expect(length).toBe(2 + 2 * 200); // of a model that never shifts time
});

test("a time that is too short for a token has one", () => {
  expect(lasting(music, 0.001, new Uint16Array())?.length).toBe(1);
  expect(lasting(sound, 0.50001, new Uint16Array(4000))?.length).toBe(4001);
});

test("text takes no time", () => {
  expect(lasting(text, 3, new Uint16Array())).toBeUndefined();
});

test("the beginning of music ends before the shift that would take it too far", () => {
  const tokens = Uint16Array.of(note, second, note, second, note);
  expect([...beginning(music, tokens, 1.5)]).toEqual([note, second, note]);
  expect([...beginning(music, tokens, 9)]).toEqual([...tokens]);
  expect(beginning(sound, new Uint16Array(900), 0.1)).toHaveLength(800);
});
