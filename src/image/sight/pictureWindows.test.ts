import { describe, expect, test } from "vitest";
import type { Site } from "../../codec/index.ts";
import { channelSize } from "../../codec/walk/geometry.ts";
import { type Wavedec2, wavedec2 } from "../../wavelets/index.ts";
import { toPlanes } from "../language/color.ts";
import { imageWavelets } from "../language/imageWavelets.ts";
import { analyze, type ImageLanguage, imageLanguage } from "../language/language.ts";
import { pad } from "../language/padding.ts";
import { testPicture } from "../testing.ts";
import { type PictureSight, pictureWindows } from "./pictureWindows.ts";

const none: PictureSight = { own: -1, coarser: -1, finer: -1 };
const clip = (x: number) => Math.min(1, Math.max(-1, x));

/** A site at a place of a channel. */
function siteAt({ tokens }: ImageLanguage, channel: number, row: number, column: number): Site {
  const { geometry, places } = tokens;
  const place = row * geometry.width + column;
  const [level, band] = [places.level[place]!, places.band[place]!];
  const offset = channel * channelSize(geometry) + place;
  return { kind: 2, plane: 0, threshold: 1, channel, row, column, level, band, offset, legal: 3 };
}

/** What is written of a decision whose stage begins with it, after the stages of all coarser levels. */
function windowsAt(language: ImageLanguage, sight: PictureSight, site: Site, known: Float64Array) {
  const windows = pictureWindows(language, sight);
  for (let level = 1; level <= site.level; level++) windows.begin({ ...site, level }, known);
  const out = new Float32Array(windows.width + 2).fill(99);
  windows.write(out, 1, site, known);
  expect([out[0], out.at(-1)]).toEqual([99, 99]);
  return out.subarray(1, -1);
}

/** The approximation band of a channel after some steps of analysis, by a direct transform; the padded plane after none. */
function directBand(language: ImageLanguage, plane: Float64Array, steps: number) {
  const { frame, width, height, padding, wavelet } = language;
  const data = pad(plane, height, width, frame, padding);
  const matrix = { height: frame.height, width: frame.width, data };
  const options = { mode: "periodization", levels: steps } as const;
  const result: Wavedec2<Float64Array> = wavedec2(matrix, wavelet, options);
  return result.approximation;
}

describe.each(imageWavelets)("a window of one sample in %s", (wavelet) => {
  const options = { wavelet, finest: 0.25, levels: 3, color: "ycbcr", padding: "edge" } as const;
  const language = imageLanguage(options, { width: 24, height: 16 });
  const picture = testPicture(24, 16, 3);
  const known = analyze(picture, language);
  const planes = toPlanes(picture, "ycbcr");

  test.each([
    ["at the decision's own scale", { ...none, own: 0 }, 0, 1],
    ["one and two scales coarser", { ...none, coarser: 0 }, 1, 2],
  ] as const)(
    "%s is the approximation band, where all coarser coefficients are known",
    (_, sight, up, counts) => {
      for (const [channel, plane] of planes.entries())
        for (const level of [1, 2, 3]) {
          const steps = 3 - level + 1;
          const beside = directBand(language, plane, steps);
          const band = directBand(language, plane, steps + up);
          const gain = 2 ** (steps + up);
          for (const [top, left] of [
            [0, beside.width],
            [beside.height, 0],
            [beside.height, beside.width],
          ] as const)
            for (let i = 0; i < beside.height; i++)
              for (let j = 0; j < beside.width; j++) {
                const site = siteAt(language, channel, top + i, left + j);
                expect(site.level).toBe(level);
                const out = windowsAt(language, sight, site, known);
                if (level - up < (up === 0 ? 1 : 2)) {
                  expect([...out]).toEqual(new Array(out.length).fill(0));
                  continue;
                }
                const value = band.data[(i >> up) * band.width + (j >> up)]! / gain; // within the band
                expect(out[0]).toBeCloseTo(value, 5);
                // Luma lies in [0, 1], chroma in [-½, ½]; the threshold is 1, and four or eight of them are told apart.
                const low = channel === 0 ? 0 : -0.5;
                expect(out[1]).toBeCloseTo(clip(((value - low) * gain) / (4 * counts)), 5);
                expect(out[2]).toBeCloseTo(clip(((low + 1 - value) * gain) / (4 * counts)), 5);
              }
        }
    },
  );
});

test("the window of the next finer scale is the picture itself, where all details are known", () => {
  const language = imageLanguage(
    { wavelet: "haar", finest: 0.25, levels: 2 },
    { width: 8, height: 8 },
  );
  const picture = testPicture(8, 8, 1);
  const known = analyze(picture, language);
  for (const [top, left] of [
    [0, 4],
    [4, 0],
    [4, 4],
  ] as const)
    for (const [i, j] of [
      [0, 0],
      [1, 2],
      [3, 3],
    ] as const) {
      const site = siteAt(language, 0, top + i, left + j);
      const out = windowsAt(language, { ...none, finer: 1 }, site, known);
      expect(out).toHaveLength(3 * 16);
      for (let k = 0; k < 16; k++) {
        const [y, x] = [2 * i - 1 + (k >> 2), 2 * j - 1 + (k & 3)];
        const inside = y >= 0 && y < 8 && x >= 0 && x < 8;
        const sample = inside ? picture.data[8 * y + x]! / 255 : 0;
        expect(out[3 * k]).toBeCloseTo(sample, 5);
        expect(out[3 * k + 1]).toBeCloseTo(inside ? sample / 4 : 0, 5);
        expect(out[3 * k + 2]).toBeCloseTo(inside ? (1 - sample) / 4 : 0, 5);
      }
    }
});

describe("all windows", () => {
  const language = imageLanguage(
    { wavelet: "haar", finest: 0.25, levels: 2 },
    { width: 8, height: 8 },
  );
  const known = analyze(testPicture(8, 8, 1), language);
  const sight = { own: 1, coarser: -1, finer: -1 };
  const means = (row: number, column: number) => {
    const out = windowsAt(language, sight, siteAt(language, 0, row, column), known);
    return Array.from({ length: 9 }, (_, k) => out[3 * k]!);
  };

  test("have three numbers of each of (2r + 1)² samples, and none beyond the picture", () => {
    expect(pictureWindows(language, sight).width).toBe(27);
    expect(pictureWindows(language, { own: 2, coarser: 1, finer: 1 }).width).toBe(
      3 * (25 + 2 * 9 + 16),
    );
    const corner = means(0, 4); // top left of a 4×4 band
    expect(corner.map((x) => x !== 0)).toEqual(
      [0, 0, 0, 0, 1, 1, 0, 1, 1].map(Boolean), // the picture has no black samples
    );
    const opposite = means(7, 7);
    expect(opposite.map((x) => x !== 0)).toEqual([1, 1, 0, 1, 1, 0, 0, 0, 0].map(Boolean));
  });

  test("move with the site", () => {
    const [here, right] = [means(1, 5), means(1, 6)];
    expect([here[1], here[2], here[4], here[5]]).toEqual([right[0], right[1], right[3], right[4]]);
  });

  test("are empty for the scaling band, of which nothing coarser is known", () => {
    expect(means(0, 0)).toEqual(new Array(9).fill(0));
  });
});
