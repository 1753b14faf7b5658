import { describe, expect, it } from "vitest";
import { commands, topics } from "./commands.ts";
import type { Command, CommandTable } from "./parser/command.ts";
import { commandHelp, tableHelp } from "./parser/help.ts";
import { flagOf } from "./parser/options.ts";
import { parseWords } from "./parser/parse.ts";

const table: CommandTable = commands;
const loaded: readonly (readonly [string, Command])[] = await Promise.all(
  Object.entries(table).map(async ([name, { load }]) => [name, await load()] as const),
);

/** Words of a command line as a shell splits it, the quotes removed. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g)].map(([word]) => word.replace(/['"]/g, ""));

describe.each(loaded)("%s", (name, command) => {
  it.each([50, 80, 200])("has help that fits into %i columns", (columns) => {
    const lines = commandHelp(name, "what it does", command, columns).split("\n");
    const longest = lines.filter((line) => line.length > columns);
    expect(longest).toEqual([]);
  });

  it("has examples that can be typed", async () => {
    for (const example of command.examples.filter((line) => line.startsWith("ondelette"))) {
      const words = wordsOf(example.replace(/ \| .*/, "")).slice(1);
      // An example may show the command that comes next, such as a training on data that this one makes.
      const found = loaded.find(([known]) => `${words.join(" ")} `.startsWith(`${known} `));
      expect(found, example).toBeDefined();
      if (found) await parseWords(found[1], words.slice(found[0].split(" ").length));
    }
  });

  it("bounds every number, so that none asks for endless work", () => {
    const unbounded = Object.entries(command.options).flatMap(([key, option]) => {
      if (option.type !== "number" && option.type !== "integer") return [];
      const isBounded = option.min !== undefined && (option.max !== undefined || option.cap);
      return isBounded ? [] : [flagOf(key)];
    });
    expect(unbounded).toEqual([]);
  });

  it("names its output -o, --out", () => {
    expect(Object.keys(command.options)).not.toContain("output");
    const { out } = command.options;
    if (out) expect(out.short).toBe("o");
  });

  it("ends its explanations without a full stop", () => {
    for (const { help } of Object.values(command.options)) expect(help).not.toMatch(/\.$/);
  });
});

it("the list of commands fits into a narrow terminal", () => {
  const lines = tableHelp({ table, topics }, 50).split("\n");
  expect(lines.filter((line) => line.length > 50)).toEqual([]);
});
