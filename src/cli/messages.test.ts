import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

/** Files that write command lines for people to copy, or name those of other programs. */
const showing = [
  "src/datasets/known.ts",
  "src/data/images/losslessRivals.ts",
  "src/hub/modelCard.ts",
  "src/runtime/devices/presence.ts",
  "src/runtime/engines/node.ts",
];

/** Texts of a source that name a flag or a command of ondelette. */
function mentions(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  const texts = code.match(/"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g) ?? [];
  return texts.filter((text) =>
    /(^|[\s"`(])--[a-z]|ondelette (image|sequence|field) [a-z]/.test(text),
  );
}

test("below the command line, no message names a flag or a command: programs use the library too", () => {
  const files = globSync("src/*/**/*.ts", { cwd: root }).filter(
    (path) => !/^src\/cli\/|\.test\.ts$|\/testing\.ts$/.test(path) && !showing.includes(path),
  );
  const found = files.flatMap((path) =>
    mentions(readFileSync(join(root, path), "utf8")).map((text) => `${path}: ${text}`),
  );
  expect(found).toEqual([]);
});

test("the check finds a flag and a command, in texts alone", () => {
  expect(mentions('throw new UserError("choose another --size")')).toHaveLength(1);
  expect(mentions("throw new UserError(`see ondelette image train`)")).toHaveLength(1);
  expect(mentions('// as with --size\nreturn "a — b -- c";')).toEqual([]);
});
