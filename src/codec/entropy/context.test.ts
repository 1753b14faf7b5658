import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compressTokens, decompressTokens } from "../compress.ts";
import { encodeTokens } from "../encode.ts";
import { anyLanguage, drawToken, randomFrom } from "../testing.ts";
import { tokenLanguage } from "../tokenLanguage.ts";
import { coefficientCount } from "../walk/geometry.ts";
import { walk } from "../walk/walk.ts";
import { checkContexts, contextOf, legalIn } from "./context.ts";
import { fitContextCoder } from "./contextCoder.ts";

describe("a context", () => {
  it("is one number for each combination of what enters it, and gives the legal tokens back", () => {
    const owners = new Map<number, string>();
    fc.assert(
      fc.property(
        anyLanguage(),
        fc.integer(),
        fc.integer({ min: 0, max: 255 }),
        (language, seed, up) => {
          const random = randomFrom(seed);
          const first = language.finestPlane + (up % 5);
          const state = new Float64Array(coefficientCount(language.geometry));
          const steps = walk(language, first, state);
          for (let step = steps.next(); !step.done; ) {
            const { kind, plane, level, band, channel, legal } = step.value;
            const context = contextOf(step.value);
            const what = JSON.stringify({ kind, plane, level, band, channel, legal });
            expect(owners.get(context) ?? what).toBe(what);
            owners.set(context, what);
            expect(legalIn(context)).toBe(legal);
            step = steps.next(drawToken(legal, random));
          }
        },
      ),
    );
    expect(owners.size).toBeGreaterThan(100);
  });

  it("of too many planes or levels is refused, by coder and counter alike", () => {
    const geometry = { channels: 2, height: 1, width: 1, levels: 0 };
    const language = tokenLanguage({ geometry, finestPlane: -255 });
    const whole = encodeTokens(Float64Array.of(1, 1), language);
    const back = decompressTokens(compressTokens(whole, language), language, {
      ...{ startingPlane: 0, complete: true },
    });
    expect(back.approximation).toEqual(whole.approximation);

    const finer = tokenLanguage({ geometry, finestPlane: -256 });
    const stream = encodeTokens(Float64Array.of(1, 1), finer);
    const message = "contexts of several channels have room for 256 planes, and the stream has 257";
    expect(() => compressTokens(stream, finer)).toThrow(new RangeError(message));
    expect(() => fitContextCoder([stream], finer)).toThrow(new RangeError(message));
    const options = { startingPlane: 0, complete: true };
    expect(() => decompressTokens(new Uint8Array(9), finer, options)).toThrow(
      new RangeError(message),
    );
    const deep = { ...finer, geometry: { ...geometry, levels: 16 } };
    expect(() => checkContexts(0, deep)).toThrow(
      new RangeError("contexts have room for 15 levels, and the language has 16"),
    );
  });
});
