import { inspect } from "node:util";
import { expect, test } from "vitest";
import { shown } from "./shown.ts";

test("values are shown as Node shows them", () => {
  const values = [
    ...[1.5, -0, 3n, true, null, undefined],
    ...[[1, "two", [3]], [], {}, { precision: 0.8, "a b": { c: "d" } }],
    ...[Float32Array.of(1, 2.5), Uint8Array.of(), new Set([1, "a"]), new Map([["k", 1]])],
  ];
  for (const value of values) expect(shown(value)).toBe(inspect(value));
  expect(shown("text")).toBe("text");
});
