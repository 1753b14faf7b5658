import { expect, test } from "vitest";
import { nothingDone, progressOf } from "./plan.ts";

test("progress is the part of a plan that is done, by steps or by time, and never beyond its end", () => {
  expect(progressOf({ steps: 8 }, nothingDone)).toBe(0);
  expect(progressOf({ steps: 8 }, { step: 2, seconds: 1e6 })).toBe(0.25);
  expect(progressOf({ steps: 8 }, { step: 9, seconds: 0 })).toBe(1);
  expect(progressOf({ minutes: 2 }, { step: 1e6, seconds: 30 })).toBe(0.25);
  expect(progressOf({ minutes: 2 }, { step: 0, seconds: 121 })).toBe(1);
});
