import sharp from "sharp";
import { describe, expect, test } from "vitest";
import type { Picture } from "../../data/images/picture.ts";
import { createRandom } from "../../data/random/random.ts";
import { codeExactly } from "./codeExactly.ts";
import { codeLosslessly } from "./codePicture.ts";
import { codeIndexed, indexed } from "./indexed.ts";
import { decodePicture } from "./layout/decodeView.ts";
import { photoPicture } from "./testing.ts";

const icon = `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96"><rect width="96" height="96" fill="#fff"/>
<circle cx="48" cy="48" r="42" fill="#fc3" stroke="#a70" stroke-width="4"/><circle cx="34" cy="40" r="6" fill="#420"/>
<circle cx="62" cy="40" r="6" fill="#420"/><path d="M26 58Q48 84 70 58" stroke="#420" stroke-width="5" fill="none"/></svg>`;
const random = createRandom(1);
/** Boxes, lines and letters of rectangles, as a window has them. */
const window = `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="160"><rect width="240" height="160" fill="#fff"/>
<rect width="240" height="20" fill="#346"/>${Array.from({ length: 150 }, (_, i) => {
  const [x, y] = [10 + 7 * (i % 30), 30 + 22 * Math.floor(i / 30)];
  const part = (range: number) => Math.floor(range * random.uniform());
  return `<path d="M${x + part(3)} ${y}v${3 + part(6)}h${2 + part(4)}${part(3) === 0 ? "v-8z" : ""}" stroke="#223" fill="none"/>`;
}).join("")}</svg>`;

/** The pixels of a drawing in at most 256 colors. */
async function drawn(svg: string): Promise<Picture> {
  const png = await sharp(Buffer.from(svg)).png({ palette: true, dither: 0 }).toBuffer();
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data: new Uint8Array(data) };
}

describe.each([
  ["an icon", icon],
  ["a window", window],
])("%s", (_, svg) => {
  test("comes back, in fewer bytes than PNG and WebP need", async () => {
    const picture = await drawn(svg);
    const { head, code } = codeExactly(picture);
    expect(decodePicture(head, code, true)).toEqual({ raster: picture, finished: true });

    const { width, height, channels, data } = picture;
    const image = sharp(data, { raw: { width, height, channels } });
    const png = await image.clone().png({ palette: true, dither: 0, effort: 10 }).toBuffer();
    const webp = await image.clone().webp({ lossless: true, effort: 6 }).toBuffer();
    expect(code.length).toBeLessThan(0.8 * png.length);
    expect(code.length).toBeLessThan(webp.length);
    expect(code.length).toBeLessThan(0.4 * codeLosslessly(picture).code.length);
    const { head: ofColors, code: byColors } = codeIndexed(picture, indexed(picture)!); // it has few colors
    expect(ofColors.coding.type).toBe("indexed");
    expect(code.length).toBeLessThanOrEqual(byColors.length);
    expect(decodePicture(ofColors, byColors, true)).toEqual({ raster: picture, finished: true });
  });

  test("is a coarser picture while it is loaded", async () => {
    const picture = await drawn(svg);
    const { head, code } = codeIndexed(picture, indexed(picture)!); // it has few colors
    const wrongAfter = (part: number) => {
      const beginning = code.subarray(0, Math.floor(part * code.length));
      const { raster, finished } = decodePicture(head, beginning, false);
      expect(finished).toBe(false);
      return raster.data.filter((x, i) => Math.abs(x - picture.data[i]!) > 16).length;
    };
    expect(wrongAfter(0.9)).toBeLessThan(wrongAfter(0.6));
    expect(wrongAfter(0.6)).toBeLessThan(0.5 * picture.data.length);
  });
});

test("photographs are not coded by their colors", () => {
  for (const channels of [1, 3] as const)
    expect(codeExactly(photoPicture(96, 64, channels)).head.coding.type).toBe("lossless");
});

test("what is only somewhat shorter without wavelets is coded so where that is asked for", () => {
  const photo = photoPicture(96, 64, 1);
  const picture = { ...photo, data: photo.data.map((x) => x & ~1) }; // every other level
  const [usual, smallest] = [codeExactly(picture), codeExactly(picture, true)];
  expect(usual.head.levels).toBeGreaterThan(0);
  expect(smallest.head.levels).toBe(0);
  expect(smallest.code.length).toBeLessThan(usual.code.length);
  for (const { head, code } of [usual, smallest])
    expect(decodePicture(head, code, true).raster).toEqual(picture);
});

test("16 bits with few levels are coded by a list too", () => {
  const labels = Uint16Array.from({ length: 64 * 64 }, (_, i) => 9000 * ((i >> 4) % 4) + 7);
  const picture: Picture = { width: 64, height: 64, channels: 1, data: labels };
  const { head, code } = codeExactly(picture);
  expect(head.coding).toEqual({ type: "indexed", count: 4 });
  expect(code.length).toBeLessThan(100);
  expect(decodePicture(head, code, true).raster).toEqual({ ...picture, bits: 15 });
});
