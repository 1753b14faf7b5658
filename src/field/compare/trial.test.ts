import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { createField } from "../createField.ts";
import { siren } from "../families/baselines/siren.ts";
import { wire } from "../families/baselines/wire.ts";
import type { FieldFamily, Start } from "../family.ts";
import { fitField } from "../fit/fit.ts";
import { openField } from "../run.ts";
import { quality } from "../signal/quality.ts";
import { waves } from "../testing.ts";
import { runTrial, type TrialOptions } from "./trial.ts";

const size = { dimensions: 2, channels: 2, width: 16 };
const options: TrialOptions = {
  ...{ plan: { steps: 60 }, peak: 5e-3, seed: 1, init: "maxima", batch: 192, threads: 1 },
  signal: new AbortController().signal,
};
const trial = (more: Partial<TrialOptions> = {}, family: FieldFamily = siren()) =>
  runTrial({ family, size }, waves, { ...options, ...more });

describe("a trial", () => {
  test.each([192, 50])("is the fit that a folder would hold (%d points a step)", async (batch) => {
    const plan = { steps: 20 };
    const folder = await temporaryFolder();
    const { count, psnr, parameters } = await trial({ plan, batch, marks: { steps: [3, 7] } });
    const request = { path: "waves.npy", model: "siren", parameters: count, peak: 5e-3 } as const;
    await createField(folder, waves, { ...request, seed: 1, batch, plan });
    const fit = await fitField(folder, waves, plan, options);
    expect(parameters).toEqual((await openField(folder)).parameters);
    expect(psnr).toBeCloseTo(fit.psnr, 4);
    expect(count).toBe(fit.parameters);
  });

  test("ends with the PSNR of its last parameters on all samples, and with those samples", async () => {
    const { psnr, values, curve, steps } = await trial();
    expect(psnr).toBeGreaterThan(30);
    expect(quality(waves, { ...waves, values }).psnr).toBe(psnr);
    expect(curve).toEqual([{ step: 60, seconds: expect.any(Number), psnr }]);
    expect(steps).toBe(60);
  });

  test("is looked at after the steps of its marks, which changes nothing", async () => {
    const plan = { steps: 12 };
    const [plain, marked] = [
      await trial({ plan }),
      await trial({ plan, marks: { steps: [2, 5] } }),
    ];
    expect(marked.curve.map(({ step }) => step)).toEqual([2, 5, 12]);
    expect(marked.parameters).toEqual(plain.parameters);
    const { psnr } = await trial({ plan: { steps: 5 } });
    expect(marked.curve[1]?.psnr).not.toBe(psnr); // the rate falls over the plan
  });

  test("is looked at once so many seconds are over, and ends with the time it was given", async () => {
    const seconds = [0.02, 0.03];
    const { curve, ...end } = await trial({ plan: { minutes: 0.1 / 60 }, marks: { seconds } });
    for (const [i, mark] of seconds.entries()) expect(curve[i]?.seconds).toBeGreaterThan(mark);
    expect(end.seconds).toBeGreaterThanOrEqual(0.1);
    expect(curve.at(-1)).toEqual({ step: end.steps, seconds: end.seconds, psnr: end.psnr });
  });

  test("of a loss that is no number any more is a result", async () => {
    const { diverged, psnr, steps, values } = await trial({ peak: 1e30 });
    expect({ diverged, psnr }).toEqual({ diverged: true, psnr: Number.NaN });
    expect(steps).toBeLessThan(60);
    expect(values).toHaveLength(0);
  });

  test("of a family that ignores a parameter works", async () => {
    expect((await trial({ plan: { steps: 30 } }, wire())).psnr).toBeGreaterThan(15);
  });

  test("starts where the family says", async () => {
    const starts: Start[] = [];
    const family: FieldFamily = { ...siren(), start: (start) => void starts.push(start) };
    await trial({ plan: { steps: 1 }, init: "random" }, family);
    expect(starts).toHaveLength(1);
    expect(starts[0]).toMatchObject({ init: "random", signal: waves, size });
  });

  test("that is interrupted is none", async () => {
    const controller = new AbortController();
    const interrupted = trial({ signal: controller.signal, report: () => controller.abort() });
    await expect(interrupted).rejects.toThrow("aborted");
  });
});
