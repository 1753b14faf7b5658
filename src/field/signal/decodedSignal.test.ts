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
