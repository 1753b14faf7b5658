import { readdir } from "node:fs/promises";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { createField } from "../createField.ts";
import { fitField } from "../fit/fitField.ts";
import { openField } from "../runFolder.ts";
import { waves } from "../testing.ts";
import { portrayField } from "./portrait.ts";

/** Files that stay in a folder of a field of the waves, and the names that `portrayField` gives back. */
async function portrait(model: string) {
  const folder = await temporaryFolder();
  const training = { plan: { steps: 3 } };
  const config = createField(waves, { path: "waves.npy", model, parameters: 400, training });
  const { curve } = await fitField(folder, config, waves, { threads: 1 });
  const written = await portrayField(folder, await openField(folder), waves, { threads: 1 });
  return { files: await readdir(folder), written: written.map((path) => basename(path)), curve };
}

test("a solved field is shown with its parts, and without a chart of a training", async () => {
  const { files, written, curve } = await portrait("expansion");
  const names = ["fit.png", "error.png", "smooth.png", "wavelet.png", "spectrum.png", "field.onnx"];
  expect(written).toEqual(names);
  expect(files).toEqual(expect.arrayContaining(names));
  expect(files).not.toContain("loss.png");
  expect(curve).toBeUndefined();
});

test("a trained field has the chart of its training", async () => {
  const { files, written, curve } = await portrait("siren");
  expect(written).toEqual(["fit.png", "error.png", "spectrum.png", "field.onnx"]);
  expect(files).toContain("loss.png");
  expect(basename(curve ?? "")).toBe("loss.png");
});
