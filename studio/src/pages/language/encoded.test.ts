import { describe, expect, test } from "vitest";
import { bytesOfTokens, type Encoded, stepTo, tokensOfBytes } from "./encoded.ts";

/** Six tokens about an 8×8 matrix: two in one block, two in the next, two of the next plane. */
const encoded: Encoded = {
  ...{ id: 1, name: "digit", width: 8, height: 8, color: "gray", wavelet: "haar", levels: 1 },
  ...{ vocabulary: "blocks", reading: "A", startingPlane: 1, finestPlane: 0, psnr: 30 },
  matrix: { width: 8, height: 8 },
  frame: { left: 0, top: 0 },
  tokens: new Uint8Array(6),
  kinds: new Uint8Array(6),
  planes: Int16Array.of(1, 1, 1, 1, 0, 0),
  offsets: Uint32Array.of(0, 1, 4, 5, 5, 4),
  bits: new Float32Array(6).fill(4),
  bytes: Uint32Array.of(0, 1, 1, 3, 3, 4),
  fileBytes: 32,
};

describe("bytes and tokens", () => {
  test("a file's beginning determines the tokens whose bytes are all there", () => {
    expect([0, 28, 29, 30, 31, 32].map((length) => tokensOfBytes(encoded, length))).toEqual([
      0, 1, 3, 3, 5, 6,
    ]);
  });

  test("tokens need no more bytes than those that determine them", () => {
    for (let count = 0; count <= 6; count++) {
      const bytes = bytesOfTokens(encoded, count);
      expect(tokensOfBytes(encoded, bytes)).toBeGreaterThanOrEqual(count);
    }
    expect(bytesOfTokens(encoded, 6)).toBe(32);
  });
});

test("a step leads to the next end of a token, a block or a plane, and back", () => {
  expect(stepTo(encoded, "token", 2, 1)).toBe(3);
  expect(stepTo(encoded, "block", 0, 1)).toBe(2);
  expect(stepTo(encoded, "block", 2, 1)).toBe(4);
  expect(stepTo(encoded, "plane", 0, 1)).toBe(4);
  expect(stepTo(encoded, "plane", 4, 1)).toBe(6);
  expect(stepTo(encoded, "plane", 6, 1)).toBe(6);
  expect(stepTo(encoded, "block", 4, -1)).toBe(2);
  expect(stepTo(encoded, "plane", 4, -1)).toBe(0);
  expect(stepTo(encoded, "token", 0, -1)).toBe(0);
});
