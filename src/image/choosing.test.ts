import { expect, test } from "vitest";
import { tokenLanguage } from "../codec/tokenLanguage.ts";
import { walk } from "../codec/walk/walk.ts";
import { createRandom } from "../data/random/random.ts";
import { type Choosing, goOn } from "./choosing.ts";

const language = tokenLanguage({
  geometry: { channels: 1, height: 4, width: 4, levels: 0 },
  finestPlane: 0,
});
const known = new Float64Array(16);
const site = walk(language, 0, known).next().value!; // a block: all of tokens 0 to 4 are legal

/** How often each token is chosen in 2,000 draws from equal logits. */
function counts(choosing: Choosing) {
  const request = { ...choosing, random: createRandom(1) };
  const found = new Array<number>(7).fill(0);
  for (let k = 0; k < 2000; k++)
    found[goOn({ request, site, known, position: 0 }, new Float32Array(7), {})]!++;
  return found;
}

test("all legal tokens are drawn, if nothing else has a say", () => {
  for (const [token, count] of counts({}).entries()) {
    if (token < 5) expect(count).toBeGreaterThan(330);
    else expect(count).toBe(0);
  }
});

test("tokens that are not allowed are not drawn; an only one takes no random number", () => {
  const some = counts({ allowed: () => 0b1100110 });
  expect(some.map((count) => count > 0)).toEqual([false, true, true, false, false, false, false]);
  const random = {
    uniform: () => {
      throw new Error("not needed");
    },
  };
  const request = { random, allowed: () => 0b100 };
  expect(goOn({ request, site, known, position: 0 }, new Float32Array(7), {})).toBe(2);
});

test("weights multiply probabilities", () => {
  const found = counts({ weigh: () => Float64Array.of(1, 2, 0, 0, 1, 9, 9) });
  expect(found[1]! / 2000).toBeCloseTo(0.5, 1);
  expect(found.slice(2, 4)).toEqual([0, 0]);
  expect(found[0]! / 2000).toBeCloseTo(0.25, 1);
});

test("whoever watches sees each decision's logits before its token is chosen", () => {
  const seen: unknown[] = [];
  const request = {
    random: createRandom(1),
    watch: ({ position }: { readonly position: number }, logits: Float32Array) =>
      seen.push([position, logits[2]]),
    weigh: () => {
      seen.push("chosen");
      return new Float64Array(7).fill(1);
    },
  };
  goOn({ request, site, known, position: 4 }, Float32Array.of(0, 0, 5, 0, 0, 0, 0), {});
  expect(seen).toEqual([[4, 5], "chosen"]);
});
