import { expect, test } from "vitest";
import { scaleRaster } from "./scaleRaster.ts";

test("pixels of a smaller picture are means over their areas", () => {
  const data = Uint8Array.of(0, 100, 200, 100, 0, 100, 100, 100);
  const half = scaleRaster({ width: 4, height: 2, channels: 1, data }, 2);
  expect(half).toEqual({ width: 2, height: 1, channels: 1, data: Uint8Array.of(50, 125) });
});

test("a constant picture stays constant at any ratio, in all channels", () => {
  const data = Uint8Array.from({ length: 7 * 5 * 3 }, (_, i) => [10, 20, 30][i % 3]!);
  const {
    width,
    height,
    data: smaller,
  } = scaleRaster({ width: 7, height: 5, channels: 3, data }, 4);
  expect([width, height]).toEqual([4, 3]);
  expect([...smaller]).toEqual(Array.from({ length: 36 }, (_, i) => [10, 20, 30][i % 3]));
});
