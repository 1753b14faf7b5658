import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp, { type Color, type SharpOptions } from "sharp";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporaryFolder.ts";
import { UserError } from "../userError.ts";
import { blankRaster } from "./raster.ts";
import { decodeImage, readImage, resizeCover, writeImage } from "./sharpImage.ts";

/** A 4×2 picture of one colour, as sharp makes it. */
const flat = (background: Color, channels: 3 | 4 = 3) =>
  sharp({ create: { width: 4, height: 2, channels, background } });

describe("decodeImage", () => {
  it("keeps grey grey and colour colour", async () => {
    const gray = await flat({ r: 100, g: 100, b: 100 }).toColourspace("b-w").png().toBuffer();
    expect(await decodeImage(gray, "a")).toEqual(blankRaster(4, 2, 1, 100));
    const color = await flat({ r: 7, g: 7, b: 7 }).png().toBuffer();
    expect(await decodeImage(color, "a")).toEqual(blankRaster(4, 2, 3, 7));
  });

  it("lays transparency on white", async () => {
    const clear = await flat({ r: 9, g: 9, b: 9, alpha: 0 }, 4).png().toBuffer();
    expect(await decodeImage(clear, "a")).toEqual(blankRaster(4, 2, 3, 255));
    const grayClear = await sharp(clear).toColourspace("b-w").png().toBuffer();
    expect((await sharp(grayClear).metadata()).channels).toBe(2);
    expect(await decodeImage(grayClear, "a")).toEqual(blankRaster(4, 2, 1, 255));
  });

  it("rounds sixteen bits to eight", async () => {
    for (const space of ["grey16", "rgb16"] as const) {
      const deep = await flat({ r: 100, g: 100, b: 100 }).toColourspace(space).png().toBuffer();
      expect((await sharp(deep).metadata()).depth).toBe("ushort");
      const { data, channels } = await decodeImage(deep, "a");
      expect(channels).toBe(space === "grey16" ? 1 : 3);
      expect([...new Set(data)]).toEqual([100]);
    }
  });

  it("turns CMYK into sRGB", async () => {
    const cmyk = await flat({ r: 200, g: 40, b: 40 }).toColourspace("cmyk").jpeg().toBuffer();
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

  it("says which file is no picture, and why", async () => {
    await expect(decodeImage(Buffer.from("hello"), "cat.png")).rejects.toThrow(
      new UserError("cat.png is not a picture that can be read: unsupported image format"),
    );
    const whole = await sharp({
      create: { width: 64, height: 64, channels: 3, noise: { type: "gaussian" } },
    } as SharpOptions)
      .png()
      .toBuffer();
    await expect(decodeImage(whole.subarray(0, 2000), "cut.png")).rejects.toThrow(
      /^cut.png is not/,
    );
  });
});

describe("files", () => {
  it("a picture is written and read back", async () => {
    const path = join(await temporaryFolder(), "a.png");
    const picture = blankRaster(3, 2, 3, 40);
    await writeImage(path, picture);
    expect(await readImage(path)).toEqual(picture);
  });

  it("a missing file stays a file-system error; only PNG is written", async () => {
    const folder = await temporaryFolder();
    await expect(readImage(join(folder, "no.png"))).rejects.toMatchObject({ code: "ENOENT" });
    await expect(writeImage(join(folder, "a.jpg"), blankRaster(1, 1, 1))).rejects.toThrow(
      UserError,
    );
    await writeFile(join(folder, "text.png"), "not a picture");
    await expect(readImage(join(folder, "text.png"))).rejects.toThrow(UserError);
  });
});

describe("resizeCover", () => {
  it("covers the square and keeps the channels", async () => {
    expect(await resizeCover(blankRaster(10, 20, 1, 50), 8)).toEqual(blankRaster(8, 8, 1, 50));
    expect(await resizeCover(blankRaster(30, 20, 3, 50), 8)).toEqual(blankRaster(8, 8, 3, 50));
  });
});
