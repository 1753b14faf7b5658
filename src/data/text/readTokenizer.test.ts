import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { readTokenizer } from "./readTokenizer.ts";
import { tinyClipTokenizer } from "./testing.ts";

async function written(text: string): Promise<string> {
  const path = join(await temporaryFolder(), "tokenizer.json");
  await writeFile(path, text);
  return path;
}

describe("a tokenizer in CLIP's layout", () => {
  test("cuts small letters by its merges, ends words with </w>, and puts a start and an end around them", async () => {
    const { json, vocabulary } = tinyClipTokenizer;
    const tokenize = await readTokenizer(await written(JSON.stringify(json)));
    const names = tokenize("  Red  APE! ").map((id) => vocabulary[id]);
    expect(names).toEqual(["<start>", "red</w>", "ap", "e</w>", "!</w>", "<end>"]);
    expect(tokenize("").map((id) => vocabulary[id])).toEqual(["<start>", "<end>"]);
  });

  test("is refused where the file is missing or something else", async () => {
    await expect(readTokenizer("no/tokenizer.json")).rejects.toThrow(
      "no/tokenizer.json does not exist",
    );
    for (const text of ["words", "{}", '{"model":{"type":"BPE"}}']) {
      const path = await written(text);
      await expect(readTokenizer(path)).rejects.toThrow(
        `${path} is not a tokenizer.json that can be followed`,
      );
    }
  });
});
