import { expect, test } from "vitest";
import { mutated, outcomeOf, seedFiles } from "./testing.ts";

// Many more: npm run fuzz -- --count 1000000

test("mutated files are decoded or refused, and never anything else", () => {
  const files = seedFiles();
  const counts = { decoded: 0, "cut short": 0, refused: 0 };
  for (let number = 0; number < 200; number++) {
    try {
      counts[outcomeOf(mutated(files, 1, number), number)]++;
    } catch (error) {
      throw new Error(`mutation ${number} of seed 1`, { cause: error });
    }
  }
  // The mutations reach the decoder: a fuzzer all of whose files are refused shows nothing.
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(10);
});
