import { expect, test } from "vitest";
import { connectedComponents } from "./components.ts";

const gray = (...rows: string[]) => ({
  width: rows[0]!.length,
  height: rows.length,
  channels: 1 as const,
  data: Uint8Array.from(rows.join(""), (letter) =>
    letter === "#" ? 255 : letter === "+" ? 127 : 0,
  ),
});

test.each([
  [0, ["..", ".."]],
  [1, ["##", "##"]],
  [1, ["#..", ".#.", "#.#"]], // corners connect
  [2, ["#.#", "#.#"]],
  [2, ["#####", "#...#", "#.#.#", "#...#", "#####"]], // a ring and its center
  [2, ["#+#"]], // 127 of 255 is not above one half
  [2, ["...#", "#...", "#..."]], // a row's end is not beside the next row's beginning
])("there are %i bright parts", (parts, rows) => {
  expect(connectedComponents(gray(...rows))).toBe(parts);
});

test("the threshold is a share of white, and color counts by its luma", () => {
  expect(connectedComponents(gray("#+#"), 0.4)).toBe(1);
  const pixels = [0, 255, 0, 0, 0, 255, 255, 0, 0]; // green, blue, red
  const color = { width: 3, height: 1, channels: 3 as const, data: Uint8Array.from(pixels) };
  expect(connectedComponents(color)).toBe(1);
  expect(connectedComponents(color, 0.29)).toBe(2);
});
