import { describe, expect, test } from "vitest";
import { summarize } from "./summary.ts";
import {
  figure,
  inputTable,
  markdown,
  markTable,
  percent,
  pText,
  ranked,
  variantTable,
  withDeviation,
} from "./table.ts";
import { seedsOf, someFit } from "./testing.ts";

const fits = [
  ...[...seedsOf("siren", "cat", 30, 32), ...seedsOf("siren", "dog", 20, 22)],
  ...[...seedsOf("wire", "cat", 34, 36), ...seedsOf("wire", "dog", 25, 25)],
  ...[...seedsOf("gauss", "cat", 50, Number.NaN), ...seedsOf("gauss", "dog", 50, 50)],
  ...[...seedsOf("relu", "cat", Number.NaN), ...seedsOf("relu", "dog", 10)],
];
const summaries = summarize(fits, { better: "higher" });

describe("numbers in cells", () => {
  test("have as many digits as asked for, and a dash where there is none", () => {
    expect(figure(1.23456, 2)).toBe("1.23");
    for (const none of [undefined, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(figure(none, 2)).toBe("-");
    }
  });

  test("a mean stands with its deviation; a single value has none", () => {
    expect(withDeviation(30, Math.SQRT1_2, 2)).toBe("30.00 ± 0.71");
    expect(withDeviation(50, Number.NaN, 2)).toBe("50.00 ± ?");
    expect(withDeviation(Number.NaN, 1, 2)).toBe("-");
  });

  test("shares are in percent, negative ones too", () => {
    expect([percent(0.254), percent(-0.1), percent(undefined)]).toEqual(["25 %", "-10 %", "-"]);
  });

  test("small p-values are not written as 0", () => {
    expect([0.04567, 0.00001, Number.NaN, undefined].map(pText)).toEqual([
      ...["0.0457", "< 0.0001", "-", "-"],
    ]);
  });
});

test("variants are ranked by their mean, best first, and those of which a training diverged below", () => {
  const names = (better: "lower" | "higher") => ranked(summaries, better).map(({ name }) => name);
  expect(names("higher")).toEqual(["wire", "siren", "gauss", "relu"]);
  expect(names("lower").slice(0, 2)).toEqual(["siren", "wire"]);
  expect(summaries[0]?.name).toBe("siren"); // those given keep their order
});

test("a table is Markdown", () => {
  const columns = [
    { head: "model", cell: ({ name }: { readonly name: string }) => name },
    { head: "value", cell: ({ mean }: { readonly mean: number }) => figure(mean, 1) },
  ];
  expect(variantTable(summaries.slice(0, 2), columns)).toBe(
    "| model | value |\n|---|---|\n| siren | 26.0 |\n| wire | 30.0 |\n",
  );
  expect(markdown(["a"], [])).toBe("| a |\n|---|\n");
});

test("inputs have a column each", () => {
  const lines = inputTable(summaries, "PSNR in dB", 2).split("\n");
  expect(lines[0]).toBe("| PSNR in dB | cat | dog |");
  expect(lines).toContain("| wire | 35.00 ± 1.41 | 25.00 ± 0.00 |");
  expect(lines).toContain("| relu | - | 10.00 ± ? |");
});

test("steps and seconds on the way have a column each, where any training goes that far", () => {
  const lines = markTable(summaries, "PSNR in dB after", 2).split("\n");
  expect(lines[0]).toBe("| PSNR in dB after | 50 steps | 1 s | 2 s | 5 s |");
  expect(lines[2]).toBe("| siren | 13.00 | 2.60 | 5.20 | 13.00 |");
  const short = someFit(1, { curve: [{ step: 3, seconds: 0.1, value: 1 }] });
  expect(markTable(summarize([short], { better: "higher" }), "after", 2)).toBe("");
});
