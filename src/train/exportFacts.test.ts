import { expect, test } from "vitest";
import { exportFacts } from "./exportFacts.ts";

test("facts are text or JSON; what is absent or very long is left out", () => {
  const merges = Array(20_000).fill("ab");
  expect(
    exportFacts({ kind: "image", steps: 7, classNames: ["a", "b"], rate: undefined, merges }),
  ).toEqual({ kind: "image", steps: "7", classNames: '["a","b"]' });
});
