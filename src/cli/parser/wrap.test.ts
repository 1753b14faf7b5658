import { describe, expect, it } from "vitest";
import { commandLine, twoColumns, wrapText } from "./wrap.ts";

describe("wrapText", () => {
  it("breaks at spaces so that no line is too long", () => {
    expect(wrapText("one two three four", 9)).toEqual(["one two", "three", "four"]);
  });

  it("leaves a word whole that is longer than a line", () => {
    expect(wrapText("see https://example.org/page now", 8)).toEqual([
      "see",
      "https://example.org/page",
      "now",
    ]);
  });

  it("breaks a long list of names after its commas", () => {
    expect(wrapText("names one,two,three", 8)).toEqual(["names", "one,two,", "three"]);
  });

  it("gives one empty line for no text", () => {
    expect(wrapText("  ", 9)).toEqual([""]);
  });
});

describe("twoColumns", () => {
  it("aligns explanations and wraps them under themselves", () => {
    expect(
      twoColumns(
        [
          ["-o", "file to write"],
          ["--size N", "side of an image in pixels"],
        ],
        30,
      ),
    ).toEqual([
      "  -o        file to write",
      "  --size N  side of an image",
      "            in pixels",
    ]);
  });

  it("puts a long name on a line of its own, whatever the width", () => {
    const rows = [["--a-very-long-option-name-indeed VALUE", "what it does"]] as const;
    expect(twoColumns(rows, 80)).toEqual([
      "  --a-very-long-option-name-indeed VALUE",
      "        what it does",
    ]);
  });
});

describe("commandLine", () => {
  const line = 'ondelette sequence sample --run runs/plays --prompt "To be" --json';

  it("stays as it is where it fits", () => {
    expect(commandLine(line, 80)).toEqual([`  ${line}`]);
  });

  it("is continued with a backslash, before an option and never inside quotes", () => {
    expect(commandLine(line, 50)).toEqual([
      "  ondelette sequence sample --run runs/plays \\",
      '    --prompt "To be" --json',
    ]);
  });
});
