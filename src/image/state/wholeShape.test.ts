import { expect, test } from "vitest";
import { coefficientCount, type Site } from "../../codec/index.ts";
import { imageLanguage } from "../language/language.ts";
import { wholeShape } from "./wholeShape.ts";

// 32×32 after padding; the shape is the 8×8 corner of the matrix: bands of 2×2, 2×2 and 4×4.
const language = imageLanguage({ wavelet: "haar", finest: 0.125 }, { width: 28, height: 28 });
const shape = wholeShape(language.tokens, 1);
const side = language.tokens.geometry.width;
const site = (offset: number) => ({ offset, channel: 0, threshold: 0.5 }) as Site; // asks for no more

test("holds every coefficient of the shape and the place that is asked about", () => {
  expect(shape.width).toBe(3 * 64 + 64);
  const approximation = new Float64Array(coefficientCount(language.tokens.geometry));
  approximation[7 * side + 7] = -1; // the last of the corner
  approximation[8] = 100; // detail: not seen
  const out = new Float32Array(shape.width + 2).fill(9);
  shape.write(out, 1, site(side + 2), approximation);
  // ½ log2(1 + |-1| / 0.5), and -1 in units of 2¹
  const magnitude = 0.5 * Math.log2(3);
  const [signed, unsigned, value] = out.subarray(1 + 3 * 63, 1 + 3 * 64);
  expect(signed).toBeCloseTo(-magnitude, 6);
  expect(unsigned).toBeCloseTo(magnitude, 6);
  expect(value).toBe(-0.5);
  expect(out.subarray(1, 1 + 3 * 63).every((x) => x === 0)).toBe(true);
  const asked = [...out.subarray(1 + 3 * 64, -1)];
  expect(asked.flatMap((x, k) => (x === 1 ? [k] : []))).toEqual([8 + 2]);
  expect([out[0], out.at(-1)]).toEqual([9, 9]);
});

test("tells every place of every channel apart", () => {
  const color = imageLanguage(
    { wavelet: "haar", finest: 0.125, color: "ycbcr" },
    { width: 8, height: 8 },
  );
  const { geometry } = color.tokens;
  const all = wholeShape(color.tokens, 1);
  const approximation = new Float64Array(coefficientCount(geometry));
  const written = new Set<string>();
  for (let offset = 0; offset < approximation.length; offset++) {
    const out = new Float32Array(all.width);
    approximation.fill(0);
    approximation[offset] = 1;
    all.write(out, 0, site(0), approximation);
    written.add(out.join());
  }
  expect(written.size).toBe(approximation.length);
});
