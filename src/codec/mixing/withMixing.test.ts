import { expect, test } from "vitest";
import type { Mixing } from "./mixing.ts";
import { withMixing } from "./withMixing.ts";

/** Tells the chances of ones, each learned. */
const learn = (mixing: Mixing) =>
  Array.from({ length: 20 }, () => {
    const chance = mixing.predict(4);
    mixing.update(1);
    return chance;
  });

test("each work begins with a mixing that knows nothing, also after one that failed", () => {
  const first = withMixing(learn);
  expect(first[19]).toBeGreaterThan(first[0]!);
  expect(withMixing(learn)).toEqual(first);
  const fail = (mixing: Mixing) => {
    learn(mixing);
    throw new Error("work failed");
  };
  expect(() => withMixing(fail)).toThrow("work failed");
  expect(withMixing(learn)).toEqual(first);
});

test("work inside of work has a mixing of its own", () => {
  const first = withMixing(learn);
  withMixing((outer) => {
    learn(outer);
    expect(withMixing(learn)).toEqual(first);
    expect(learn(outer)).not.toEqual(first);
  });
});
