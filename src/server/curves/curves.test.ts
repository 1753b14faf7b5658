import { once } from "node:events";
import { appendFile, realpath, rename, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { toyRun, writeFiles } from "../testing.ts";
import { readColumns } from "./columns.ts";
import { curvesOf } from "./curves.ts";
import { sketcherOf } from "./sketch.ts";
import { thin } from "./thin.ts";

const folder = async () => realpath(await temporaryFolder());
const row = (step: number, more: object) =>
  `${JSON.stringify({ step, seconds: step / 2, ...more })}\n`;

describe("a thinned curve", () => {
  test("keeps the last value, the extremes and the mean of all that it stands for", () => {
    const values = fc.array(
      fc.integer({ min: -1e8, max: 1e8 }).map((n) => n / 100),
      { maxLength: 500 },
    );
    fc.assert(
      fc.property(values, fc.integer({ min: 3, max: 60 }), (value, points) => {
        const step = value.map((_, i) => i + 1);
        const {
          low = value,
          high = value,
          ...series
        } = thin({ step, seconds: step, value }, points);
        expect(series.value.length).toBeLessThanOrEqual(Math.max(points, 1));
        expect(series.step.at(-1)).toBe(step.at(-1));
        expect(series.value.at(-1)).toBe(value.at(-1));
        expect(Math.min(...low)).toBe(Math.min(...value));
        expect(Math.max(...high)).toBe(Math.max(...value));
        let before = 0;
        for (const [i, end] of series.step.entries()) {
          const part = value.slice(before, end);
          const mean = part.reduce((sum, each) => sum + each, 0) / part.length;
          expect(series.value[i]).toBeCloseTo(mean, 6);
          before = end;
        }
      }),
    );
  });

  test("is the curve itself where it has few values", () => {
    const column = { step: [1, 2], seconds: [1, 2], value: [3, 4] };
    expect(thin(column, 2)).toEqual(column);
  });
});

test("curves of few runs have every row, by steps and seconds, in training and in validation", async () => {
  const root = await folder();
  await writeFiles(join(root, "a"), toyRun(20));
  const [a, b] = await curvesOf(root)({ runs: ["a", "nowhere"], metric: "loss" });
  const at = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19];
  expect(a).toEqual({
    run: "a",
    training: { step: at, seconds: at.map((i) => i / 10), value: at.map((i) => 1 / i) },
    validation: { step: [10, 20], seconds: [1, 2], value: [0.2, 0.1] },
  });
  const none = { step: [], seconds: [], value: [] };
  expect(b).toEqual({ run: "nowhere", training: none, validation: none });
});

test("a growing file is read on, half-written lines when they are whole, and a new one from the start", async () => {
  const root = await folder();
  const path = join(root, "a/metrics.jsonl");
  await writeFiles(root, { "a/metrics.jsonl": row(1, { loss: 1 }) });
  const curves = curvesOf(root);
  const values = async () => {
    const [{ training } = { training: undefined }] = await curves({ runs: ["a"], metric: "loss" });
    return training?.value;
  };
  expect(await values()).toEqual([1]);
  const [start, end] = [row(2, { loss: 2 }).slice(0, 9), row(2, { loss: 2 }).slice(9)];
  await appendFile(path, start);
  expect(await values()).toEqual([1]);
  await appendFile(path, end + row(3, { loss: 3 }));
  expect(await Promise.all([values(), values()])).toEqual([
    [1, 2, 3],
    [1, 2, 3],
  ]);
  // A resumed training writes anew what it keeps, and goes on: the file may even be longer.
  await writeFile(`${path}.new`, [1, 9, 8, 7].map((loss, i) => row(i + 1, { loss })).join(""));
  await rename(`${path}.new`, path);
  expect(await values()).toEqual([1, 9, 8, 7]);
});

test("a file of many megabytes is read in pieces, without losing a row at their seams", async () => {
  const root = await folder();
  const rows = 30_000;
  const text = Array.from({ length: rows }, (_, i) =>
    row(i + 1, { loss: 1, note: "ä".repeat(i % 99) }),
  );
  await writeFiles(root, { "a/metrics.jsonl": text.join("") });
  const [a] = await curvesOf(root)({ runs: ["a"], metric: "loss" });
  expect(a?.training.step.at(-1)).toBe(rows);
  expect(a?.training.value.every((value) => value === 1)).toBe(true);
  const [b] = await curvesOf(root)({ runs: ["a"], metric: "step" });
  expect(b?.training.value).toEqual([]);
});

test("a line that never ends is given up, and not read again", async () => {
  const root = await folder();
  const size = 5 * 2 ** 20;
  await writeFiles(root, { "a/metrics.jsonl": row(1, { loss: 1 }) + "x".repeat(size) });
  const first = await readColumns(root, "a/metrics.jsonl");
  expect(first.read).toBeGreaterThan(size - 2 ** 21);
  await appendFile(join(root, "a/metrics.jsonl"), `\n${row(2, { loss: 2 })}`);
  const { columns } = await readColumns(root, "a/metrics.jsonl", first);
  expect(columns.get("loss")?.value).toEqual([1, 2]);
});

