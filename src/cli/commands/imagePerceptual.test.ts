import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { photoPicture } from "../../image/compression/testing.ts";
import { encodePicture } from "../../image/file/encodePicture.ts";
import { ondelette } from "../testing.ts";

const picture = photoPicture(90, 70, 3, 6);

/** Encodes the picture with these options. */
async function encode(...options: readonly string[]) {
  const folder = await temporaryFolder();
  const [from, to] = [join(folder, "a.png"), join(folder, "a.ondl")];
  await writeImage(from, picture);
  return { ...(await ondelette("image", "encode", from, "-o", to, ...options)), to };
}

describe("image encode --perceptual", () => {
  test("writes what the library does, and image info says it", async () => {
    const { code, to } = await encode("--perceptual", "--bytes", "700");
    expect(code).toBe(0);
    const { file } = encodePicture(picture, { bytes: 700 }, { perceptual: true });
    expect(new Uint8Array(await readFile(to))).toEqual(file);
    const { out } = await ondelette("image", "info", to);
    expect(out).toContain("weighted by what is seen at 40 pixels per degree of sight");
    const { pixelsPerDegree } = JSON.parse((await ondelette("image", "info", to, "--json")).out);
    expect(pixelsPerDegree).toBe(40);
    // Files without it say nothing of it.
    await writeFile(to, encodePicture(picture, { bytes: 700 }).file);
    expect((await ondelette("image", "info", to)).out).not.toContain("weighted");
  });

  test.each([
    [["--psnr", "40"], "a PSNR counts what is not seen as much as what is"],
    [["--lossless"], "leave it out with --lossless, --set, --run, --language and --wavelet"],
    [["--set", "--quality", "50"], "leave it out with --lossless, --set"],
    [["--language", "blocks"], "leave it out with --lossless, --set"],
  ])("refuses %j", async (options, message) => {
    const { code, err } = await encode("--perceptual", ...options);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
