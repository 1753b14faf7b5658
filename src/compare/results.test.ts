import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/temporaryFolder.ts";
import { lineChart } from "../data/draw/lineChart.ts";
import { comparisonChart } from "./chart.ts";
import { writeResults } from "./results.ts";
import { summarize } from "./summary.ts";
import { seedsOf, someFit } from "./testing.ts";

const fits = [...seedsOf("none", "text", 2, 4, Number.NaN), ...seedsOf("haar", "text", 1, 1)];
const chart = { title: "Loss", yLabel: "nats", baseline: "none" };

/** The chart of values at 50 and 100 steps: at step 0 a logarithmic axis has no place. */
const drawn = (xLabel: string, [none, haar]: readonly [readonly number[], readonly number[]]) =>
  lineChart({
    ...{ title: "Loss", yLabel: "nats", xLabel, xScale: "log", legendBeside: true },
    series: [
      { name: "none", points: [[none[0]!, 1.5] as const, [none[1]!, 3] as const], dashed: true },
      { name: "haar", points: [[haar[0]!, 0.5] as const, [haar[1]!, 1] as const], dashed: false },
    ],
  });

test("a chart shows the mean curve of each variant's trainings, without those that diverged", () => {
  const steps = [50, 100];
  expect(comparisonChart(fits, "step", chart)).toBe(drawn("steps", [steps, steps]));
  const seconds = [5, 10];
  expect(comparisonChart(fits, "seconds", chart)).toBe(
    drawn("seconds of training", [seconds, seconds]),
  );
});

test("what was computed without steps is a dashed line against steps and a dot against seconds", () => {
  const solved = [0.5, 1.5].map((seconds, i) =>
    someFit(3, {
      ...{ variant: "solved", input: `text ${i}`, steps: 0, seconds, value: 2 + i },
      curve: [{ step: 0, seconds, value: 2 + i }],
    }),
  );
  const trained = [5, 10].map((at, i) => [10 * at, [0.5, 1][i]!] as const);
  const drawn = (xLabel: string, points: readonly (readonly [number, number])[], dashed?: true) =>
    lineChart({
      ...{ title: "Loss", yLabel: "nats", xLabel, xScale: "log", legendBeside: true },
      series: [
        {
          name: "haar",
          points: trained.map(([at, value]) => [xLabel === "steps" ? at : at / 10, value] as const),
        },
        { name: "solved, no steps", points, ...(dashed && { dashed }) },
      ],
    });
  const both = [...seedsOf("haar", "text", 1, 1), ...solved];
  const options = { title: "Loss", yLabel: "nats" };
  expect(comparisonChart(both, "step", options)).toBe(
    drawn(
      "steps",
      [
        [50, 2.5],
        [100, 2.5],
      ],
      true,
    ),
  );
  expect(comparisonChart(both, "seconds", options)).toBe(drawn("seconds of training", [[1, 2.5]]));
  expect(drawn("seconds of training", [[1, 2.5]])).toContain("<circle");
});

test("seconds are steps times the seconds of a step, where these were measured side by side", () => {
  const stepSeconds = new Map([
    ["none", 0.5],
    ["haar", 1],
  ]);
  expect(comparisonChart(fits, "seconds", { ...chart, stepSeconds })).toBe(
    drawn("seconds of training", [
      [25, 50],
      [50, 100],
    ]),
  );
});

test("the results of a comparison are a table, numbers and two charts", async () => {
  const folder = await temporaryFolder();
  const summaries = summarize(fits, { better: "lower" });
  await writeResults(folder, fits, summaries, { table: "| a |\n", chart });
  expect((await readdir(folder)).sort()).toEqual([
    ...["curves-seconds.svg", "curves-step.svg", "summary.json", "table.md"],
  ]);
  const read = (name: string) => readFile(join(folder, name), "utf8");
  expect(await read("table.md")).toBe("| a |\n");
  expect(JSON.parse(await read("summary.json"))).toEqual(JSON.parse(JSON.stringify(summaries)));
  expect(await read("curves-step.svg")).toBe(comparisonChart(fits, "step", chart));
  expect(await read("curves-seconds.svg")).toBe(comparisonChart(fits, "seconds", chart));
});

test("a chart of many variants shows the baseline and those that end best", () => {
  const fits = Array.from({ length: 12 }, (_, i) => someFit(i, { variant: `v${i}` }));
  const chart = { yLabel: "dB", baseline: "v11" };
  const best = fits.filter((_, i) => i < 7 || i === 11); // lower is better
  expect(comparisonChart(fits, "step", { ...chart, title: "T" })).toBe(
    comparisonChart(best, "step", { ...chart, title: "T: the best 7 of 11" }),
  );
});
