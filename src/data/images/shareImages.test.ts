import { expect, test } from "vitest";
import type { LoadedImages } from "./loadedImages.ts";
import { shareImages } from "./shareImages.ts";

const images: LoadedImages = {
  classNames: ["a"],
  rasters: [
    { width: 2, height: 1, channels: 1, data: Uint8Array.of(1, 2) },
    { width: 1, height: 1, channels: 3, data: Uint8Array.of(3, 4, 5) },
  ],
  labels: Uint16Array.of(0, 0),
};

test("shared images are the same images, and a thread that is given them sees the same memory", () => {
  const shared = shareImages(images);
  expect(shared.rasters.map(({ data }) => [...data])).toEqual([
    [1, 2],
    [3, 4, 5],
  ]);
  expect({ ...shared, rasters: [] }).toEqual({ ...images, rasters: [] });
  const handed = structuredClone(shared);
  shared.rasters[1]!.data[0] = 9;
  expect(handed.rasters[1]!.data[0]).toBe(9);
  expect(images.rasters[1]!.data[0]).toBe(3);
});
