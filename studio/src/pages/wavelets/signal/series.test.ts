import { expect, test } from "vitest";
import { chirpWithEchoes, parseNumbers, soundRate } from "./series.ts";

const eight = [1, 2, 3, 4, 5, 6, 7, 8];

test("numbers are read from lines, commas, semicolons, tabs or spaces", () => {
  for (const separator of ["\n", ",", "; ", "\t", " ", "\r\n"])
    expect(Array.from(parseNumbers(eight.join(separator)))).toEqual(eight);
});

test("of a table the last column of numbers is read, without its title and without comments", () => {
  const table = ["# measured", "day,value,note", ...eight.map((x) => `2026-01-0${x},${x / 2},ok`)];
  expect(Array.from(parseNumbers(table.join("\n")))).toEqual(eight.map((x) => x / 2));
});

test("empty cells are left out rather than read as 0", () => {
  const table = [...eight.map((x) => `a,${x}`), "b,"];
  expect(Array.from(parseNumbers(table.join("\n")))).toEqual(eight);
});

test("too few numbers are refused in a sentence", () => {
  expect(() => parseNumbers("1 2 three")).toThrow("at least eight numbers");
});

test("the example comes back from the walls, not so loud", () => {
  const { samples } = chirpWithEchoes();
  const at = Math.round(3.05 * soundRate);
  const echo = Math.round(0.31 * soundRate);
  expect(samples).toHaveLength(4 * soundRate);
  expect(samples[at + echo]! / samples[at]!).toBeCloseTo(0.45, 1);
});
