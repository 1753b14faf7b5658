import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { fitKind, openKind } from "../kinds.ts";
import { prepareCorpus } from "./corpus.ts";
import { memoryCorpus, memoryDocument } from "./memoryCorpus.ts";
import type { CorpusPart } from "./parts.ts";

const texts = ["to be or not to be", "that is", " the question".repeat(40)];
const documents = texts.map((text, i) => memoryDocument(`text ${i}`, text));

const allOf = async ({ starts, read }: CorpusPart) => ({
  starts: Array.from(starts),
  tokens: Array.from(await read(0, starts.at(-1) ?? 0)),
});

test.each([
  ["with documents for validation", { train: documents.slice(0, 2), valid: documents.slice(2) }],
  ["with none for validation", { train: documents, valid: [] }],
])("is the corpus of a folder, %s", async (_, parts) => {
  const kind = openKind(await fitKind("chars", parts.train, {}, parts.valid));
  await using inFolder = await prepareCorpus(await temporaryFolder(), kind, parts);
  const inMemory = await memoryCorpus(kind, parts);
  for (const part of ["train", "valid"] as const) {
    expect(await allOf(inMemory[part])).toEqual(await allOf(inFolder[part]));
    expect(inMemory[part].symbols).toBe(inFolder[part].symbols);
  }
});

test("a document that cannot be read is left out with a notice, or stops everything", async () => {
  const parts = { train: [...documents, memoryDocument("a file", Uint8Array.of(0xff))], valid: [] };
  const kind = openKind(await fitKind("chars", parts.train, {}));
  const heard: string[] = [];
  const { notices } = await memoryCorpus(kind, parts, { notice: (one) => heard.push(one) });
  expect(notices).toEqual([expect.stringContaining("a file is not text in UTF-8")]);
  expect(heard).toEqual(notices);
  await expect(memoryCorpus(kind, parts, { strict: true })).rejects.toThrow("a file is not text");
});

test("a text without tokens is refused by its name", async () => {
  const parts = { train: [memoryDocument("a", "x")], valid: [] };
  const kind = openKind(await fitKind("chars", parts.train, {}));
  await expect(memoryCorpus(kind, parts, { name: "the pasted text" })).rejects.toThrow(
    "the pasted text is too small: its train part has no tokens",
  );
});
