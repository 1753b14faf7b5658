import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { createRandom } from "../../data/random/random.ts";
import { bandPlan } from "../planes/bandPlan.ts";
import { encodePlanes } from "../planes/encodePlanes.ts";
import { decodeIndices, encodeIndices } from "./codeIndices.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** Pictures of indices, of rectangles and of noise, with palettes of any depth. */
const anyIndices = fc
  .record({
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 30 }),
    count: fc.constantFrom(1, 2, 3, 5, 16, 200, 256, 257, 4096),
    channels: fc.constantFrom<1 | 3>(1, 3),
    bits: fc.constantFrom(1, 8, 12, 16),
    noise: fc.constantFrom(0, 0.02, 1),
    seed: fc.integer({ min: 1, max: 999 }),
  })
  .map(({ width, height, count, channels, bits, noise, seed }) => {
    const random = createRandom(seed);
    const below = (limit: number) => Math.floor(limit * random.uniform());
    const [x, y, first, second] = [below(width), below(height), below(count), below(count)];
    const indices = Uint16Array.from({ length: width * height }, (_, i) => {
      if (random.uniform() < noise) return below(count);
      return i % width < x !== i / width < y ? first : second;
    });
    const samples = Uint16Array.from({ length: count * channels }, () => below(2 ** bits));
    return { indices, palette: { samples, channels, bits }, extent: { width, height, count } };
  });

test("indices and their colors come back", () => {
  fc.assert(
    fc.property(anyIndices, ({ indices, palette, extent }) => {
      const code = encodeIndices(indices, palette, extent);
      const decoded = decodeIndices(code, palette, extent, true);
      expect(decoded).toEqual({ indices, palette: palette.samples, finished: true });
    }),
    { numRuns: 60 },
  );
});

test("the code does not depend on what was coded before", () => {
  const [one] = fc.sample(anyIndices, { numRuns: 1, seed: 8 });
  const { indices, palette, extent } = one!;
  const code = encodeIndices(indices, palette, extent);
  const plan = bandPlan({ channels: 1, height: 16, width: 16, levels: 2 }, () => 0);
  const coefficients = new Float64Array(plan.length);
  for (const { start } of plan.bands) coefficients[start] = 100;
  const planes = encodePlanes(coefficients, plan).bytes;
  expect(encodeIndices(indices, palette, extent)).toEqual(code);
  expect(encodePlanes(coefficients, plan).bytes).toEqual(planes);
});

test("a beginning of the code gives indices of the list", () => {
  fc.assert(
    fc.property(anyIndices, fc.double({ min: 0, max: 1, noNaN: true }), (one, part) => {
      const { indices, palette, extent } = one;
      const code = encodeIndices(indices, palette, extent);
      const beginning = code.subarray(0, Math.floor(part * code.length));
      const decoded = decodeIndices(beginning, palette, extent, false);
      expect(decoded.indices).toHaveLength(indices.length);
      expect(decoded.indices.every((index) => index < extent.count)).toBe(true);
      const most = 2 ** palette.bits;
      expect(decoded.palette.every((sample) => sample < most)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test("any bytes decode to something", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.boolean(), (bytes, isWhole) => {
      const extent = { width: 20, height: 9, count: 5 };
      const { indices } = decodeIndices(bytes, { channels: 3, bits: 8 }, extent, isWhole);
      expect(indices.every((index) => index < 5)).toBe(true);
    }),
  );
});

test("plain TypeScript writes the bytes of WebAssembly", async () => {
  const pictures = fc.sample(anyIndices, { numRuns: 6, seed: 3 });
  const codes = pictures.map((p) => encodeIndices(p.indices, p.palette, p.extent));
  vi.resetModules();
  vi.stubGlobal("WebAssembly", undefined);
  const plain = await import("./codeIndices.ts");
  for (const [i, { indices, palette, extent }] of pictures.entries()) {
    expect(plain.encodeIndices(indices, palette, extent)).toEqual(codes[i]);
    expect(plain.decodeIndices(codes[i]!, palette, extent, true).indices).toEqual(indices);
  }
});
