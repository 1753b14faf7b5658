import { describe, expect, test } from "vitest";
import { standingOf } from "./summary.ts";

const training = { step: 30, images: 60, seconds: 9, loss: 2, rate: 0.1 };
const validation = { step: 20, images: 40, seconds: 6, validationLoss: 3 };
const result = { step: 30, seconds: 10, parameters: 5, metrics: { loss: 1.9 }, validation: {} };

describe("a run", () => {
  test("that a process trains is running, whatever an earlier result says", () => {
    expect(standingOf(result, { training }, true).state).toBe("running");
    expect(standingOf(undefined, {}, true)).toMatchObject({ state: "running", step: 0 });
  });

  test("with a result of its last step is finished, or stopped where it says so", () => {
    const { parameters, ...rest } = standingOf(result, { training }, false);
    expect(rest).toEqual({
      ...{ state: "finished", step: 30, seconds: 10 },
      ...{ metrics: { loss: 1.9 }, validation: {} },
    });
    expect(parameters).toBe(5);
    const stopped = { ...result, interrupted: true };
    expect(standingOf(stopped, { training }, false).state).toBe("stopped");
  });

  test("that went on after its result, or has none, and that nobody trains, is failed", () => {
    const older = { ...result, step: 10 };
    expect(standingOf(older, { training, validation }, false)).toEqual({
      ...{ state: "failed", step: 30, seconds: 9, parameters: 5 },
      ...{ metrics: { loss: 2, rate: 0.1 }, validation: { loss: 3 } },
    });
    for (const damaged of [undefined, null, 3, "x", {}, { step: "30", seconds: 1 }]) {
      expect(standingOf(damaged, { training }, false).state).toBe("failed");
    }
  });
});
