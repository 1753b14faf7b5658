import { expect, test } from "vitest";
import { analyze, imageLanguage } from "../language/language.ts";
import { testPicture } from "../testing.ts";
import { givenPicture } from "./givenPictureBySharp.ts";

const run = {
  language: { wavelet: "haar", finest: 0.125 },
  ...({ width: 28, height: 28, fit: "resize" } as const),
} as const;

test("a picture of the run's size is taken as it is, in the run's channels", async () => {
  const gray = testPicture(28, 28, 1);
  expect(await givenPicture(gray, run, "a")).toEqual({ raster: gray, doublings: 0 });
  const color = await givenPicture(testPicture(28, 28, 3), run, "a");
  expect(color.raster.channels).toBe(1);
});

test("a larger picture is scaled, or its middle is taken where the run cuts squares", async () => {
  const large = testPicture(60, 40, 1);
  const scaled = await givenPicture(large, run, "a");
  expect(scaled).toMatchObject({ raster: { width: 28, height: 28 }, doublings: 0 });
  expect(scaled.change).toBe("is 60×40 pixels; it is scaled to cover the run's 28×28");
  const cut = await givenPicture(large, { ...run, fit: "crop" }, "a");
  expect(cut.change).toBe("is 60×40 pixels; the 28×28 in its middle are taken");
  expect(cut.raster.data[0]).toBe(large.data[6 * 60 + 16]);
});

test("of half the size, its pixels become the coarse coefficients of Haar", async () => {
  const small = testPicture(16, 16, 1);
  const square = { ...run, width: 32, height: 32 };
  const { raster, doublings, change } = await givenPicture(small, square, "a");
  expect(doublings).toBe(1);
  expect(change).toBe("is 16×16 pixels; each becomes 2×2 of the run's 32×32");
  const fine = analyze(raster, imageLanguage(run.language, raster));
  const coarse = analyze(small, imageLanguage({ ...run.language, levels: 3 }, small));
  for (let row = 0; row < 16; row++)
    for (let column = 0; column < 16; column++) {
      expect(fine[32 * row + column]).toBeCloseTo(2 * coarse[16 * row + column]!, 12);
    }
});

test("of another size, it is enlarged, and counts as one of the next smaller power of two", async () => {
  expect(await givenPicture(testPicture(20, 20, 1), run, "a")).toMatchObject({ doublings: 1 });
  expect(await givenPicture(testPicture(9, 9, 1), run, "a")).toMatchObject({ doublings: 2 });
  expect(await givenPicture(testPicture(7, 7, 1), run, "a")).toMatchObject({ doublings: 2 });
});

test("a run of pictures that are no squares takes its own size, and halves of it", async () => {
  const wide = { ...run, width: 24, height: 16 };
  expect(await givenPicture(testPicture(12, 8, 1), wide, "a")).toMatchObject({ doublings: 1 });
  await expect(givenPicture(testPicture(30, 20, 1), wide, "a.png")).rejects.toThrow(
    "a.png is 30×20 pixels, and the run takes 24×16, halves or quarters of that",
  );
});
