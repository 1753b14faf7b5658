import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { alone, changesItsProcess } from "./alone.ts";

const root = join(import.meta.dirname, "..");

test("a test file that changes its process has one of its own", () => {
  const files = globSync("{src,scripts,bench,studio/src,studio/examples}/**/*.test.ts", {
    cwd: root,
  }).concat(globSync("test/*.test.ts", { cwd: root }));
  expect(files.length).toBeGreaterThan(400);
  const changing = files
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file !== "test/alone.test.ts") // names what others do
    .filter((file) => changesItsProcess.test(readFileSync(join(root, file), "utf8")));
  expect(changing.length).toBeGreaterThan(5);
  expect(changing.filter((file) => !alone.includes(file))).toEqual([]);
  expect(alone.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

test.each([
  'vi.stubGlobal("Math", other)',
  "vi.resetModules();",
  'process.env.PATH = "/nowhere";',
  "process.chdir(folder);",
  "globalThis.fetch = other;",
])("%s changes a process", (line) => {
  expect(line).toMatch(changesItsProcess);
});
