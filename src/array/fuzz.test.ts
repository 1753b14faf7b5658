import { expect, test } from "vitest";
import { mutated, outcomeOf, seedFiles } from "./testing.ts";

test("mutated files are decoded or refused, and never anything else", () => {
  const files = seedFiles();
  const counts = { decoded: 0, "cut short": 0, refused: 0 };
  for (let number = 0; number < 250; number++) {
    try {
      counts[outcomeOf(mutated(files, number))]++;
    } catch (error) {
      throw new Error(`mutation ${number}`, { cause: error });
    }
  }
  // The mutations reach the decoder: a fuzzer all of whose files are refused shows nothing.
  for (const outcome of Object.values(counts)) expect(outcome).toBeGreaterThan(15);
});
