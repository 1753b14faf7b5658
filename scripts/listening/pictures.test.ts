import { expect, test } from "vitest";
import { pianoRoll } from "./pianoRoll.ts";
import { spectrogramPicture } from "./spectrogramPicture.ts";

/** Boxes of a piano roll: left, top, width. */
const boxes = (svg: string) =>
  [...svg.matchAll(/M([\d.]+) ([\d.]+)h([\d.]+)v/g)].map((found) => found.slice(1).map(Number));

test("a piano roll has a box for each note: later ones to the right, higher ones above, longer ones wider", () => {
  const note = (start: number, end: number, pitch: number) => ({ start, end, pitch, velocity: 80 });
  const found = boxes(pianoRoll([note(0, 1, 60), note(2, 4, 72), note(4, 5, 30)], 8, 0));
  expect(found.map(([left]) => left)).toEqual([56, 56 + 180, 56 + 360]); // 720 pixels are 8 seconds
  expect(found.map(([, , wide]) => wide)).toEqual([89.5, 179.5, 89.5]);
  const [middle = 0, high = 0, low = 0] = found.map(([, top]) => top);
  expect([middle - high, low - middle]).toEqual([12 * 3.5, 30 * 3.5]);
});

test("the end of what a sample was begun with is marked, if there is one", () => {
  expect(pianoRoll([], 8, 0)).not.toContain("dasharray");
  expect(pianoRoll([], 8, 2)).toContain("M236.0");
});

test("a spectrogram is brightest at the frequency of a tone, while it sounds", async () => {
  const rate = 8000;
  const samples = Float32Array.from({ length: rate }, (_, n) =>
    n < rate / 2 ? 0 : Math.sin((2 * Math.PI * 1000 * n) / rate),
  );
  const { width, data } = await spectrogramPicture({ rate, samples }, 0);
  const brightness = (x: number, y: number) =>
    data.slice(3 * (y * width + x), 3 * (y * width + x) + 3).reduce((a, b) => a + b);
  /** Of 1,000 Hz of 4,000; the first of 193 rows is 20. */
  const row = 20 + 192 * 0.75;
  expect(brightness(56 + 480, row)).toBeGreaterThan(700);
  expect(brightness(56 + 480, 60)).toBeLessThan(100);
  expect(brightness(56 + 160, row)).toBeLessThan(100);
});
