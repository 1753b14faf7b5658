import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { DivergedError } from "../../train/diverged.ts";
import { createField } from "../createField.ts";
import { openEvaluator } from "../evaluate/evaluate.ts";
import type { FieldConfig } from "../run.ts";
import { fieldFiles, openField } from "../runFolder.ts";
import { quality } from "../signal/quality.ts";
import { coordinatesOf } from "../signal/signal.ts";
import { waves as picture } from "../testing.ts";
import { type FitOptions, fitField } from "./fitField.ts";

const training = { peak: 5e-3, batch: 192, plan: { steps: 60 } };
const request = { path: "waves.npy", model: "siren", parameters: 700, training };
const options: FitOptions = { threads: 1 };

/** A configuration of a SIREN in training, with some changes. */
const configOf = (changes: Partial<typeof training> = {}) =>
  createField(picture, { ...request, training: { ...training, ...changes } });

async function fitted(config: FieldConfig = configOf(), more: FitOptions = {}) {
  const folder = await temporaryFolder();
  const result = await fitField(folder, config, picture, { ...options, ...more });
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
    const { result } = await fitted(configOf({ batch: 64, plan: { steps: 200 } }));
    expect(result.psnr).toBeGreaterThan(30);
  });

  test("stops once it is good enough", async () => {
    const { result } = await fitted(configOf(), { psnr: 20 });
    expect(result.step).toBeLessThan(40);
    expect(result.psnr).toBeGreaterThan(19);
  });

  test.each([192, 50])("interrupted, ends with the same bits (%d points a step)", async (batch) => {
    const config = configOf({ batch, plan: { steps: 20 } });
    const whole = await fitted(config);
    const folder = await temporaryFolder();
    for (const stopAfter of [7, 20]) {
      const controller = new AbortController();
      await fitField(folder, config, picture, {
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

  test("of a solved family takes no steps, and has the same bits when it is repeated", async () => {
    const solved = createField(picture, { ...request, model: "expansion", parameters: 400 });
    expect(solved).not.toHaveProperty("plan");
    expect(solved).not.toHaveProperty("training");
    const { folder, result } = await fitted(solved);
    expect(result).toMatchObject({ step: 0, parameters: 400 });
    expect(result.psnr).toBeGreaterThan(30);
    const { parameters, config } = await openField(folder);
    expect(config.size.grid).toEqual([12, 16]);
    const again = await fitField(folder, solved, picture, options);
    expect(again.psnr).toBe(result.psnr);
    expect((await openField(folder)).parameters).toEqual(parameters);
  });

  test("at too high a rate throws DivergedError, and says what may help", async () => {
    await expect(fitted(configOf({ peak: 1e30 }))).rejects.toSatisfy(
      (error) => error instanceof DivergedError && error.message.includes("a lower learning rate"),
    );
  });
});
