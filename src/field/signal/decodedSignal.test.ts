import { expect, test } from "vitest";
import { toGray } from "../../data/images/raster.ts";
import { drawPicture } from "../show/drawPicture.ts";
import { pictureSignal } from "./decodedSignal.ts";

test("a decoded picture is a signal from black, -1, to white, 1, and drawn again the same picture", () => {
  const levels = Uint8Array.from({ length: 48 }, (_, i) => (i * 37) % 256);
  const picture = { width: 4, height: 4, channels: 3 as const, data: levels };
  const signal = pictureSignal(picture);
  expect(signal.size).toEqual([4, 4]);
  expect(drawPicture(signal)).toEqual(picture);
  expect(drawPicture(pictureSignal(toGray(picture)))).toEqual(toGray(picture));
  expect(Array.from(pictureSignal({ ...picture, data: Uint8Array.of(0, 255, 51) }).values)).toEqual(
    [-1, 1, Math.fround(-0.6)],
  );
});

test("a picture of 16 bits keeps them, and what is not opaque lies on white", () => {
  const deep = {
    width: 2,
    height: 1,
    channels: 1 as const,
    data: Uint16Array.of(1, 65535),
    bits: 16,
  };
  expect(Array.from(pictureSignal(deep).values)).toEqual([Math.fround(2 / 65535 - 1), 1]);
  const glass = { width: 3, height: 1, channels: 1 as const, data: new Uint8Array(3) };
  const { values } = pictureSignal({ ...glass, alpha: Uint8Array.of(0, 255, 51) });
  expect(Array.from(values)).toEqual([1, -1, Math.fround(0.6)]);
});
