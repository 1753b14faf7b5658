import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type RangeOptions, rangeDecoder, rangeEncoder } from "./rangeCoder.ts";

const tables: readonly (readonly number[])[] = [
  [1, 1],
  [1, 4095],
  [4095, 1],
  [0, 3, 0, 5, 1],
  [65530, 1, 5],
];
const total = (table: readonly number[]) => table.reduce((sum, n) => sum + n, 0);

/** Messages of (table, symbol), with symbols of frequency 0 left out. */
const anyMessage = fc.array(
  fc.constantFrom(...tables.keys()).chain((table) =>
    fc
      .constantFrom(...tables[table]!.keys())
      .filter((symbol) => tables[table]![symbol]! > 0)
      .map((symbol) => [table, symbol] as const),
  ),
  { maxLength: 300 },
);

type Message = readonly (readonly [table: number, symbol: number])[];

function encode(message: Message, options: RangeOptions = {}): Uint8Array {
  const encoder = rangeEncoder(options);
  for (const [table, symbol] of message) {
    const frequencies = tables[table]!;
    const below = total(frequencies.slice(0, symbol));
    encoder.encode(below, frequencies[symbol]!, total(frequencies));
  }
  return encoder.finish();
}

describe.each([
  ["in equal units", {}],
  ["finely", { fine: true }],
])("the range coder, its range divided %s", (_, options) => {
  test("decodes what it encoded", () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const decoder = rangeDecoder(encode(message, options), true, options);
        for (const [table, symbol] of message)
          expect(decoder.decode(tables[table]!, total(tables[table]!))).toBe(symbol);
      }),
    );
  });

  test("carries through long runs of 255", () => {
    for (let symbols = 1; symbols < 400; symbols++) {
      const message = Array.from(
        { length: symbols },
        (_, i) => [1, i % 97 === 96 ? 0 : 1] as const,
      );
      const decoder = rangeDecoder(encode(message, options), true, options);
      for (const [table, symbol] of message)
        expect(decoder.decode(tables[table]!, 4096)).toBe(symbol);
    }
  });

  test("from a part of the bytes it tells only what is certain", () => {
    fc.assert(
      fc.property(anyMessage, fc.nat(), (message, cut) => {
        const bytes = encode(message, options);
        const decoder = rangeDecoder(bytes.subarray(0, cut % (bytes.length + 1)), false, options);
        for (const [table, symbol] of message) {
          const decoded = decoder.decode(tables[table]!, total(tables[table]!));
          if (decoded < 0) return;
          expect(decoded).toBe(symbol);
        }
      }),
    );
  });

  test("costs what the probabilities say", () => {
    const message = Array.from({ length: 8000 }, (_, i) => [0, (i * i) % 2] as const);
    expect(encode(message, options).length).toBeLessThanOrEqual(1002);
    const skewed = Array.from({ length: 8000 }, () => [1, 1] as const);
    expect(encode(skewed, options).length).toBeLessThanOrEqual(3);
  });

  test("ends on arbitrary bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), fc.boolean(), (bytes, complete) => {
        const decoder = rangeDecoder(bytes, complete, options);
        for (let i = 0; i < 500; i++) {
          const table = tables[i % tables.length]!;
          const symbol = decoder.decode(table, total(table));
          if (symbol < 0) return;
          expect(table[symbol]).toBeGreaterThan(0);
        }
      }),
    );
  });
});

test("a range that is divided finely costs no more than probabilities of 2^16 say", () => {
  const frequencies = [300, 65_036, 200];
  const message = Array.from({ length: 20_000 }, (_, i) => (i % 99 === 0 ? 0 : 1));
  const bytes = (options: RangeOptions) => {
    const encoder = rangeEncoder(options);
    for (const symbol of message)
      encoder.encode(symbol === 0 ? 0 : 300, frequencies[symbol]!, 65_536);
    return encoder.finish().length;
  };
  const exact = message.reduce<number>(
    (sum, symbol) => sum - Math.log2(frequencies[symbol]! / 65_536),
    0,
  );
  expect(8 * bytes({ fine: true }) - exact).toBeLessThan(8);
  expect(8 * bytes({}) - exact).toBeGreaterThan(10);
});
