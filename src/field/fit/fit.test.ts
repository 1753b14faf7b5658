import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { createField, type FieldRequest } from "../createField.ts";
import { openEvaluator } from "../evaluate/evaluate.ts";
import { fieldFiles, openField } from "../run.ts";
import { quality } from "../signal/quality.ts";
import { coordinatesOf } from "../signal/signal.ts";
import { waves as picture } from "../testing.ts";
import { type FitOptions, fitField } from "./fit.ts";

const request: FieldRequest = {
  ...{ path: "waves.npy", model: "siren", parameters: 700, peak: 5e-3, seed: 1 },
  ...{ batch: 192, plan: { steps: 60 } },
};
const options: FitOptions = { threads: 1, signal: new AbortController().signal };

async function fitted(wish: Partial<FieldRequest> = {}, more: Partial<FitOptions> = {}) {
  const folder = await temporaryFolder();
  const { plan } = await createField(folder, picture, { ...request, ...wish });
  const result = await fitField(folder, picture, plan, { ...options, ...more });
  return { folder, result };
}
const bytesOf = (folder: string) => readFile(fieldFiles(folder).latest);

describe("a fit", () => {
  test("comes near the signal, and says how near its last parameters are", async () => {
    const { folder, result } = await fitted();
    expect(result.psnr).toBeGreaterThan(30);
    const field = await openField(folder);
    await using evaluator = await openEvaluator(field, field.parameters, options);
    const values = await evaluator.values(coordinatesOf(picture.size));
    expect(quality(picture, { ...picture, values }).psnr).toBeCloseTo(result.psnr, 6);
    expect(result.parameters).toBe(field.layout.size);
  });

  test("on points drawn at random comes near all of them", async () => {
    const { result } = await fitted({ batch: 64, plan: { steps: 200 } });
    expect(result.psnr).toBeGreaterThan(30);
  });

  test("stops once it is good enough", async () => {
    const { result } = await fitted({}, { psnr: 20 });
    expect(result.step).toBeLessThan(40);
    expect(result.psnr).toBeGreaterThan(19);
  });

  test.each([192, 50])("interrupted, ends with the same bits (%d points a step)", async (batch) => {
    const whole = await fitted({ batch, plan: { steps: 20 } });
    const folder = await temporaryFolder();
    const { plan } = await createField(folder, picture, { ...request, batch, plan: { steps: 20 } });
    for (const stopAfter of [7, 20]) {
      const controller = new AbortController();
      await fitField(folder, picture, plan, {
        ...options,
        signal: controller.signal,
        report({ step }) {
          if (step === stopAfter) controller.abort();
        },
      });
    }
    const [a, b] = [await openField(whole.folder), await openField(folder)];
    expect(b.parameters).toEqual(a.parameters);
    // Nothing is left behind: the checkpoints differ by digits of the seconds at most.
    const sizes = [await bytesOf(folder), await bytesOf(whole.folder)].map(({ length }) => length);
    expect(Math.abs((sizes[0] ?? 0) - (sizes[1] ?? 0))).toBeLessThan(100);
  });

  test("of a family whose start is the answer takes no steps, and goes on as it was", async () => {
    const { folder, result } = await fitted({ model: "expansion", parameters: 400 });
    expect(result).toMatchObject({ step: 0, parameters: 400 });
    expect(result.psnr).toBeGreaterThan(30);
    const { parameters, config } = await openField(folder);
    expect(config.size.grid).toEqual([12, 16]);
    const again = await fitField(folder, picture, request.plan, options);
    expect(again.psnr).toBe(result.psnr);
    expect((await openField(folder)).parameters).toEqual(parameters);
  });

  test("at too high a rate ends in a sentence", async () => {
    await expect(fitted({ peak: 1e30 })).rejects.toThrow("a new fit with a lower --rate");
  });
});
