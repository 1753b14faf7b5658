import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as wavelets from "../src/wavelets/index.ts";

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const names: { functions: string[]; members: string[] } = JSON.parse(
  read("src/wavelets/fixtures/publicNames.json"),
);

interface Row {
  readonly theirs: string;
  readonly ours: readonly string[];
  readonly said: string;
}

const page = read("docs/pywavelets.md");
const [, functions = "", members = "", others = ""] = page.split(/^## /m);

/** The rows of a table of three columns. */
function rowsOf(section: string): Row[] {
  const rows = section.split("\n").filter((line) => line.startsWith("| `"));
  return rows.map((line) => {
    const [theirs = "", ours = "", said = ""] = line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim());
    return { theirs: theirs.replaceAll("`", ""), ours: quoted(ours), said };
  });
}

const quoted = (text: string) => Array.from(text.matchAll(/`(.*?)`/g), ({ 1: name = "" }) => name);

describe.each([
  ["functions and classes", functions, names.functions],
  ["properties of wavelets", members, names.members],
] as const)("the table of %s", (_, section, frozen) => {
  const rows = rowsOf(section);

  test("has one row for each public name of PyWavelets, and no other", () => {
    expect(rows.map(({ theirs }) => theirs).toSorted()).toEqual(frozen.toSorted());
  });

  test("says done, differs and why, or missing, which is so where nothing is named", () => {
    for (const { theirs, ours, said } of rows) {
      expect(said, theirs).toMatch(ours.length === 0 ? /^missing(: .+)?$/ : /^(done|differs: .+)$/);
    }
  });

  test("names what the library exports", () => {
    for (const name of rows.flatMap(({ ours }) => ours)) expect(exists(name), name).toBe(true);
  });
});

test("the counts of the page are those of its tables", () => {
  const said = [functions, members].flatMap(rowsOf).map((row) => row.said);
  const of = (word: string) => said.filter((text) => text.startsWith(word)).length;
  expect(page).toContain(
    `Of ${said.length} names, ${of("done")} are done, ${of("differs")} differ on purpose and ${of("missing")} are missing.`,
  );
});

test("what PyWavelets lacks is exported too", () => {
  const own = others.split("\n").filter((line) => line.startsWith("| `"));
  const named = own.flatMap((line) => quoted(line.split("|")[1] ?? ""));
  expect(named.length).toBeGreaterThan(20);
  for (const name of named) expect(exists(name), name).toBe(true);
});

/** Whether a name is exported, or a property such as `wavelet(…).decLo` there. */
function exists(name: string): boolean {
  const [of, property] = name.split("(…).");
  if (property === undefined) return of !== undefined && of in wavelets;
  return of === "wavelet"
    ? property in wavelets.wavelet("db2")
    : of === "continuousWavelet" && property in wavelets.continuousWavelet("cmor1.5-1.0");
}
