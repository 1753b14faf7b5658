import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeTokens } from "../../codec/encode.ts";
import { readSections, writeSections } from "../../codec/file/sections.ts";
import type { Raster } from "../../data/images/raster.ts";
import { UserError } from "../../errors/userError.ts";
import { codeLosslessly } from "../compression/codePicture.ts";
import type { PictureHead } from "../compression/pictureHead.ts";
import { codeToAim } from "../compression/rate.ts";
import { photoPicture } from "../compression/testing.ts";
import { analyze, imageLanguage } from "../language/language.ts";
import { rasterPsnr } from "../psnr.ts";
import { writeContainer } from "./container.ts";
import { decodePicture } from "./decodePicture.ts";
import { codeBytesOf, readPictureFile, readPictureHead, writePictureFile } from "./pictureFile.ts";

const lossy = (raster: Raster, quality = 60) => {
  const { head, code } = codeToAim(raster, { quality });
  return { head, code, file: writePictureFile(head, code) };
};
const lossless = (raster: Raster) => {
  const { head, code } = codeLosslessly(raster);
  return { head, code, file: writePictureFile(head, code) };
};

const part = fc.integer({ min: -32767, max: 32767 });
const anyHead: fc.Arbitrary<PictureHead> = fc
  .record({
    width: fc.integer({ min: 1, max: 65536 }),
    height: fc.integer({ min: 1, max: 2048 }),
    channels: fc.constantFrom<1 | 3>(1, 3),
    levels: fc.integer({ min: 0, max: 15 }),
    isLossless: fc.boolean(),
    step: fc.float({ min: 2 ** -20, max: 2 ** 20, noNaN: true }),
    quaternion: fc.tuple(part, part, part, fc.integer({ min: 1, max: 32767 })),
    isMirrored: fc.boolean(),
    pixelsPerDegree: fc.option(fc.integer({ min: 1, max: 255 }), { nil: undefined }),
    startingPlane: fc.integer({ min: -1, max: 25 }),
    isCut: fc.boolean(),
  })
  .map(({ isLossless, step, quaternion, isMirrored, pixelsPerDegree, ...head }) => ({
    ...head,
    coding: isLossless
      ? { type: "lossless" }
      : {
          type: "lossy",
          step,
          rotation: head.channels === 3 ? { quaternion, isMirrored } : undefined,
          pixelsPerDegree,
        },
  }));

describe("the head of a picture's file", () => {
  test("is read as it was written", () => {
    fc.assert(
      fc.property(anyHead, (head) => {
        const file = writePictureFile(head, Uint8Array.of(1, 2, 3));
        const read = readPictureHead(file, "file");
        expect(read.head).toEqual(head);
        expect(read.code?.content).toEqual(Uint8Array.of(1, 2, 3));
      }),
    );
  });

  test("says how many bytes of code a file of a size has", () => {
    fc.assert(
      fc.property(anyHead, fc.integer({ min: 0, max: 40_000 }), (head, length) => {
        const file = writePictureFile(head, new Uint8Array(length));
        const most = codeBytesOf(head, file.length);
        expect(most).toBeGreaterThanOrEqual(length);
        expect(writePictureFile(head, new Uint8Array(most)).length).toBeLessThanOrEqual(
          file.length,
        );
      }),
    );
  });

  test.each([
    ["too wide", 65_537, 1],
    ["too high", 1, 65_537],
    ["too large", 32_768, 8192],
  ])("of a picture that is %s is not written", (_, width, height) => {
    const { head } = lossy(photoPicture(4, 4, 1));
    expect(() => writePictureFile({ ...head, width, height }, new Uint8Array(0))).toThrow(
      UserError,
    );
  });

  const impossible = (change: (content: Uint8Array) => void, channels: 1 | 3 = 3) => {
    const { file } = lossy(photoPicture(8, 8, channels));
    const [picture, code] = readSections(file, "file");
    const content = picture!.content.slice();
    change(content);
    return writeSections([{ type: "P", content }, code!]);
  };
  const put = (at: number, value: number) => (content: Uint8Array) =>
    void content.fill(value, at, at + 1);
  const flip = (bits: number) => (content: Uint8Array) =>
    void content.fill(content[0]! ^ bits, 0, 1);
  test.each<[string, (content: Uint8Array) => void]>([
    ["unknown flags", flip(128)],
    ["too many levels", put(1, 16)],
    ["a plane that is too high", put(2, 26)],
    ["a plane that is too low", put(2, 254)],
    ["too many pixels", (content) => content.fill(255, 3, 7)],
    ["a step of 0", (content) => content.fill(0, 7, 11)],
    ["a step that is no number", (content) => content.fill(255, 7, 11)],
    ["a rotation by nothing", (content) => content.fill(0, 11, 19)],
    ["colors that it has no room for", flip(2)],
    ["a step that a lossless one has not", flip(1)],
  ])("with %s is refused", (_, change) => {
    expect(() => readPictureFile(impossible(change), "photo.ondl")).toThrow(
      "photo.ondl is damaged: the head of its picture is impossible",
    );
  });
});

