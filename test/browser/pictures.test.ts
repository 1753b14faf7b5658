import { expect, test } from "vitest";
import { commands } from "vitest/browser";
import { openMixing } from "../../src/codec/mixing/openMixing.ts";
import { plainMixing } from "../../src/codec/mixing/plainMixing.ts";
import { simdMixing } from "../../src/codec/mixing/simdMixing.ts";
import { toRaster } from "../../src/data/images/picture.ts";
import { codeLosslessly } from "../../src/image/compression/codePicture.ts";
import { codeToAim } from "../../src/image/compression/rate.ts";
import { readPictureFile, writePictureFile } from "../../src/image/file/pictureFile.ts";

const bytesOf = (text: string) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

/** SHA-256 in hexadecimal digits. */
async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

test("a page mixes by vectors", () => {
  expect(simdMixing()).toBeDefined();
  expect(openMixing().keys.length).toBe(plainMixing().keys.length);
});

test("a page makes the files that Node makes, and decodes those of Node to the same pictures", async () => {
  for (const { width, height, channels, samples, files } of await commands.nodePictures()) {
    const picture = { width, height, channels, data: bytesOf(samples) };
    for (const { aim, bytes, decoded, beginning } of files) {
      const file = bytesOf(bytes);
      const { head, code } = aim === "lossless" ? codeLosslessly(picture) : codeToAim(picture, aim);
      const own = writePictureFile(head, code);
      expect([width, height, aim, own.length, await hashOf(own.slice())]).toEqual([
        ...[width, height, aim, file.length],
        await hashOf(file),
      ]);
      const decode = (of: Uint8Array) => toRaster(readPictureFile(of, "file").raster).data.slice();
      expect(await hashOf(decode(file))).toBe(await hashOf(bytesOf(decoded)));
      const part = file.subarray(0, Math.max(Math.floor((2 * file.length) / 3), 40));
      expect(await hashOf(decode(part))).toBe(await hashOf(bytesOf(beginning)));
    }
  }
});
