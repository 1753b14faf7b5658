import { expect, test } from "vitest";
import { inMemory, openFiles } from "./files.ts";

test("without a database values are kept in memory, and it says so", async () => {
  // There is no database here: this is Node.
  const files = await openFiles("ondelette-test");
  expect(files.isKept).toBe(false);
  await files.update<number>("a/x", (before) => (before ?? 0) + 1);
  await files.update<number>("a/x", (before) => (before ?? 0) + 1);
  expect(await files.get("a/x")).toBe(2);
});

test("removed values are gone, and others stay", async () => {
  const files = inMemory();
  for (const name of ["a", "b", "c"]) await files.update(name, () => name);
  await files.remove(["a", "c"]);
  expect(await files.names()).toEqual(["b"]);
});