describe("a picture's file", () => {
  const picture = photoPicture(19, 14, 3, 9);
  const files = [
    { name: "lossy", ...lossy(picture) },
    { name: "lossless", ...lossless(photoPicture(9, 11, 1, 2)) },
  ];

  test("gives back the picture, and says that nothing is missing", () => {
    const exact = readPictureFile(lossless(picture).file, "file");
    expect(exact).toMatchObject({ missingBytes: 0, finished: true, raster: picture });
    const near = readPictureFile(lossy(picture, 90).file, "file");
    expect(near).toMatchObject({ missingBytes: 0, finished: true });
    expect(rasterPsnr(picture, near.raster)).toBeGreaterThan(30);
  });

  test.each(files)("$name that was cut short gives a picture or says why not", ({ file, head }) => {
    const whole = readPictureFile(file, "file").raster;
    for (let length = 0; length < file.length; length++) {
      const beginning = file.subarray(0, length);
      let read: ReturnType<typeof readPictureFile>;
      try {
        read = readPictureFile(beginning, "photo.ondl");
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
        expect((error as UserError).message).toMatch(/^photo\.ondl /);
        // The head alone is needed: the file's beginning, its section and its checksum.
        expect(length).toBeLessThan(5 + 2 + 19 + 4);
        continue;
      }
      expect(read.head).toEqual(head);
      expect(read.missingBytes).toBeGreaterThan(0);
      // Where only the checksum is missing, all of the code is there.
      if (read.missingBytes <= 4 && length >= file.length - 4) expect(read.raster).toEqual(whole);
    }
  });

  test.each(files)("$name tells damage of any byte", ({ file }) => {
    for (let at = 0; at < file.length; at++) {
      const damaged = file.slice();
      damaged[at]! ^= 0x55;
      let missing = 0;
      try {
        missing = readPictureFile(damaged, "photo.ondl").missingBytes;
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
        continue;
      }
      // A longer length than there are bytes looks like a file that was cut short, and nothing else goes unnoticed.
      if (missing === 0) expect(at).toBe("noticed");
    }
  });

  test("may have sections that a reader does not know, unless they are capital", () => {
    const { file } = lossy(picture);
    const [head, code] = readSections(file, "file");
    const note = (type: string) => ({ type, content: Uint8Array.of(1, 2, 3) });
    const skipped = writeSections([note("q"), head!, note("z"), code!, note("y")]);
    expect(readPictureFile(skipped, "file")).toEqual(readPictureFile(file, "file"));
    expect(() => readPictureFile(writeSections([note("M"), code!]), "set.ondl")).toThrow(
      "set.ondl was coded by a trained model, without which it cannot be decoded",
    );
    expect(() => readPictureFile(writeSections([head!, note("Q"), code!]), "photo.ondl")).toThrow(
      "photo.ondl has a section of type Q, which this program does not know; a newer one may read it",
    );
  });

  test("is cut short also where all that is missing are bytes of a later section", () => {
    const { file } = lossy(picture);
    const [head, code] = readSections(file, "file");
    const longer = writeSections([head!, code!, { type: "i", content: new Uint8Array(10) }]);
    for (const missing of [1, 5, 14])
      expect(readPictureFile(longer.subarray(0, longer.length - missing), "file")).toMatchObject({
        missingBytes: missing,
        finished: true,
      });
  });

  test("of more pixels than wanted is not decoded", () => {
    const { file } = lossy(picture);
    expect(readPictureFile(file, "file", { mostPixels: 19 * 14 }).finished).toBe(true);
    expect(() => readPictureFile(file, "photo.ondl", { mostPixels: 265 })).toThrow(
      "photo.ondl has 19×14 pixels; at most 265 are decoded",
    );
    const language = imageLanguage({ wavelet: "haar", lossless: true, color: "ycbcr" }, picture);
    const tokens = writeContainer(
      encodeTokens(analyze(picture, language), language.tokens),
      language,
    );
    for (const bytes of [file, tokens]) {
      expect(decodePicture(bytes, { mostPixels: 266 }).finished).toBe(true);
      expect(() => decodePicture(bytes, { mostPixels: 265 })).toThrow(
        "the picture has 19×14 pixels; at most 265 are decoded",
      );
    }
  });

  test("whose code ends too early is damaged, although all checksums are right", () => {
    const { head, code } = lossless(photoPicture(60, 40, 1, 2));
    const short = writePictureFile(head, code.subarray(0, 50));
    expect(() => readPictureFile(short, "photo.ondl")).toThrow(
      "photo.ondl is damaged: its code ends before its picture",
    );
    // Unless its head says that the rest was cut off.
    const cut = writePictureFile({ ...head, isCut: true }, code.subarray(0, 50));
    expect(readPictureFile(cut, "file")).toMatchObject({ finished: false, missingBytes: 0 });
  });

  test("of three bytes of code does not ask for endless work", () => {
    const { head } = lossy(photoPicture(4, 4, 3));
    // 26 planes of 120,000 coefficients, each told by zeros that nobody wrote.
    const large = { ...head, width: 400, height: 300, levels: 6, startingPlane: 25 };
    const file = writePictureFile(large, Uint8Array.of(0, 0, 1));
    expect(() => readPictureFile(file, "photo.ondl")).toThrow("its code ends before its picture");
  });

  test.each([
    ["nothing", [], "is not a compressed picture of version 4"],
    ["another format", [0x89, 0x50, 0x4e, 0x47, 4], "is not a compressed picture of version 4"],
    ["no section", [0x4f, 0x4e, 0x44, 0x4c, 4], "is cut short before its picture begins"],
  ])("of %s is refused", (_, bytes, message) => {
    expect(() => readPictureFile(Uint8Array.from(bytes), "photo.ondl")).toThrow(
      `photo.ondl ${message}`,
    );
  });

  test("without a code is a gray picture of its size, of which something is missing", () => {
    const { file } = lossy(picture);
    const [head] = readSections(file, "file");
    const { raster, missingBytes, finished } = readPictureFile(writeSections([head!]), "file");
    expect(raster.data.every((x) => x === 128)).toBe(true);
    expect(missingBytes).toBeGreaterThan(0);
    expect(finished).toBe(false);
  });
});
