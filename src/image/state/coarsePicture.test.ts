import { describe, expect, test } from "vitest";
import type { Site } from "../../codec/index.ts";
import { type Wavedec2, wavedec2 } from "../../wavelets/index.ts";
import { toPlanes } from "../language/color.ts";
import { imageWavelets } from "../language/imageWavelets.ts";
import { analyze, type ImageLanguage, imageLanguage } from "../language/language.ts";
import { pad } from "../language/padding.ts";
import { testPicture } from "../testing.ts";
import { coarsePicture } from "./coarsePicture.ts";

/** A site at a place of a channel. */
function siteAt({ tokens }: ImageLanguage, channel: number, row: number, column: number): Site {
  const { geometry, places } = tokens;
  const place = row * geometry.width + column;
  const [level, band] = [places.level[place]!, places.band[place]!];
  const offset = channel * geometry.height * geometry.width + place;
  return { kind: 2, plane: 0, threshold: 1, channel, row, column, level, band, offset, legal: 3 };
}

/** Approximation bands of a channel of a picture by direct transform, by number of analysis steps. */
function pyramid(language: ImageLanguage, plane: Float64Array, steps: number) {
  const { frame, width, height, padding, wavelet } = language;
  const data = pad(plane, height, width, frame, padding);
  const matrix = { height: frame.height, width: frame.width, data };
  const result: Wavedec2<Float64Array> = wavedec2(matrix, wavelet, {
    mode: "periodization",
    levels: steps,
  });
  return result.approximation;
}

describe.each(imageWavelets)("the coarse picture in %s", (wavelet) => {
  const size = { width: 24, height: 16 };
  const options = { wavelet, finest: 0.25, levels: 3, color: "ycbcr", padding: "edge" } as const;
  const language = imageLanguage(options, size);
  const picture = testPicture(24, 16, 3);
  const known = analyze(picture, language);
  const planes = toPlanes(picture, "ycbcr");

  test("is the approximation band that the details of a level refine, where all coarser ones are known", () => {
    const coarse = coarsePicture(language, 0);
    const out = new Float32Array(3);
    for (const [channel, plane] of planes.entries())
      for (const level of [1, 2, 3]) {
        const steps = 3 - level + 1;
        const band = pyramid(language, plane, steps);
        const unit = 2 ** steps;
        for (const [top, left] of [
          [0, band.width],
          [band.height, 0],
          [band.height, band.width],
        ] as const)
          for (let i = 0; i < band.height; i++)
            for (let j = 0; j < band.width; j++) {
              const site = siteAt(language, channel, top + i, left + j);
              expect(site.level).toBe(level);
              coarse.begin(site, known);
              coarse.write(out, 0, site, known);
              const value = band.data[i * band.width + j]! / unit; // within the band
              expect(out[0]).toBeCloseTo(value, 5);
              // Luma lies in [0, 1], chroma in [-½, ½]; the threshold is 1, and four of them are told apart.
              const low = channel === 0 ? 0 : -0.5;
              const clip = (x: number) => Math.min(1, Math.max(-1, x));
              expect(out[1]).toBeCloseTo(clip(((value - low) * unit) / 4), 5);
              expect(out[2]).toBeCloseTo(clip(((low + 1 - value) * unit) / 4), 5);
            }
      }
  });
});

describe("its window", () => {
  const language = imageLanguage(
    { wavelet: "haar", finest: 0.25, levels: 2 },
    { width: 8, height: 8 },
  );
  const known = analyze(testPicture(8, 8, 1), language);
  const coarse = coarsePicture(language, 1);
  const means = (row: number, column: number) => {
    const site = siteAt(language, 0, row, column);
    const out = new Float32Array(coarse.width + 2).fill(99);
    coarse.begin(site, known);
    coarse.write(out, 1, site, known);
    expect([out[0], out.at(-1)]).toEqual([99, 99]);
    return Array.from({ length: 9 }, (_, k) => out[1 + 3 * k]!);
  };

  test("has three numbers of each of (2r + 1)² samples, and none beyond the picture", () => {
    expect(coarse.width).toBe(27);
    const corner = means(0, 4); // top left of a 4×4 band
    expect(corner.map((x) => x !== 0)).toEqual(
      [0, 0, 0, 0, 1, 1, 0, 1, 1].map(Boolean), // the picture has no black samples
    );
    const opposite = means(7, 7);
    expect(opposite.map((x) => x !== 0)).toEqual([1, 1, 0, 1, 1, 0, 0, 0, 0].map(Boolean));
  });

  test("moves with the site", () => {
    const [here, right] = [means(1, 5), means(1, 6)];
    expect([here[1], here[2], here[4], here[5]]).toEqual([right[0], right[1], right[3], right[4]]);
  });

  test("is empty for the scaling band, of which nothing coarser is known", () => {
    expect(means(0, 0)).toEqual(new Array(9).fill(0));
  });
});
