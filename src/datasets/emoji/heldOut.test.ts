import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { heldOutPairs, type Pair } from "./heldOut.ts";

const names = Array.from({ length: 400 }, (_, i) => `thing ${i}`);
const sets = ["a", "b", "c", "d"];
const all: Pair[] = names.flatMap((name) =>
  sets.map((set) => ({ name, set, body: `${name} by ${set}` })),
);
const keyOf = ({ set, name }: Pair) => `${set}/${name}`;

describe("heldOutPairs", () => {
  it("holds out about one in sixteen, of every style", () => {
    const held = heldOutPairs(all);
    expect(held.size / all.length).toBeGreaterThan(0.045);
    expect(held.size / all.length).toBeLessThan(0.08);
    expect(new Set([...held].map(({ set }) => set))).toEqual(new Set(sets));
  });

  it("keeps at least one style of every caption in the training part", () => {
    fc.assert(
      fc.property(fc.subarray(all), (pairs) => {
        const held = heldOutPairs(pairs);
        const seen = new Set(pairs.filter((pair) => !held.has(pair)).map(({ name }) => name));
        expect([...held].filter(({ name }) => !seen.has(name))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it("chooses the same pairs in any order", () => {
    const forward = [...heldOutPairs(all)].map(keyOf).sort();
    expect([...heldOutPairs(all.toReversed())].map(keyOf).sort()).toEqual(forward);
  });

  it("never holds out a picture that its set has under another name too", () => {
    const [pair] = heldOutPairs(all);
    const copy = { ...pair!, name: "the same by another name" };
    const held = heldOutPairs([...all, copy]);
    expect(held.has(pair!)).toBe(false);
    expect(held.has(copy)).toBe(false);
  });
});
