import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { printedDigits } from "../src/data/digits/printedDigits.ts";

/** A folder of the printed digits, drawn by the first test that asks and kept for as long as its sources are the same. */
export async function digitsFolder(): Promise<string> {
  const sources = ["assets/digits/outlines.json", "src/data/digits/drawDigits.ts"];
  const hash = createHash("sha256");
  for (const source of sources)
    hash.update(await readFile(new URL(`../${source}`, import.meta.url)));
  const cache = new URL("../node_modules/.cache/ondelette", import.meta.url).pathname;
  const folder = join(cache, `digits-${hash.digest("hex").slice(0, 12)}`);
  await printedDigits(folder);
  return folder;
}
