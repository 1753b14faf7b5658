import { describe, expect, test } from "vitest";
import { trainingLoop } from "./loop.ts";
import { type Elapsed, nothingDone, type Plan } from "./plan.ts";

/** Runs a loop whose every step takes a second and sees 3 examples; `stopAfter` steps it is told to stop. */
async function run(
  plan: Plan,
  start: Elapsed = nothingDone,
  { saveEvery = 4, stopAfter = 0 } = {},
) {
  const interrupt = new AbortController();
  let clock = 1000;
  const events: string[] = [];
  const end = await trainingLoop({
    plan,
    start,
    decayFrom: 0.4,
    saveEvery,
    signal: interrupt.signal,
    now: () => clock,
    async step(step, progress) {
      events.push(`${step}@${progress.toFixed(2)}`);
      clock += 1;
      if (step === stopAfter) interrupt.abort();
      return { examples: 3, loss: 1 / step };
    },
    async report({ step, examples }, progress, { loss }) {
      expect(examples).toBe(3 * step);
      expect(loss).toBe(1 / step);
      events.push(`reported ${progress.toFixed(2)}`);
    },
    async save(kind, { step, seconds }) {
      events.push(`${kind} ${step} after ${seconds} s`);
    },
  });
  const saves = events.filter((event) => /^(latest|trunk)/.test(event));
  return { end, events, saves };
}

describe("a training loop", () => {
  test("steps to the end of its plan; a step knows what part of it comes before", async () => {
    const { end, events } = await run({ steps: 4 }, nothingDone, { saveEvery: 100 });
    expect(end).toEqual({ step: 4, seconds: 4, examples: 12 });
    expect(events).toEqual([
      ...["1@0.00", "reported 0.25"],
      ...["2@0.25", "reported 0.50", "trunk 2 after 2 s"],
      ...["3@0.50", "reported 0.75"],
      ...["4@0.75", "reported 1.00"],
      "latest 4 after 4 s",
    ]);
  });

  test("saves regularly, before its decay and at its end, each state once", async () => {
    const { saves } = await run({ steps: 10 });
    expect(saves).toEqual([
      "trunk 4 after 4 s",
      "latest 4 after 4 s",
      "latest 8 after 8 s",
      "latest 10 after 10 s",
    ]);
    expect((await run({ steps: 8 })).saves).toEqual([
      "trunk 4 after 4 s",
      "latest 4 after 4 s",
      "latest 8 after 8 s",
    ]);
  });

  test("stops after the step in progress when told to, saves, and goes on from there", async () => {
    const first = await run({ steps: 10 }, nothingDone, { stopAfter: 6 });
    expect(first.end.step).toBe(6);
    expect(first.saves.at(-1)).toBe("latest 6 after 6 s");
    const second = await run({ steps: 10 }, first.end);
    expect(second.events[0]).toBe("7@0.60");
    expect(second.end).toEqual({ step: 10, seconds: 10, examples: 30 });
    expect(second.saves).toEqual(["latest 10 after 10 s"]); // the trunk is saved once
  });

  test("counts minutes across interruptions", async () => {
    const plan = { minutes: 0.2 };
    const first = await run(plan, nothingDone, { stopAfter: 5 });
    const { end, events } = await run(plan, first.end);
    expect(events[0]).toBe("6@0.42");
    expect(end).toEqual({ step: 12, seconds: 12, examples: 36 });
  });

  test("does nothing to a plan that is done, but saves it", async () => {
    const done = { step: 5, seconds: 9, examples: 15 };
    const { end, events } = await run({ steps: 5 }, done);
    expect(end).toEqual(done);
    expect(events).toEqual(["latest 5 after 9 s"]);
  });

  test("told to stop before it begins, saves where it stands", async () => {
    const interrupt = new AbortController();
    interrupt.abort();
    const saves: number[] = [];
    await trainingLoop({
      plan: { steps: 5 },
      start: nothingDone,
      decayFrom: 0.4,
      saveEvery: 1,
      signal: interrupt.signal,
      step: () => expect.fail("no step is to be done"),
      report: () => expect.fail("nothing is to be reported"),
      save: async (_, { step }) => void saves.push(step),
    });
    expect(saves).toEqual([0]);
  });

  test("ends with the error of a step that fails, and saves nothing of it", async () => {
    const saves: string[] = [];
    const failing = trainingLoop({
      plan: { steps: 5 },
      start: nothingDone,
      decayFrom: 0.4,
      saveEvery: 1000,
      signal: new AbortController().signal,
      step: async () => {
        throw new Error("the loss is NaN");
      },
      report: async () => {},
      save: async (kind) => void saves.push(kind),
    });
    await expect(failing).rejects.toThrow("the loss is NaN");
    expect(saves).toEqual([]);
  });
});
