import { expect, test } from "vitest";
import { testPicture } from "../testing.ts";
import { type DecodedPicture, decodePicture, type PictureInfo } from "./decodePicture.ts";
import { decodeProgressively } from "./decodeProgressively.ts";
import { encodePicture } from "./encodePicture.ts";

const { file } = encodePicture(testPicture(80, 60, 3), { quality: 80 });
const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** A file in pieces, with a pause after each. */
async function* inPieces(size: number, milliseconds: number, bytes: Uint8Array = file) {
  for (let at = 0; at < bytes.length; at += size) {
    yield bytes.subarray(at, at + size);
    if (milliseconds > 0) await pause(milliseconds);
  }
}

/** All pictures of a stream, and their bytes. */
async function pictures(stream: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>) {
  const shown: DecodedPicture[] = [];
  const result = await decodeProgressively(stream, (picture) => shown.push(picture), {
    previewShare: 1,
  });
  expect(shown.at(-1)).toBe(result);
  return shown;
}

test("pictures of twice the bytes each, and at last the one of the whole file", async () => {
  const shown = await pictures(inPieces(100, 12));
  const lengths = shown.map(({ missingBytes }) => file.length - missingBytes);
  expect(lengths.length).toBeGreaterThan(3);
  expect(lengths.at(-1)).toBe(file.length);
  for (const [i, length] of lengths.slice(1, -1).entries())
    expect(length).toBeGreaterThanOrEqual(2 * lengths[i]!);
  for (const [i, length] of lengths.entries())
    expect(shown[i]).toEqual(decodePicture(file.subarray(0, length)));
});

test("a file that is there at once gives the last picture alone", async () => {
  expect(await pictures(inPieces(10, 0))).toEqual([decodePicture(file)]);
  expect(await pictures(new Blob([file]).stream())).toEqual([decodePicture(file)]);
});

test("the size is told once, before the first picture", async () => {
  const told: (PictureInfo | "picture")[] = [];
  await decodeProgressively(inPieces(7, 1), () => told.push("picture"), {
    onInfo: (info) => told.push(info),
  });
  expect(told[0]).toMatchObject({ width: 80, height: 60, channels: 3 });
  expect(new Set(told.slice(1))).toEqual(new Set(["picture"]));
});

test("no share of the time means the last picture alone", async () => {
  let count = 0;
  const options = { previewShare: 0 };
  await decodeProgressively(inPieces(200, 12), () => count++, options);
  expect(count).toBe(1);
});

test("a stream that ends early gives the picture of its bytes", async () => {
  const beginning = file.subarray(0, 500);
  const [picture] = await pictures(inPieces(500, 0, beginning));
  expect(picture).toEqual(decodePicture(beginning));
  expect(picture?.missingBytes).toBe(file.length - 500);
});

test("damage, another format and no bytes at all are errors", async () => {
  const damaged = file.slice();
  damaged[file.length - 20]! ^= 1;
  await expect(pictures(inPieces(300, 0, damaged))).rejects.toThrow("is damaged");
  await expect(pictures(inPieces(3, 1, Uint8Array.of(1, 2, 3, 4)))).rejects.toThrow("is not an");
  await expect(pictures(inPieces(3, 1, new Uint8Array()))).rejects.toThrow("is empty");
});

test("another format stops the download at its first bytes", async () => {
  let pulled = 0;
  let isCanceled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      pulled++;
      controller.enqueue(new Uint8Array(100));
    },
    cancel() {
      isCanceled = true;
    },
  });
  await expect(pictures(endless)).rejects.toThrow("is not an ondelette image");
  expect(pulled).toBeLessThan(4);
  expect(isCanceled).toBe(true);
});

test("a signal stops it while nothing arrives, and the stream is told", async () => {
  let isCanceled = false;
  const silent = new ReadableStream<Uint8Array>({
    cancel() {
      isCanceled = true;
    },
  });
  const stop = new AbortController();
  const decoding = decodeProgressively(silent, () => {}, { signal: stop.signal });
  setTimeout(() => stop.abort(new Error("enough")), 5);
  await expect(decoding).rejects.toThrow("enough");
  expect(isCanceled).toBe(true);
});

test("a picture of more pixels than wanted is refused", async () => {
  const decoding = decodeProgressively(inPieces(100, 0), () => {}, { mostPixels: 4799 });
  await expect(decoding).rejects.toThrow("the picture has 80×60 pixels; at most 4799 are decoded");
});
