import { join } from "node:path";
import { expect, test } from "vitest";
import { bundle } from "../scripts/bundle.ts";

const wavelets = JSON.stringify(join(import.meta.dirname, "../src/wavelets/index.ts"));

test("a page that imports wavedec alone loads at most 11 kB", async () => {
  const files = await bundle(`export { wavedec } from ${wavelets};`);
  expect(files.length).toBe(1);
  expect(files[0]!.zipped).toBeLessThan(11_000);
});
