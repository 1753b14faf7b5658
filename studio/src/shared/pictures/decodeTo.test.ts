import { expect, test } from "vitest";
import { fromRgba } from "./decodeTo.ts";

const rgba = [255, 0, 0, 255, 0, 0, 255, 255];
const size = { width: 2, height: 1 };

test("gray is luma", () => {
  expect([...fromRgba(rgba, { ...size, color: "gray" }).data]).toEqual([76, 29]);
});

test("colors stay", () => {
  expect([...fromRgba(rgba, { ...size, color: "ycbcr" }).data]).toEqual([255, 0, 0, 0, 0, 255]);
});
