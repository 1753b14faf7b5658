import { expect, test } from "vitest";

test.each([
  ["the same", [1, 2, 3], [1, 2, 3], true],
  ["NaN of other bits", [Number.NaN], [-Number.NaN], true],
  ["one number apart", [1, 2, 3], [1, 2, 3.0000002], false],
  ["longer", [1, 2, 3], [1, 2, 3, 0], false],
  ["zeros of other signs", [0], [-0], false],
])("arrays are equal number by number: %s", (_, a, b, same) => {
  const [x, y] = [Float32Array.from(a), Float32Array.from(b)];
  if (same) expect({ x }).toEqual({ x: y });
  else expect({ x }).not.toEqual({ x: y });
  expect(x).not.toEqual(Float64Array.from(a));
});

test("a part of a buffer is compared, not all of it", () => {
  const all = Uint8Array.of(1, 2, 3, 1, 2, 4);
  expect(all.subarray(0, 2)).toEqual(all.subarray(3, 5));
  expect(all.subarray(0, 3)).not.toEqual(all.subarray(3));
});
