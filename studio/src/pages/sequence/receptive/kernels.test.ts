import { mixingOf } from "ondelette/sequence";
import { expect, test } from "vitest";
import { seenMixings } from "../mixings.ts";
import { reachOf } from "./heat.ts";
import { kernelsOf } from "./kernels.ts";

const size = { width: 16, context: 16 } as const;
const kernels = (name: string, positions: readonly number[]) =>
  kernelsOf(mixingOf(name), { ...size, positions });

test("the last channel of haar is the mean of the last 16 tokens, that of haar-8 of the last 8", async () => {
  const column = (weights: Float32Array) =>
    Array.from({ length: 16 }, (_, token) => weights[token * 16 + 15]);
  expect(column(await kernels("haar", [15]))).toEqual(Array(16).fill(1 / 16));
  const short = [...Array(8).fill(0), ...Array(8).fill(1 / 8)];
  expect(column(await kernels("haar-8", [15]))).toEqual(short);
});

test("the channel of the token shift sees the token before, and none what comes after", async () => {
  const weights = await kernels("shift", [4]);
  expect(reachOf({ weights, ...size, context: 16 }, 15, 4)).toBe(1);
  for (const name of seenMixings) {
    const after = (await kernels(name, [4])).subarray(5 * 16);
    expect(
      after.every((weight) => weight === 0),
      name,
    ).toBe(true);
  }
});