test("an odd metrics file is an empty curve, and the others have theirs", async () => {
  const root = await folder();
  const runs = Array.from({ length: 17 }, (_, i) => `run ${i}`);
  for (const run of runs) await writeFiles(join(root, run), toyRun(20));
  await rm(join(root, "run 0/metrics.jsonl"));
  const server = createServer().listen(join(root, "run 0/metrics.jsonl"));
  onTestFinished(() => void server.close());
  await once(server, "listening");
  await rm(join(root, "run 1/metrics.jsonl"));
  await symlink("metrics.jsonl", join(root, "run 1/metrics.jsonl"));
  // A hole of more bytes than one call reads, with a row at both ends.
  await appendFile(join(root, "run 2/metrics.jsonl"), "\n");
  await truncate(join(root, "run 2/metrics.jsonl"), 2 ** 31 + 2 ** 20);
  await appendFile(join(root, "run 2/metrics.jsonl"), `\n${row(21, { loss: 21 })}`);
  for (const marked of [runs, ["run 0", "run 1", "run 3"]]) {
    const curves = await curvesOf(root)({ runs: marked, metric: "loss" });
    const ends = Object.fromEntries(
      curves.map(({ run, training }) => [run, training.step.at(-1)] as const),
    );
    expect(ends).toMatchObject({ "run 0": undefined, "run 1": undefined, "run 3": 19 });
    if (marked === runs) expect(ends["run 2"]).toBe(21);
  }
});

describe("a sketch", () => {
  test("of a large file is drawn from pieces of it, from its beginning to its end", async () => {
    const root = await folder();
    const rows = 300_000;
    const text = Array.from({ length: rows }, (_, i) =>
      row(i + 1, { [i % 100 === 99 ? "validationLoss" : "loss"]: i + 1, note: "x".repeat(20) }),
    );
    await writeFiles(root, { "a/metrics.jsonl": text.join("") });
    const { training, validation } = sketcherOf(root)("a/metrics.jsonl", "loss", 160);
    expect([training.step[0], training.step.at(-1)]).toEqual([1, rows - 1]);
    for (const { step, value } of [training, validation]) {
      expect(step.length).toBeGreaterThan(100);
      expect(value).toEqual(step);
      expect(step).toEqual(step.toSorted((a, b) => a - b));
      const gaps = step.slice(1).map((each, i) => each - step[i]!);
      expect(Math.max(...gaps)).toBeLessThan(rows / 50);
    }
    expect(validation.step.at(-1)).toBe(rows);
  });

  test("has rows of the file, the first and the last among them, and validations in between", async () => {
    const root = await folder();
    const counts = fc.integer({ min: 1, max: 3000 });
    await fc.assert(
      fc.asyncProperty(counts, fc.integer({ min: 5, max: 200 }), async (rows, points) => {
        await writeFiles(join(root, "a"), toyRun(rows));
        const { training, validation } = sketcherOf(root)("a/metrics.jsonl", "loss", points);
        const [steps, marks] = [[...Array(rows).keys()].map((i) => i + 1), training.step];
        const trained = steps.filter((step) => step % 10 !== 0);
        expect(marks).toEqual([...new Set(marks)].toSorted((a, b) => a - b));
        expect(marks[0]).toBe(trained[0]);
        expect(marks.at(-1)).toBe(trained.at(-1));
        expect(training.value).toEqual(marks.map((step) => 1 / step));
        expect(marks.length).toBeLessThanOrEqual(points + 2);
        if (rows > 10 * points) expect(marks.length).toBeGreaterThan(points / 2);
        expect(validation.step.at(-1)).toBe(steps.findLast((step) => step % 10 === 0));
        expect(validation.value).toEqual(validation.step.map((step) => 2 / step));
      }),
      { numRuns: 30 },
    );
  });

  test("is what many runs get, and the same again while a file does not change", async () => {
    const root = await folder();
    const runs = Array.from({ length: 20 }, (_, i) => `run ${i}`);
    for (const run of runs) await writeFiles(join(root, run), toyRun(2000));
    const curves = curvesOf(root);
    const first = await curves({ runs, metric: "loss" });
    expect(first.map(({ run }) => run)).toEqual(runs);
    for (const { training } of first) {
      expect(training.step.length).toBeGreaterThan(100);
      expect(training.step.length).toBeLessThan(200);
    }
    const again = await curves({ runs, metric: "loss" });
    expect(again[0]!.training).toBe(first[0]!.training);
    await appendFile(join(root, runs[0]!, "metrics.jsonl"), row(2001, { loss: 5 }));
    const later = await curves({ runs, metric: "loss" });
    expect(later[0]!.training.value.at(-1)).toBe(5);
  });
});
