import { stat } from "node:fs/promises";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/temporaryFolder.ts";
import { createField } from "./createField.ts";
import { baselines } from "./families/baselines/baselines.ts";
import { buildField } from "./field.ts";
import { fitField } from "./fit/fitField.ts";
import { fieldFiles, openField } from "./runFolder.ts";
import { waves } from "./testing.ts";

const plan = { steps: 1 };
const request = { path: "waves.npy", model: "expansion", parameters: 30_000_000 };

test("a field has no more parameters than the signal can use, and says so", async () => {
  const notices: string[] = [];
  const config = createField(waves, { ...request, notice: (sentence) => notices.push(sentence) });
  expect(notices).toEqual([
    "waves.npy can use 884 parameters of expansion; its field has no more, not 30000000",
  ]);
  const folder = await temporaryFolder();
  const { parameters, psnr } = await fitField(folder, config, waves, { threads: 1 });
  expect(parameters).toBe(884);
  expect(psnr).toBeGreaterThan(120);
  expect((await stat(fieldFiles(folder).packed)).size).toBeLessThan(5000);
});

test("a field of an own family is made, fitted and opened by the name that it is given", async () => {
  const own = { mine: baselines.siren };
  const training = { peak: 1e-3, plan };
  const config = createField(waves, { ...request, model: "mine", parameters: 300, training }, own);
  const folder = await temporaryFolder();
  await fitField(folder, config, waves, { threads: 1, own });
  const field = await openField(folder, own);
  expect(field.family).toBe(baselines.siren);
  expect(field.layout.size).toBe(buildField(baselines.siren, field.size).layout.size);
  await expect(openField(folder)).rejects.toThrow('there is no family of fields "mine"');
});
