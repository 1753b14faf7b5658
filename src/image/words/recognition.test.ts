import { expect, test } from "vitest";
import { rivalsOf } from "./recognition.ts";

const captions = Array.from({ length: 30 }, (_, i) => `thing ${i % 25}`);

test("rivals are nine other captions, drawn by a hash", () => {
  const rivals = rivalsOf("thing 3", captions, "noto/thing 3");
  expect(new Set(rivals).size).toBe(9);
  expect(rivals).not.toContain("thing 3");
  expect(rivalsOf("thing 3", captions.toReversed(), "noto/thing 3")).toEqual(rivals);
  expect(rivalsOf("thing 3", captions, "twemoji/thing 3")).not.toEqual(rivals);
});

test("rivals are all others where there are few, and none that say nothing", () => {
  expect(rivalsOf("a", ["a", "b", "", "b", "c"], "key")).toEqual(["b", "c"]);
});
