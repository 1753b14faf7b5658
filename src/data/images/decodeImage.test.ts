import sharp, { type SharpOptions } from "sharp";
import { describe, expect, it } from "vitest";
import { UserError } from "../../errors/userError.ts";
import { createRandom } from "../random/random.ts";
import { decodeImage } from "./decodeImage.ts";
import type { PictureNote } from "./pictureNote.ts";
import { blankRaster } from "./raster.ts";
import { deepPng, flat } from "./testing.ts";

describe("decodeImage", () => {
  it("keeps gray gray and color color", async () => {
    const gray = await flat({ r: 100, g: 100, b: 100 }).toColorspace("b-w").png().toBuffer();
    expect(await decodeImage(gray, "a")).toEqual(blankRaster(4, 2, 1, 100));
    const color = await flat({ r: 7, g: 7, b: 7 }).png().toBuffer();
    expect(await decodeImage(color, "a")).toEqual(blankRaster(4, 2, 3, 7));
  });

  it("lays transparency on white", async () => {
    const clear = await flat({ r: 9, g: 9, b: 9, alpha: 0 }, 4).png().toBuffer();
    expect(await decodeImage(clear, "a")).toEqual(blankRaster(4, 2, 3, 255));
    const grayClear = await sharp(clear).toColorspace("b-w").png().toBuffer();
    expect((await sharp(grayClear).metadata()).channels).toBe(2);
    expect(await decodeImage(grayClear, "a")).toEqual(blankRaster(4, 2, 1, 255));
  });

  it("rounds sixteen bits to eight, with and without transparency", async () => {
    const levels = Uint16Array.from({ length: 60 }, (_, i) => (i * 1117) % 65536);
    for (const channels of [1, 3] as const) {
      const { data } = await decodeImage(await deepPng(levels, 60 / channels, channels), "a");
      expect(data).toEqual(Uint8Array.from(levels, (level) => Math.round(level / 257)));
    }
    const { channels, data } = await decodeImage(await deepPng(levels, 30, 2), "a");
    expect(channels).toBe(1);
    for (const [i, value] of data.entries()) {
      const [gray, alpha] = [levels[2 * i]! / 65535, levels[2 * i + 1]! / 65535];
      expect(value).toBe(Math.round(255 * Math.fround(gray * alpha + 1 - alpha)));
    }
  });

  it("turns CMYK into sRGB", async () => {
    const cmyk = await flat({ r: 200, g: 40, b: 40 }).toColorspace("cmyk").jpeg().toBuffer();
    const { channels, data } = await decodeImage(cmyk, "a");
    expect(channels).toBe(3);
    expect(data[0]).toBeGreaterThan(data[1]! + 80);
  });

  it("takes the first frame of an animation and the camera's orientation", async () => {
    const frames = [
      { r: 255, g: 0, b: 0 },
      { r: 0, g: 0, b: 255 },
    ].map((c) => flat(c).png().toBuffer());
    const gif = await sharp(await Promise.all(frames), { join: { animated: true } })
      .gif()
      .toBuffer();
    const first = await decodeImage(gif, "a");
    expect([first.width, first.height, ...first.data.subarray(0, 3)]).toEqual([4, 2, 255, 0, 0]);
    const turned = await flat("red").withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const { width, height } = await decodeImage(turned, "a");
    expect([width, height]).toEqual([2, 4]);
  });

  it("notes frames that are left out and transparency that is laid on white", async () => {
    const notesOf = async (bytes: Uint8Array) => {
      const notes: PictureNote[] = [];
      await decodeImage(bytes, "a.png", { onNote: (note) => notes.push(note) });
      return notes.map(({ sentence }) => sentence);
    };
    const clear = { r: 9, g: 9, b: 9, alpha: 0.5 };
    expect(await notesOf(await flat(clear, 4).png().toBuffer())).toEqual([
      "a.png is transparent in places; it is laid on white",
    ]);
    const deepClear = await deepPng(Uint16Array.of(9, 9, 9, 65535), 2, 2);
    expect(await notesOf(deepClear)).toEqual([
      "a.png is transparent in places; it is laid on white",
      "a.png has 16 bits a sample, which are rounded to 8",
    ]);
    const opaque = { ...clear, alpha: 1 };
    expect(await notesOf(await flat(opaque, 4).png().toBuffer())).toEqual([]);
    const frames = await Promise.all(["red", "blue"].map((c) => flat(c).png().toBuffer()));
    const gif = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    expect(await notesOf(gif)).toEqual(["a.png has 2 frames or pages; the first is taken"]);
  });

  it("reads a JPEG that lacks only its end marker and notes that, but none that lacks more", async () => {
    const random = createRandom(1);
    const pixels = Uint8Array.from({ length: 64 * 64 * 3 }, () => random.integer(256));
    for (const progressive of [false, true]) {
      const whole = await sharp(pixels, { raw: { width: 64, height: 64, channels: 3 } })
        .jpeg({ progressive })
        .toBuffer();
      const notes: PictureNote[] = [];
      const onNote = (note: PictureNote) => notes.push(note);
      expect(await decodeImage(whole.subarray(0, -2), "a.jpg", { onNote })).toEqual(
        await decodeImage(whole, "a.jpg", { onNote }),
      );
      expect(notes).toEqual([
        {
          kind: "no-end-marker",
          sentence: "a.jpg lacks the end marker of a JPEG file; all of the picture is there",
        },
      ]);
      for (const missing of [40, 200, 1000]) {
        await expect(decodeImage(whole.subarray(0, -missing), "cut.jpg")).rejects.toThrow(
          /^cut.jpg is not a picture that can be read/,
        );
      }
    }
  });

  it("says which file is no picture, and why", async () => {
    await expect(decodeImage(Buffer.from("hello"), "cat.png")).rejects.toThrow(
      new UserError(
        "cat.png is not a picture that can be read: unsupported image format",
        "damaged-file",
      ),
    );
    const whole = await sharp({
      create: { width: 64, height: 64, channels: 3, noise: { type: "gaussian" } },
    } as SharpOptions)
      .png()
      .toBuffer();
    await expect(decodeImage(whole.subarray(0, 2000), "cut.png")).rejects.toThrow(
      /^cut.png is not/,
    );
    await expect(decodeImage(whole.subarray(0, 20), "cut.png")).rejects.toThrow(/corrupt header$/);
  });
});
