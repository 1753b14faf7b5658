import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { impliedBytes } from "../src/codec/entropy/binaryCoder.ts";
import { SectionType, sectionsVersion } from "../src/codec/file/sections.ts";
import { leastChance, squashTable, stretchTable } from "../src/codec/mixing/logistic.ts";
import * as mixing from "../src/codec/mixing/mixing.ts";
import { foundEstimate, silentEstimate } from "../src/codec/planes/known.ts";

const page = await readFile(new URL("../docs/format.md", import.meta.url), "utf8");

test("the constants of docs/format.md are those of the sources", () => {
  const rows = [...page.matchAll(/^\| [^|]+ \| (\d+) \| `(\w+)` \|$/gm)];
  expect(rows.length).toBeGreaterThan(10);
  const told = Object.fromEntries(rows.map(([, value, name]) => [name, Number(value)]));
  const own = Object.entries(mixing).filter(([name]) => name in told);
  expect(told).toEqual(Object.fromEntries(own));
});

test("the tables of docs/format.md are those of the sources", () => {
  let power = 1;
  for (let v = 0; v < 2048; v++, power *= 1.0039138893383475) {
    const value = Math.floor((65536 * power) / (1 + power) + 0.5);
    expect(squashTable[2048 + v]).toBe(Math.min(value, 65536 - leastChance));
    expect(squashTable[2048 - v]).toBe(Math.max(65536 - value, leastChance));
  }
  for (let i = 0; i < 4096; i++) {
    let v = -2047;
    while (v < 2047 && squashTable[2048 + v]! < 16 * i + 8) v++;
    expect(stretchTable[i]).toBe(v);
  }
  expect(page).toContain(`at most ${impliedBytes} bytes of zeros`);
  expect(page).toContain(`within ${leastChance} … ${65536 - leastChance}`);
  expect([silentEstimate(0), foundEstimate(0)]).toEqual([5, 24]);
  for (const type of Object.values(SectionType)) expect(page).toContain(`| \`${type}\` |`);
  expect(page).toContain(`version: ${sectionsVersion}`);
});
