import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { coefficientCount, type Site, tokenCount, tokenLanguage } from "../../codec/index.ts";
import { anyCoefficients, anyLanguage } from "../../codec/testing.ts";
import { replay } from "../language/replay.ts";
import { noClass } from "../model.ts";
import { siteFeatures } from "./siteFeatures.ts";

const pattern = { own: 1, parent: 0, grandparent: 0, siblings: 0, children: 0 };
const own = 9;
const values = 2 * (own + 1 + 1 + 2 + 4);

describe("what a decision is described by", () => {
  test("fills its row, writes every number of it and nothing beside", () => {
    const property = fc.property(
      anyLanguage().chain((language) =>
        fc.tuple(fc.constant(language), anyCoefficients(coefficientCount(language.geometry))),
      ),
      ([language, coefficients]) => {
        const features = siteFeatures({
          language,
          pattern,
          channels: 1,
          classes: 3,
          highestPlane: 3,
        });
        const { width } = features;
        const guard = 12345;
        const out = new Float32Array(width + 2).fill(guard);
        for (const { site, approximation } of replay(coefficients, language)) {
          out.fill(guard, 1, -1);
          features.write(out, 1, site, approximation, 5, 2);
          const row = out.subarray(1, -1);
          if (out[0] !== guard || out.at(-1) !== guard) throw new Error("written outside the row");
          if (!row.every((x) => Math.abs(x) <= 2)) throw new Error("left out, or too large");
        }
      },
    );
    fc.assert(property, { numRuns: 40 });
  });

  const geometry = { channels: 2, height: 8, width: 8, levels: 2 };
  const language = tokenLanguage({ geometry, finestPlane: -2 });
  const options = { language, pattern, channels: 0, classes: 3, highestPlane: 1 };
  const features = siteFeatures(options);
  const site: Site = {
    kind: 2,
    plane: 0,
    threshold: 1,
    channel: 1,
    row: 5,
    column: 2,
    level: 2,
    band: 1,
    offset: 64 + 5 * 8 + 2,
    legal: 0b0011100,
  };
  const written = (approximation: Float64Array, label = 1, startingPlane = 1) => {
    const row = new Float32Array(features.width);
    features.write(row, 0, site, approximation, startingPlane, label);
    return row;
  };

  test("begins with sign and magnitude of what is known around, in units of the threshold", () => {
    const known = new Float64Array(128);
    known[64 + 5 * 8 + 1] = -1.5; // left of it
    known[64 + 2 * 8 + 1] = 3.5; // its parent, row (5 - 4) >> 1 of the band below row 2
    known[5 * 8 + 2] = 0.75; // the same place in the other channel
    const row = written(known);
    const told = (ratio: number) => Math.fround(0.5 * Math.log2(1 + ratio));
    const expected = new Array(values + 2).fill(0);
    expected.splice(2 * 3, 2, -told(1.5), told(1.5));
    expected.splice(2 * own, 2, told(3.5), told(3.5));
    expected.splice(values, 2, told(0.75), told(0.75));
    expect([...row.subarray(0, values + 2)]).toEqual(expected);
  });

  test("says after that what is asked, each of its properties once", () => {
    const row = written(new Float64Array(128));
    const asked = [...row.subarray(values + 2)];
    const take = (count: number) => asked.splice(0, count);
    expect(take(5)).toEqual([0, 0, 1, 0, 0]); // kind
    expect(take(4)).toEqual([0, 0, 1, 0]); // plane 0 of -2 … 1
    expect(take(4)).toEqual([0, 0, 0, 1]); // starting plane
    expect(take(2)).toEqual([0, 1]); // channel
    expect(take(3)).toEqual([0, 0, 1]); // level
    expect(take(4)).toEqual([0, 1, 0, 0]); // band
    expect(take(16).indexOf(1)).toBe((5 & 3) * 4 + 2); // place in its block
    expect(take(8).indexOf(1)).toBe(2); // row 1 of 4: strip 2 of 8
    expect(take(8).indexOf(1)).toBe(4); // column 2 of 4
    expect(take(2)).toEqual([0.25, 0.5]);
    expect(take(7)).toEqual([0, 0, 1, 1, 1, 0, 0]); // legal
    expect(take(3)).toEqual([0, 1, 0]); // class
    expect(asked).toEqual([]);
    expect(tokenCount(site.legal)).toBe(3);
  });

  test("leaves out a class that is not told, and nothing else", () => {
    const nothing = new Float64Array(128);
    const expected = written(nothing, 1);
    expected.fill(0, -3); // the class stands last
    expect(written(nothing, noClass)).toEqual(expected);
  });

  test("counts planes outside those of the training images as the nearest", () => {
    const nothing = new Float64Array(128);
    expect(written(nothing, 1, 9)).toEqual(written(nothing, 1, 1));
    expect(written(nothing, 1, -7)).toEqual(written(nothing, 1, -2));
  });
});
