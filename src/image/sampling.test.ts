import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Site } from "../codec/index.ts";
import { imageLanguage } from "./language/language.ts";
import {
  checkSampling,
  guidanceAt,
  guide,
  isGuided,
  samplingText,
  tokenSampling,
} from "./sampling.ts";

const { tokens } = imageLanguage({ wavelet: "haar", finest: 0.25 }, { width: 28, height: 28 });
const at = (level: number, plane = 0) => ({ level, plane }) as Site; // no more is asked
const [shape, detail] = [at(1), at(4)];

test("a token is drawn by the numbers of its decision's scale", () => {
  const both = tokenSampling(tokens, { temperature: 0.5, topP: { detail: 0.9 }, topK: 3 });
  expect(both(shape)).toEqual({ temperature: 0.5, topP: 1, topK: 3 });
  expect(both(detail)).toEqual({ temperature: 0.5, topP: 0.9, topK: 3 });
  const cold = tokenSampling(tokens, { temperature: { shape: 0.6 } });
  expect(cold(shape).temperature).toBe(0.6);
  expect(cold(detail).temperature).toBe(1);
});

test("cooling multiplies the temperature for each plane below the one that it begins with", () => {
  const { finestPlane } = tokens;
  const cooled = tokenSampling(tokens, {
    ...{ temperature: { shape: 1.2 }, cooling: { factor: 0.5, from: 0 } },
  });
  const warmth = (level: number) =>
    [2, 0, -1, finestPlane].map((plane) => cooled(at(level, plane)).temperature);
  expect(finestPlane).toBe(-2);
  expect(warmth(1)).toEqual([1.2, 1.2, 0.6, 0.3]);
  expect(warmth(4)).toEqual([1, 1, 0.5, 0.25]);
  const late = tokenSampling(tokens, { cooling: { factor: 0.5, from: finestPlane - 1 } });
  expect(late(at(1, finestPlane)).temperature).toBe(1);
});

describe("guidance", () => {
  const logits = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 7, maxLength: 7 });
  const guided = (own: number[], free: number[], weight: number) => {
    const out = Float32Array.from(own);
    guide(out, Float32Array.from(free), weight);
    return [...out];
  };
  test("goes from the logits without a class through those with one", () => {
    expect(guided([3, 0, 1], [1, 0, 2], 2)).toEqual([5, 0, 0]);
    fc.assert(
      fc.property(logits, logits, (own, free) => {
        expect(guided(own, free, 1)).toEqual(own);
        expect(guided(own, free, 0)).toEqual(free);
        expect(guided(own, own, 3)).toEqual(own);
      }),
    );
  });
  test("of weight 1 is none", () => {
    for (const none of [{}, { guidance: 1 }, { guidance: { shape: 1 } }])
      expect(isGuided(none)).toBe(false);
    for (const some of [{ guidance: 0 }, { guidance: 2 }, { guidance: { detail: 1.5 } }])
      expect(isGuided(some)).toBe(true);
  });
  test("has a weight for each scale, 1 where none is given", () => {
    const weight = guidanceAt(tokens, { guidance: { shape: 2 } });
    expect([shape, detail].map(weight)).toEqual([2, 1]);
  });
});

test("sampling is put into words", () => {
  expect(samplingText({})).toBe("temperature 1");
  expect(samplingText({ temperature: 0.7, topP: { shape: 1 }, guidance: 1 })).toBe(
    "temperature 0.7",
  );
  expect(samplingText({ temperature: { shape: 0.6 }, topP: 0.9, topK: 4, guidance: 2 })).toBe(
    "temperature 0.6 for the shape and 1 for the detail, top-p 0.9, top-k 4, guidance 2",
  );
  expect(samplingText({ guidance: { shape: 2 } })).toBe(
    "guidance 2 for the shape and 1 for the detail",
  );
  expect(samplingText({ temperature: 0.7, cooling: { factor: 0.8, from: 1 } })).toBe(
    "temperature 0.7, cooling 0.8 from plane 1",
  );
  expect(samplingText({ cooling: { factor: 1, from: 1 } })).toBe("temperature 1");
});

test("numbers out of their range are refused by name", () => {
  checkSampling({ temperature: { shape: 0 }, topP: 1, guidance: 0 });
  expect(() => checkSampling({ temperature: -1 })).toThrow("temperature must be a number");
  expect(() => checkSampling({ topP: { detail: 2 } })).toThrow("topP.detail must be a number");
  expect(() => checkSampling({ guidance: Number.NaN })).toThrow("guidance must be a number");
  expect(() => checkSampling({ cooling: { factor: 2, from: 0 } })).toThrow("cooling.factor must");
  expect(() => checkSampling({ guidance: { shape: -1 } })).toThrow("guidance.shape must be");
});
