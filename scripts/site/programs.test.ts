import { expect, test } from "vitest";
import { importsOf } from "../../test/snippets.ts";
import { runsInBrowser, withoutTypes } from "./programs.ts";

const exports = new Map([["ondelette/data", new Set(["encodeMidi", "parseMidi"])]]);
const runs = (code: string) => runsInBrowser(code, importsOf({ code, line: 1 }), exports);

test("a program runs in a browser if all that it imports is offered there", () => {
  expect(runs('import { parseMidi } from "ondelette/data";\nparseMidi();')).toBe(true);
  expect(runs('import { parseMidi as p, type Note } from "ondelette/data";')).toBe(true);
  expect(runs('import { readMidi } from "ondelette/data";')).toBe(false);
  expect(runs('import { readFile } from "node:fs/promises";')).toBe(false);
  expect(runs('import { parseMidi } from "ondelette/data";\nBuffer.from("a");')).toBe(false);
  expect(runs("1 + 1;")).toBe(false);
});

test("types leave no gaps", () => {
  const code =
    'import { linear, type Scope } from "ondelette/nn";\nconst net = (p: Scope, x: number) => x;\n';
  const bare = 'import { linear } from "ondelette/nn";\nconst net = (p, x) => x;\n';
  expect(withoutTypes(code)).toBe(bare);
});
