import { describe, expect, test } from "vitest";
import { concat, constant, input, ShapeError } from "./index.ts";

const x = input("x", [2, 3]);
const y = input("y", [4, 3]);
const ids = input("ids", [2], "int32");

describe("a wrong shape or type is refused while the graph is built", () => {
  test.each<[string, () => unknown, RegExp]>([
    ["no broadcast", () => x.add(y), /^add: float32\[2, 3\] and float32\[4, 3\] do not broadcast/],
    ["types", () => x.mul(ids), /^mul: float32\[2, 3\] and int32\[2\] do not broadcast/],
    ["types alone", () => ids.add(x.sum(1)), /^add: int32\[2\] and float32\[2\] differ in type/],
    ["inner lengths", () => x.matmul(y), /^matmul: float32\[2, 3\] and float32\[4, 3\] .*3 and 4/],
    [
      "inner lengths with a flag",
      () => x.matmul(y, { transA: true }),
      /^matmul: float32\[2, 3\]ᵀ and float32\[4, 3\] .*2 and 4/,
    ],
    ["rank of a product", () => x.matmul(ids.cast("float32")), /^matmul: .*rank 2.*float32\[2\]/],
    ["integers in exp", () => ids.exp(), /^exp: needs floating point, was given int32\[2\]/],
    ["numbers in not", () => x.not(), /^not: needs bool, was given float32\[2, 3\]/],
    ["condition", () => x.where(x, x), /^where: condition float32\[2, 3\] .*float32\[2, 3\]/],
    ["a sum of masks", () => x.less(0).sum(), /^sum: cannot reduce bool\[2, 3\]/],
    ["axis", () => x.sum(2), /^sum: axis 2 does not exist in a tensor of rank 2/],
    ["reshape", () => x.reshape([4]), /^reshape: float32\[2, 3\] has 6 elements, \[4\] has 4/],
    ["reshape with -1", () => x.reshape([4, -1]), /^reshape: float32\[2, 3\] has 6 elements/],
    ["transpose", () => x.transpose([0, 0]), /^transpose: \[0, 0\] is no permutation.*\[2, 3\]/],
    [
      "slice",
      () => x.slice(1, 2, 5),
      /^slice: 2 to 5 does not lie within axis 1 of float32\[2, 3\]/,
    ],
    [
      "split",
      () => x.split(1, [1, 1]),
      /^split: pieces of 1, 1 do not fill axis 1 of float32\[2, 3\]/,
    ],
    ["concat", () => concat([x, y], 1), /^concat: float32\[4, 3\] does not fit float32\[2, 3\]/],
    ["concat of nothing", () => concat([], 0), /^concat: was given no tensor/],
    ["pad", () => x.pad(0, -2, -1), /^pad: cannot put -2 zeros .*float32\[2, 3\]/],
    ["expand", () => x.expand([4, 3]), /^expand: float32\[2, 3\] does not broadcast to \[4, 3\]/],
    ["gather", () => x.gather(y), /^gather: indices must be int32 or int64, were float32\[4, 3\]/],
    [
      "scatterAdd",
      () => y.scatterAdd(ids, 3),
      /^scatterAdd: float32\[4, 3\] does not hold one row for each of int32\[2\]/,
    ],
    ["one-hot", () => x.oneHot(3), /^oneHot: indices must be int32 or int64/],
    [
      "layer norm",
      () => x.layerNorm(constant([1, 1], [2]), constant([0, 0], [2])),
      /^layerNorm: scale and bias of float32\[2, 3\] must be float32\[3\], one is float32\[2\]/,
    ],
    ["constant", () => constant([1, 2], [3]), /^constant: 2 values do not fill float32\[3\]/],
  ])("%s", (_, build, message) => {
    expect(build).toThrow(ShapeError);
    expect(build).toThrow(message);
  });
});

describe("shapes are known at once", () => {
  test.each([
    ["broadcast", x.add(input("b", [5, 1, 3])), [5, 2, 3]],
    ["batched product", input("a", [7, 1, 2, 3]).matmul(input("b", [4, 3, 5])), [7, 4, 2, 5]],
    ["sum keeps dims", x.sum(-1, { keepDims: true }), [2, 1]],
    ["arg max", x.argMax(0), [3]],
    ["gather", y.gather(input("i", [2, 5], "int64")), [2, 5, 3]],
    ["comparison", x.less(0), [2, 3]],
  ])("%s", (_, tensor, shape) => {
    expect(tensor.shape).toEqual(shape);
  });

  test("a step that changes nothing is no operation", () => {
    expect(x.reshape([2, 3])).toBe(x);
    expect(x.slice(0, 0)).toBe(x);
    expect(x.pad(0, 0, 0)).toBe(x);
    expect(x.split(1, [3])).toEqual([x]);
    expect(x.expand([2, 3])).toBe(x);
    expect(x.cast("float32")).toBe(x);
  });
});
