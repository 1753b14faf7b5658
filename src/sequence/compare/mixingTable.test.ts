import { expect, test } from "vitest";
import type { Fit } from "../../compare/compare.ts";
import { summarize } from "../../compare/summary.ts";
import { mixingTable } from "./mixingTable.ts";

const run = (variant: string, seed: number, ...nats: number[]): Fit => ({
  ...{ variant, input: "text", seed, rate: 0.001, parameters: 7, diverged: false },
  ...{ steps: 10 * nats.length, seconds: nats.length, value: nats.at(-1) ?? Number.NaN },
  curve: nats.map((value, i) => ({ step: 10 * (i + 1), seconds: i + 1, value })),
});

test("the table of a comparison ranks mixings, best first, with what each saves of the baseline's training", () => {
  const runs = [
    ...[run("none", 1, 5, 4, 3, 2), run("none", 2, 5, 4, 3, 2.2)],
    ...[run("haar", 1, 4, 2.1, 2, 1), run("haar", 2, 4, 2.1, 2, 1.2)],
    run("shift", 1, 9, 8, 7, 6),
  ];
  const stepSeconds = new Map([
    ["none", 0.2],
    ["haar", 0.3],
    ["shift", 0.2],
  ]);
  const summaries = summarize(runs, { better: "lower", baseline: "none", stepSeconds });
  const table = mixingTable(summaries, { measure: { unit: "nats/character" } }).split("\n");
  expect(table[0]).toContain("| validation, nats/character (mean ± s.d.) |");
  expect(table[2]).toMatch(
    /^\| haar \| 0.001 \| 7 \| 1.1000 ± 0.1414 \| 1.5870 \| 300 \| -1.0000 \(-1.0000, -1.0000\) \| 50 % \(25, 51\) \| 25 % \| 0.0/,
  );
  expect(table[3]).toMatch(/^\| none \| .* \| - \| - \| - \| - \|$/);
  expect(table[4]).toMatch(/^\| shift .* ± \? .* - \| - \| - \|$/);
});

test("shares of right answers have intervals over seeds and examples, and stand beside guesses", () => {
  const runs = [run("none", 1, 20), run("none", 2, 30), run("haar", 1, 40), run("haar", 2, 60)];
  const summaries = summarize(runs, { better: "higher", baseline: "none" });
  const [head, , haar, none, , guess] = mixingTable(summaries, {
    measure: { unit: "% right", higherIsBetter: true },
    guess: { examples: 100, classes: 10, mostFrequent: 0.17 },
  }).split("\n");
  expect(head).toContain("| 95 % of resampled seeds | 95 % of 100 examples |");
  expect(haar).toContain("| 50.0 ± 14.1 | 40.0 to 60.0 | 40.4 to 59.6 |");
  expect(haar).toContain("| 25.0 (20.0, 30.0) |");
  expect(none).toMatch(/^\| none \| .*\| 25.0 ± 7.1 \|/);
  expect(guess).toBe(
    "A guess among 10 classes is right in 10.0 %, the most frequent class always in 17.0 %.",
  );
});
