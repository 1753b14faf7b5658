import { expect, test } from "vitest";
import { pictureSignal } from "../signal/decodedSignal.ts";
import { drawTransparent } from "./drawTransparent.ts";

const colors = Uint8Array.of(255, 0, 0, 0, 255, 0, 10, 20, 30, 255, 255, 255);
const picture = { width: 2, height: 2, channels: 3, data: colors } as const;
const opacityOf = (alpha: Uint8Array) =>
  pictureSignal({ width: 2, height: 2, channels: 1, data: alpha });

test("the colors of a picture that was laid on white come back, with its opacity", () => {
  const alpha = Uint8Array.of(255, 128, 1, 254);
  const back = drawTransparent(pictureSignal({ ...picture, alpha }), opacityOf(alpha));
  expect(back).toEqual({ ...picture, alpha });
});

test("what is not opaque at all is white, not of no color", () => {
  const alpha = Uint8Array.of(0, 255, 255, 255);
  const { data } = drawTransparent(pictureSignal({ ...picture, alpha }), opacityOf(alpha));
  expect([...data.subarray(0, 6)]).toEqual([255, 255, 255, 0, 255, 0]);
});
