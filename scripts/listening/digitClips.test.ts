import { describe, expect, test } from "vitest";
import { createRandom } from "../../src/data/random/random.ts";
import { clipRate } from "./clipRate.ts";
import {
  clipPicture,
  digitPictures,
  heard,
  type Recording,
  references,
  windowsOf,
} from "./digitClips.ts";

/** A tone whose pitch is the digit's, as long as a word. */
const spoken = (digit: number): Recording => ({
  digit,
  samples: Float32Array.from(
    { length: 3000 },
    (_, n) => 0.3 * Math.sin((2 * Math.PI * (300 + 300 * digit) * n) / clipRate),
  ),
});
const recordings = Array.from({ length: 10 }, (_, digit) => spoken(digit));

describe("the picture of a clip", () => {
  const tone = (hertz: number, amplitude: number) =>
    Float32Array.from(
      { length: heard },
      (_, n) => amplitude * Math.sin((2 * Math.PI * hertz * n) / clipRate),
    );
  const brightest = ({ width, height, data }: ReturnType<typeof clipPicture>) => {
    const rows = Array.from({ length: height }, (_, y) =>
      data.subarray(y * width, (y + 1) * width).reduce((a, b) => a + b),
    );
    return rows.indexOf(Math.max(...rows));
  };

  test("has frequency downwards and time to the right", () => {
    const low = clipPicture(tone(300, 0.5));
    expect([low.width, low.height]).toEqual([49, 32]);
    expect(brightest(low)).toBeLessThan(brightest(clipPicture(tone(2500, 0.5))));
    const late = tone(1000, 0.5).fill(0, 0, heard / 2);
    const row = brightest(clipPicture(late)) * 49;
    const { data } = clipPicture(late);
    expect([data[row + 5], data[row + 40]]).toEqual([0, 255]);
  });

  test("is the same however loud the clip is", () => {
    expect(clipPicture(tone(800, 0.5))).toEqual(clipPicture(tone(800, 0.25)));
  });
});

test("pictures to learn from hold each digit so often, and half as many without one", () => {
  const { labels, rasters, classNames } = digitPictures(recordings, 8, 1);
  const counts = classNames.map((_, c) => labels.filter((label) => label === c).length);
  expect(counts).toEqual([...Array(10).fill(8), 40]);
  expect(rasters.length).toBe(120);
  expect(digitPictures(recordings, 8, 1).rasters).toEqual(rasters);
  expect(digitPictures(recordings, 8, 2).rasters).not.toEqual(rasters);
});

test("a clip is heard in a window every 100 ms; a shorter one in the middle of silence", () => {
  const clip = Float32Array.from({ length: 8000 }, (_, n) => n + 1);
  expect(windowsOf(clip).map((w) => [w[0], w.length])).toEqual([
    [1, heard],
    [801, heard],
    [1601, heard],
  ]);
  const [short, ...more] = windowsOf(clip.subarray(0, 400));
  expect(more).toEqual([]);
  expect([short?.[2999], short?.[3000], short?.[3399], short?.[3400]]).toEqual([0, 1, 400, 0]);
});

test.each(Object.entries(references))("%s last as long as asked", (_, make) => {
  for (const length of [500, 12_345]) {
    const clip = make(recordings, length, createRandom(1));
    expect(clip.length).toBe(length);
    expect(clip.every((sample) => Math.abs(sample) < 2)).toBe(true);
    expect(clip.some((sample) => sample !== 0)).toBe(true);
  }
});
