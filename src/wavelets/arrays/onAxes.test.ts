import { describe, expect, test } from "vitest";
import { noise } from "../testing.ts";
import { onAxes } from "./onAxes.ts";

const array = { shape: [2, 3, 4], data: Float64Array.from({ length: 24 }, (_, i) => i) };

describe("onAxes", () => {
  test("gives each part, the named axes in ascending order", () => {
    const parts: number[][] = [];
    onAxes(array, [2, 0], (part) => {
      expect(part.shape).toEqual([2, 4]);
      parts.push([...part.data]);
      return part;
    });
    expect(parts).toEqual([
      [0, 1, 2, 3, 12, 13, 14, 15],
      [4, 5, 6, 7, 16, 17, 18, 19],
      [8, 9, 10, 11, 20, 21, 22, 23],
    ]);
  });

  test.each([[[0]], [[1]], [[-1]], [[0, 1]], [[0, 2]], [[0, 1, 2]]])(
    "puts the parts of axes %j back where they were",
    (axes) => {
      expect(onAxes(array, axes, (part) => part)).toEqual(array);
    },
  );

  test("takes strided arrays, and results of another size and type", () => {
    const turned = { shape: [3, 2], data: noise(6, 0), strides: [1, 3] };
    const sums = onAxes(turned, [0], ({ data }) => {
      return { shape: [2], data: Float32Array.of(data[0]!, data[1]! + data[2]!) };
    });
    expect(sums.shape).toEqual([2, 2]);
    const x = turned.data;
    expect(sums.data).toEqual(Float32Array.of(x[0]!, x[3]!, x[1]! + x[2]!, x[4]! + x[5]!));
  });

  test("refuses results of different shapes, and axes that do not exist", () => {
    let count = 0;
    const growing = () => ({ shape: [++count], data: noise(count, 0) });
    expect(() => onAxes(array, [1], growing)).toThrow("a result is 2 where 1 is needed");
    expect(() => onAxes(array, [0, 1], growing)).toThrow("1 axes instead of 2");
    expect(() => onAxes(array, [3], growing)).toThrow("no axis 3");
  });
});
