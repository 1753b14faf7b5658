import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { createField } from "../createField.ts";
import { siren } from "../families/baselines/siren.ts";
import { wire } from "../families/baselines/wire.ts";
import { expansion } from "../families/expansion/expansion.ts";
import type { FieldFamily, Start, TrainedFamily } from "../family.ts";
import { fitField } from "../fit/fitField.ts";
import { openField } from "../runFolder.ts";
import { quality } from "../signal/quality.ts";
import { waves } from "../testing.ts";
import { runTrial, type TrialOptions } from "./trial.ts";

const size = { dimensions: 2, channels: 2, width: 16 };
const options: TrialOptions = {
  ...{ plan: { steps: 60 }, peak: 5e-3, seed: 1, init: "maxima", batch: 192, threads: 1 },
};
const trial = (more: Partial<TrialOptions> = {}, family: FieldFamily = siren()) =>
  runTrial({ family, size }, waves, { ...options, ...more });

describe("a trial", () => {
  test.each([192, 50])("is the fit that a folder would hold (%d points a step)", async (batch) => {
    const plan = { steps: 20 };
    const folder = await temporaryFolder();
    const { count, psnr, parameters } = await trial({ plan, batch, rhythm: { steps: [3, 7] } });
    const request = { path: "waves.npy", model: "siren", parameters: count };
    const config = createField(waves, { ...request, training: { peak: 5e-3, batch, plan } });
    const fit = await fitField(folder, config, waves, { threads: 1 });
    expect(parameters).toEqual((await openField(folder)).parameters);
    expect(psnr).toBeCloseTo(fit.psnr, 4);
    expect(count).toBe(fit.parameters);
  });

  test("ends with the PSNR of its last parameters on all samples, and with those samples", async () => {
    const { psnr, values, curve, steps } = await trial();
    expect(psnr).toBeGreaterThan(30);
    expect(quality(waves, { ...waves, values }).psnr).toBe(psnr);
    expect(curve).toEqual([{ step: 60, seconds: expect.any(Number), value: psnr }]);
    expect(steps).toBe(60);
  });

  test("is validated after the steps of its rhythm, which changes nothing", async () => {
    const plan = { steps: 12 };
    const [plain, marked] = [
      await trial({ plan }),
      await trial({ plan, rhythm: { steps: [2, 5] } }),
    ];
    expect(marked.curve.map(({ step }) => step)).toEqual([2, 5, 12]);
    expect(marked.parameters).toEqual(plain.parameters);
    const { psnr } = await trial({ plan: { steps: 5 } });
    expect(marked.curve[1]?.value).not.toBe(psnr); // the rate falls over the plan
  });

  test("is validated when so many seconds are over, and ends when its minutes are", async () => {
    const seconds = [0.02, 0.3];
    // A step takes some milliseconds, and a tenth of a second on a machine that is busy with other things.
    const { curve, ...end } = await trial({ plan: { minutes: 1 / 60 }, rhythm: { seconds } });
    for (const [i, mark] of seconds.entries()) expect(curve[i]?.seconds).toBeGreaterThan(mark);
    expect(end.seconds).toBeGreaterThanOrEqual(1);
    expect(curve.at(-1)).toEqual({ step: end.steps, seconds: end.seconds, value: end.psnr });
  });

  test("that diverges is a result", async () => {
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
    const family: TrainedFamily = { ...siren(), start: (start) => void starts.push(start) };
    await trial({ plan: { steps: 1 }, init: "random" }, family);
    expect(starts).toHaveLength(1);
    expect(starts[0]).toMatchObject({ init: "random", signal: waves, size });
  });

  test("that diverges says how long it took, whether or not anyone asks for its progress", async () => {
    for (const report of [() => {}, undefined]) {
      const { diverged, steps, seconds } = await trial({ peak: 1e30, ...(report && { report }) });
      expect(diverged).toBe(true);
      expect(steps).toBeGreaterThan(1);
      expect(seconds).toBeGreaterThan(0);
    }
  });

  test("whose start takes all of its time is measured at the start", async () => {
    const family: TrainedFamily = {
      ...siren(),
      start: () => new Promise((resolve) => setTimeout(resolve, 20)),
    };
    const end = await trial({ plan: { minutes: 0.005 / 60 } }, family);
    expect(end).toMatchObject({ steps: 0, diverged: false });
    expect(quality(waves, { ...waves, values: end.values }).psnr).toBe(end.psnr);
    expect(end.curve).toEqual([{ step: 0, seconds: end.seconds, value: end.psnr }]);
  });

  test("of a solved family takes no steps, and is the fit that a folder would hold", async () => {
    const family = expansion();
    const count = 400;
    const grid = waves.size;
    const folder = await temporaryFolder();
    const request = { path: "waves.npy", model: "expansion", parameters: count };
    const fit = await fitField(folder, createField(waves, request), waves, { threads: 1 });
    const solved = await runTrial(
      { family, size: { dimensions: 2, channels: 2, width: count / 2, grid } },
      waves,
      options,
    );
    expect(solved).toMatchObject({ steps: 0, count, diverged: false, psnr: fit.psnr });
    expect(solved.parameters).toEqual((await openField(folder)).parameters);
    expect(solved.curve).toEqual([{ step: 0, seconds: solved.seconds, value: solved.psnr }]);
    expect(quality(waves, { ...waves, values: solved.values }).psnr).toBe(solved.psnr);
  });

  test("that is interrupted throws the reason of its signal", async () => {
    const controller = new AbortController();
    const interrupted = trial({ signal: controller.signal, report: () => controller.abort() });
    await expect(interrupted).rejects.toThrow("aborted");
  });
});
