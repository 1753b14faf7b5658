import { describe, expect, test } from "vitest";
import type { Run } from "../../../../src/server/api.ts";
import { changed, differencesOf, knownOf, matches, metricsOf, sorted } from "./model.ts";
import { readSelection, type Selection, selected, writeSelection } from "./selection.ts";
import { agoText, durationText, labelOf, planText } from "./text.ts";

const run = (name: string, more: Partial<Run> = {}): Run => ({
  ...{ name, kind: "image", state: "finished", step: 1, seconds: 1, metrics: {}, validation: {} },
  ...{ configured: 0, changed: 0, canStop: false },
  ...more,
});

test("a change adds, replaces and removes runs and jobs, and nothing else", () => {
  const [a, b] = [run("a"), run("b")];
  const known = knownOf({ folder: "runs", runs: [a, b], jobs: [] });
  const job = {
    run: "c",
    command: "",
    state: "running",
    message: "",
    written: 0,
    started: 0,
  } as const;
  const newer = run("b", { step: 2 });
  const next = changed(known, { runs: [newer], gone: ["a"], jobs: [job] });
  expect([...next.runs.values()]).toEqual([newer]);
  expect(next.jobs.get("c")).toBe(job);
  expect(known.runs.size).toBe(2);
});

test("the metrics of most runs come first, and those of the optimizer last", () => {
  const runs = [
    run("a", { metrics: { loss: 1, rate: 1, nats: 1 } }),
    run("b", {
      metrics: { loss: 1, psnr: 1, imagesPerSecond: 9, computing0: 1 },
      validation: { nats: 1 },
    }),
  ];
  expect(metricsOf(runs)).toEqual([
    ...["nats", "psnr", "loss", "rate", "computing0", "imagesPerSecond"],
  ]);
});

test("rows are sorted by a column, runs without a value last, equal ones by name as people count", () => {
  const runs = ["run-10", "run-9", "b"].map((name) => run(name));
  const names = (list: readonly Run[]) => list.map(({ name }) => name);
  expect(names(sorted(runs, "name", false, ""))).toEqual(["b", "run-9", "run-10"]);
  expect(names(sorted(runs, "step", true, ""))).toEqual(["b", "run-9", "run-10"]);
  const scored = [run("a"), run("b", { metrics: { nats: 1 } }), run("c", { metrics: { nats: 2 } })];
  expect(names(sorted(scored, "training", false, "nats"))).toEqual(["b", "c", "a"]);
  expect(names(sorted(scored, "training", true, "nats"))).toEqual(["c", "b", "a"]);
});

test("a filter asks for all of its words, anywhere", () => {
  const one = run("set/Big", { model: "haar", state: "stopped" });
  for (const filter of ["", "big", "haar stopped", "IMAGE set"])
    expect(matches(one, filter)).toBe(true);
  for (const filter of ["small", "big running"]) expect(matches(one, filter)).toBe(false);
});

test("differences of settings name where they lie, and leave out what is the same", () => {
  const a = { kind: "x", options: { width: 1, list: [1, 2] }, words: null };
  const b = { kind: "x", options: { width: 2, list: [1, 3] }, words: null, more: { on: true } };
  expect(differencesOf([a, b])).toEqual([
    { key: "options.width", values: ["1", "2"] },
    { key: "options.list", values: ["[1,2]", "[1,3]"] },
    { key: "more.on", values: ["", "true"] },
  ]);
  expect(differencesOf([a, a])).toEqual([]);
  expect(differencesOf([a])).toEqual([]);
});

describe("a selection", () => {
  test.each<[Selection]>([["usual"], ["all"], [[]], [["a", "b,c", ",all", "d%/é &=#"]]])(
    "%j comes back from an address",
    (selection) => expect(readSelection(writeSelection(selection))).toEqual(selection),
  );

  test("that is too long is not kept there, and a damaged one names no run", () => {
    expect(writeSelection(Array.from({ length: 500 }, (_, i) => `run ${i}`))).toBe("");
    expect(selected(readSelection("%E0%A4%A,gone"), new Map())).toEqual([]);
  });

  test("is at first what is trained, and the newest others", () => {
    const runs = Array.from({ length: 9 }, (_, i) =>
      run(`${i}`, { changed: i, state: i === 2 ? "running" : "finished" }),
    );
    const all = new Map(runs.map((each) => [each.name, each]));
    expect(selected("usual", all)).toEqual(["2", "8", "7", "6", "5"]);
    expect(selected("all", all)).toHaveLength(9);
    expect(selected(["3", "gone"], all)).toEqual(["3"]);
  });
});

test("times and names are written for people", () => {
  expect([durationText(42), durationText(3909)]).toEqual(["0:42", "1:05:09"]);
  const ago = [5e3, 90e3, 7.3e6, 2e8].map((passed) => agoText(0, passed));
  expect(ago).toEqual(["now", "1 min ago", "2 h ago", "2 d ago"]);
  expect(planText(run("a", { step: 300, plan: { steps: 2000 } }))).toBe("300 of 2,000 steps");
  expect(planText(run("a", { seconds: 80, plan: { minutes: 5 } }))).toBe("1:20 of 5:00");
  expect(labelOf("saveEvery")).toBe("Save every");
});
