import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { binaryDecoder, binaryEncoder, impliedBytes } from "./binaryCoder.ts";

const decisions = fc.array(
  fc.record({
    bit: fc.constantFrom(0 as const, 1 as const),
    chance: fc.integer({ min: 1, max: 65535 }),
  }),
  { maxLength: 300 },
);

const code = (list: readonly { readonly bit: 0 | 1; readonly chance: number }[]) => {
  const encoder = binaryEncoder();
  for (const { bit, chance } of list) encoder.encode(bit, chance);
  return encoder.finish();
};

describe("a code of bits", () => {
  test("gives the bits back", () => {
    fc.assert(
      fc.property(decisions, (list) => {
        const decoder = binaryDecoder(code(list), true);
        expect(list.map(({ chance }) => decoder.decode(chance))).toEqual(
          list.map(({ bit }) => bit),
        );
      }),
    );
  });

  test("that was cut short gives the first bits back, and then says that it does not know", () => {
    fc.assert(
      fc.property(decisions, fc.nat(), (list, cut) => {
        const whole = code(list);
        const part = whole.subarray(0, cut % (whole.length + 1));
        const decoder = binaryDecoder(part, false);
        const told = list.map(({ chance }) => decoder.decode(chance));
        const known = told.indexOf(-1) < 0 ? told.length : told.indexOf(-1);
        expect(told.slice(0, known)).toEqual(list.slice(0, known).map(({ bit }) => bit));
        expect(told.slice(known).every((bit) => bit === -1)).toBe(true);
      }),
    );
  });

  test("has the length of the information, to a hundredth and two bytes", () => {
    const chances = Array.from({ length: 40_000 }, (_, i) => 1 + ((i * 7919) % 65535));
    const list = chances.map((chance, i) => ({
      bit: ((i * 104729) % 65536 < chance ? 1 : 0) as 0 | 1,
      chance,
    }));
    const bits = list.reduce(
      (sum, { bit, chance }) => sum - Math.log2((bit ? chance : 65536 - chance) / 65536),
      0,
    );
    expect(code(list).length).toBeLessThan((1.001 * bits) / 8 + 2);
    expect(code(list).length).toBeGreaterThan(bits / 8 - 2);
  });

  test("of nothing has no bytes", () => {
    expect(code([]).length).toBe(0);
  });

  test("leaves out zeros at its end, but not so many that it could be of any length", () => {
    for (const count of [1, 20, 256, 300, 5000]) {
      const list = Array.from({ length: count }, () => ({ bit: 1 as const, chance: 32768 }));
      const bytes = code(list);
      expect(bytes.every((byte) => byte === 0)).toBe(true);
      expect(bytes.length).toBe(Math.max(Math.floor(count / 8) + 4 - impliedBytes, 0));
      const decoder = binaryDecoder(bytes, true);
      for (const { chance, bit } of list) expect(decoder.decode(chance)).toBe(bit);
    }
  });

  test("that any bytes pretend to be is decoded without an error, and ends", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
        const decoder = binaryDecoder(bytes, true);
        let count = 0;
        while (decoder.decode(1 + ((count * 7919) % 65535)) !== -1) count++;
        // Each byte, given or implied, is worth eight bits; the least certain bit costs one at the most likely.
        expect(count).toBeGreaterThan(100);
        expect(count).toBeLessThan(8000);
        expect(decoder.decode(32768)).toBe(-1);
      }),
    );
  });

  test("of few bytes has few bits even where each is as likely as a mixing allows", () => {
    const decoder = binaryDecoder(new Uint8Array(3), true);
    let count = 0;
    while (decoder.decode(65536 - 16) !== -1) count++;
    expect(count).toBeLessThan((8 * (3 + impliedBytes + 4)) / -Math.log2(1 - 16 / 65536));
    expect(count).toBeGreaterThan(100_000);
  });
});
