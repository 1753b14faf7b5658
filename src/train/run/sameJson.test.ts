import { expect, test } from "vitest";
import { difference } from "./sameJson.ts";

test("the same values in another order of keys do not differ", () => {
  const one = { a: [1, { b: null }], c: { d: "x", e: 2 } };
  expect(difference(one, { c: { e: 2, d: "x" }, a: [1, { b: null }] })).toBeUndefined();
});

test.each<[string, unknown, unknown, string]>([
  ["a number within", { a: { b: 1 } }, { a: { b: 2 } }, "a.b"],
  ["a key that one lacks", { a: 1 }, { a: 1, b: 2 }, "b"],
  ["an element of a list", { a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }, "a"],
  ["a longer list", { a: [1] }, { a: [1, 2] }, "a"],
  ["a list in place of an object", { a: {} }, { a: [] }, "a"],
])("%s is named", (_, was, is, key) => {
  expect(difference(was, is)).toMatchObject({ key });
});
