import { existsSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { printedDigits } from "./printedDigits.ts";

test("a folder that exists is left as it is", async () => {
  const folder = join(await temporaryFolder(), "digits");
  await mkdir(folder);
  await printedDigits(folder);
  expect(await readdir(folder)).toEqual([]);
});

test("an interrupted drawing leaves nothing", async () => {
  const parent = await temporaryFolder();
  const abort = new AbortController();
  const drawing = printedDigits(join(parent, "data", "digits"), {
    signal: abort.signal,
    onDrawn: () => abort.abort(),
  });
  await expect(drawing).rejects.toMatchObject({ name: "AbortError" });
  expect(await readdir(join(parent, "data"))).toEqual([]);
  expect(existsSync(join(parent, "data", "digits"))).toBe(false);
});
