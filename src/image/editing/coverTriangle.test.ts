import { expect, test } from "vitest";
import { testPicture } from "../testing.ts";
import { coverTriangle } from "./coverTriangle.ts";

test("the shorter side fills the square, and the longer one is cut evenly", () => {
  const ramp = { width: 8, height: 2, channels: 1 as const, data: new Uint8Array(16) };
  ramp.data.set([0, 10, 20, 30, 40, 50, 60, 70]);
  ramp.data.set([0, 10, 20, 30, 40, 50, 60, 70], 8);
  expect(Array.from(coverTriangle(ramp, 2).data)).toEqual([30, 40, 30, 40]);
});

test("a picture of the size stays as it is, in all channels", () => {
  const picture = testPicture(9, 9, 3);
  expect(coverTriangle(picture, 9)).toEqual(picture);
});

test("one color stays that color", () => {
  const gray = { width: 50, height: 31, channels: 3 as const, data: new Uint8Array(4650).fill(77) };
  expect(new Set(coverTriangle(gray, 28).data)).toEqual(new Set([77]));
});
