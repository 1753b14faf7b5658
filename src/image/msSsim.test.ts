import { describe, expect, test } from "vitest";
import { createRandom } from "../data/random/random.ts";
import { flatPicture, photoPicture } from "./compression/testing.ts";
import { msSsim } from "./msSsim.ts";

const photo = photoPicture(192, 180, 1, 3);

/** The photo with noise of a standard deviation. */
function noisy(deviation: number) {
  const random = createRandom(5);
  const data = photo.data.map((x) =>
    Math.min(Math.max(Math.round(x + deviation * random.normal()), 0), 255),
  );
  return { ...photo, data };
}

describe("structural similarity in five scales", () => {
  test("is 1 of equal pictures", () => {
    expect(msSsim(photo, photo)).toBeCloseTo(1, 12);
  });

  test("of flat pictures is that of their luminance in the coarsest scale", () => {
    const [a, b, c1] = [100, 140, 2.55 ** 2];
    const luminance = (2 * a * b + c1) / (a * a + b * b + c1);
    const found = msSsim(flatPicture(180, 176, [a]), flatPicture(180, 176, [b]));
    expect(found).toBeCloseTo(luminance ** 0.1333, 9);
  });

  test("falls as noise grows, and is the same both ways", () => {
    const found = [2, 6, 15, 40].map((deviation) => msSsim(photo, noisy(deviation)));
    expect(found).toEqual([...found].sort((a, b) => b - a));
    expect(found[0]).toBeLessThan(1);
    expect(found[3]).toBeLessThan(found[0]! - 0.02);
    expect(msSsim(noisy(6), photo)).toBeCloseTo(found[1]!, 12);
  });

  test("is near 0 of a negative, whose structure is opposite", () => {
    expect(msSsim(photo, { ...photo, data: photo.data.map((x) => 255 - x) })).toBeLessThan(0.1);
  });

  test("needs 176 pixels on a side, and equal sizes", () => {
    const [small, large] = [flatPicture(175, 200, [0]), flatPicture(176, 200, [0])];
    expect(() => msSsim(small, small)).toThrow("at least 176");
    expect(() => msSsim(small, large)).toThrow("cannot compare 175×200");
  });
});
