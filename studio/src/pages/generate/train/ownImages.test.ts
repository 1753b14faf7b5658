import { expect, test } from "vitest";
import { joinedBytes } from "../../../shared/testing.ts";
import { classesOf, decodeImages, encodeImages } from "./ownImages.ts";

test("classes are the folders of pictures, sorted, where there are several", () => {
  expect(classesOf(["all/dogs/a.png", "all/cats/b.png", "all/dogs/c.png"])).toEqual({
    classNames: ["cats", "dogs"],
    labels: [1, 0, 1],
  });
});

test("pictures of one folder, or of none, are one class", () => {
  expect(classesOf(["a.png", "b.png"])).toEqual({ classNames: ["pictures"], labels: [0, 0] });
});

test("pictures come back as they were kept", () => {
  const raster = (fill: number) => ({
    ...{ width: 2, height: 3, channels: 3 as const },
    data: new Uint8Array(18).fill(fill),
  });
  const images = {
    classNames: ["cats", "dogs"],
    rasters: [raster(1), raster(200)],
    labels: Uint16Array.of(1, 0),
  };
  expect(decodeImages(joinedBytes(encodeImages(images)))).toEqual(images);
});
