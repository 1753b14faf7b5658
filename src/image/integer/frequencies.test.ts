import fc from "fast-check";
import { expect, test } from "vitest";
import { allFrequencies, writeFrequencies } from "./frequencies.ts";

test("legal tokens, and they alone, have frequencies in proportion to their masses", () => {
  const masses = fc.array(fc.oneof(fc.constant(0), fc.maxSafeNat()), {
    minLength: 7,
    maxLength: 7,
  });
  const legal = fc.integer({ min: 3, max: 127 }).filter((set) => (set & (set - 1)) !== 0);
  fc.assert(
    fc.property(masses, legal, (masses, legal) => {
      const found = new Uint32Array(7);
      writeFrequencies(
        found,
        Float64Array.from(masses, (m) => m / 8),
        legal,
      );
      expect(found.reduce((sum, n) => sum + n)).toBe(allFrequencies);
      const isLegal = (token: number) => ((legal >> token) & 1) === 1;
      const total = masses.reduce((sum, m, token) => sum + (isLegal(token) ? m : 0), 0);
      for (const [token, frequency] of found.entries()) {
        expect(frequency > 0).toBe(isLegal(token));
        if (!isLegal(token) || total === 0) continue;
        const share = (masses[token]! / total) * allFrequencies;
        expect(Math.abs(frequency - share)).toBeLessThan(8);
      }
    }),
  );
});
