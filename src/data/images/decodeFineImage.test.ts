import { crc32 } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { UserError } from "../../errors/userError.ts";
import { decodeFineImage, readFineImage } from "./decodeFineImage.ts";
import { deepPng, flat } from "./testing.ts";

/** A TIFF file of one gray pixel that is a floating point number, which sharp reads but does not write. */
function floatTiff(): Buffer {
  const fields: readonly (readonly [tag: number, value: number])[] = [
    [256, 1], // width
    [257, 1], // height
    [258, 32], // bits of a sample
    [259, 1], // not compressed
    [262, 1], // black is 0
    [273, 122], // where the pixel lies
    [277, 1], // samples of a pixel
    [279, 4], // bytes of the picture
    [339, 3], // floating point
  ];
  const file = Buffer.alloc(126);
  file.write("II*\0\x08\0\0\0", "latin1");
  file.writeUInt16LE(fields.length, 8);
  for (const [i, [tag, value]] of fields.entries()) {
    file.writeUInt16LE(tag, 10 + 12 * i);
    file.writeUInt16LE(4, 12 + 12 * i);
    file.writeUInt32LE(1, 14 + 12 * i);
    file.writeUInt32LE(value, 18 + 12 * i);
  }
  file.writeFloatLE(0.5, 122);
  return file;
}

describe("decodeFineImage", () => {
  it("has 0 for black and 1 for white, gray or color", async () => {
    const gray = await sharp(Uint8Array.of(0, 51, 255), {
      raw: { width: 3, height: 1, channels: 1 },
    })
      .toColorspace("b-w")
      .png()
      .toBuffer();
    expect(await decodeFineImage(gray, "a")).toEqual({
      width: 3,
      height: 1,
      channels: 1,
      samples: Float32Array.of(0, 0.2, 1),
      original: { width: 3, height: 1 },
      frames: 1,
      transparent: false,
    });
    const color = await decodeFineImage(await flat({ r: 255, g: 51, b: 0 }).png().toBuffer(), "a");
    expect([color.channels, ...color.samples.subarray(0, 3)]).toEqual([3, 1, Math.fround(0.2), 0]);
  });

  it("keeps all sixteen bits", async () => {
    const levels = Uint16Array.of(0, 1, 257, 40000, 65534, 65535);
    const exact = Float32Array.from(levels, (level) => level / 65535);
    for (const channels of [1, 3] as const) {
      const file = await deepPng(levels, 6 / channels, channels);
      const { samples } = await decodeFineImage(file, "a");
      expect(samples).toEqual(exact);
    }
  });

  it("lays transparency exactly on white, and says so", async () => {
    const gray = await deepPng(Uint16Array.of(13107, 65535, 13107, 13107, 9, 0), 3, 2);
    const { channels, samples, transparent } = await decodeFineImage(gray, "a");
    expect([channels, transparent]).toEqual([1, true]);
    expect(samples).toEqual(Float32Array.of(0.2, 0.2 * 0.2 + 0.8, 1));
    const shallow = await sharp(Uint8Array.of(51, 255, 51, 51, 9, 0), {
      raw: { width: 3, height: 1, channels: 2 },
    })
      .toColorspace("b-w")
      .png()
      .toBuffer();
    expect(await decodeFineImage(shallow, "a")).toMatchObject({
      ...{ channels: 1, transparent: true },
      samples: Float32Array.of(0.2, 0.2 * 0.2 + 0.8, 1),
    });
    const opaque = await flat({ r: 9, g: 9, b: 9, alpha: 1 }, 4).png().toBuffer();
    expect((await decodeFineImage(opaque, "a")).transparent).toBe(false);
  });

  it("applies the camera's orientation and reduces to a size along the longer side", async () => {
    const turned = await sharp({
      create: { width: 40, height: 20, channels: 3, background: "red" },
    })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const whole = await decodeFineImage(turned, "a");
    expect([whole.width, whole.height]).toEqual([20, 40]);
    const small = await decodeFineImage(turned, "a", { maxSize: 10 });
    expect([small.width, small.height]).toEqual([5, 10]);
    expect(small.original).toEqual({ width: 20, height: 40 });
    const line = await sharp({ create: { width: 400, height: 1, channels: 3, background: "red" } })
      .png()
      .toBuffer();
    const { width, height } = await decodeFineImage(line, "a", { maxSize: 10 });
    expect([width, height]).toEqual([10, 1]);
  });

  it("counts the frames of animations", async () => {
    const frames = await Promise.all(["red", "blue"].map((c) => flat(c).png().toBuffer()));
    const gif = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    const first = await decodeFineImage(gif, "a");
    expect([first.frames, first.height, ...first.samples.subarray(0, 3)]).toEqual([2, 2, 1, 0, 0]);

    const still = await flat("red").png().toBuffer();
    const control = Buffer.alloc(20);
    control.writeUInt32BE(8);
    control.write("acTL", 4);
    control.writeUInt32BE(5, 8);
    control.writeUInt32BE(crc32(control.subarray(4, 16)), 16);
    const animated = Buffer.concat([still.subarray(0, 33), control, still.subarray(33)]);
    expect((await decodeFineImage(animated, "a")).frames).toBe(5);
  });

  it("turns CMYK into sRGB", async () => {
    const cmyk = await flat({ r: 200, g: 40, b: 40 }).toColorspace("cmyk").jpeg().toBuffer();
    const { channels, samples } = await decodeFineImage(cmyk, "a");
    expect(channels).toBe(3);
    expect(samples[0]).toBeGreaterThan(samples[1]! + 0.3); // a pixel has three
  });

  it("says which file is no picture of levels, and why", async () => {
    await expect(decodeFineImage(Buffer.from("hello"), "cat.png")).rejects.toThrow(
      new UserError(
        "cat.png is not a picture that can be read: unsupported image format",
        "damaged-file",
      ),
    );
    const float = floatTiff();
    expect((await sharp(float).metadata()).depth).toBe("float");
    await expect(decodeFineImage(float, "cat.tif")).rejects.toThrow(
      new UserError(
        "cat.tif has pixels of type “float”: eight and sixteen bits are read, other numbers from .npy files",
        "unsupported-file",
      ),
    );
    await expect(readFineImage("nowhere.png")).rejects.toThrow("nowhere.png does not exist");
  });
});
