import { readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { someNumbers } from "../../test/evaluate.ts";
import { temporaryFolder } from "../../test/temporaryFolder.ts";
import { UserError } from "../errors/userError.ts";
import { zeros } from "../nn/initializers.ts";
import { layoutOf, type Scope } from "../nn/parameters.ts";
import { readCheckpoint, readParameters, writeCheckpoint } from "./checkpointFile.ts";

const model = (width: number) => (p: Scope) => {
  p.get("weight", [3, width], zeros);
  p.in("block0").get("bias", [width], zeros);
  p.get("scale", [], zeros);
};
const layout = layoutOf(model(4));
const arena = (seed: number) => Float32Array.from(someNumbers(layout.size, -1, 1, seed));
const arenas = { parameters: arena(1), m: arena(2), v: arena(3) };
const state = { arenas, step: 12, seconds: 3.25, examples: 480 };

async function written() {
  const folder = await temporaryFolder();
  const path = join(folder, "latest.safetensors");
  await writeCheckpoint(path, layout, state);
  return { folder, path };
}

describe("a checkpoint", () => {
  test("comes back bit for bit, with how far the training was", async () => {
    const { path } = await written();
    expect(await readCheckpoint(path, layout, ["parameters", "m", "v"])).toEqual(state);
  });

  test("gives up the parameters alone", async () => {
    const { path } = await written();
    const { arenas: some } = await readCheckpoint(path, layout, ["parameters"]);
    expect(some).toEqual({ parameters: arenas.parameters });
  });

  test("gives the parameters to be used: their average, where it has one", async () => {
    const { path } = await written();
    expect((await readParameters(path, layout)).parameters).toEqual(arenas.parameters);
    const average = arena(4);
    await writeCheckpoint(path, layout, { ...state, arenas: { ...arenas, average } });
    expect(await readParameters(path, layout)).toEqual({
      ...{ parameters: average, step: 12, seconds: 3.25, examples: 480 },
    });
  });

  test("replaces the one before it whole, and leaves nothing beside", async () => {
    const { folder, path } = await written();
    const later = { ...state, arenas: { ...arenas, m: arena(9) }, step: 13 };
    await writeCheckpoint(path, layout, later);
    expect(await readCheckpoint(path, layout, ["parameters", "m", "v"])).toEqual(later);
    expect(await readdir(folder)).toEqual(["latest.safetensors"]);
  });

  test("of another model is refused with the first parameter that differs", async () => {
    const { path } = await written();
    const wider = readCheckpoint(path, layoutOf(model(5)), ["parameters"]);
    await expect(wider).rejects.toThrow(UserError);
    await expect(wider).rejects.toThrow(
      `${path} is a checkpoint of another model: parameters/weight should be [3, 5] and is [3, 4]`,
    );
    const other = layoutOf((p) => p.get("head", [2], zeros));
    await expect(readCheckpoint(path, other, ["parameters"])).rejects.toThrow(
      "parameters/head should be [2] and is missing",
    );
    await expect(readCheckpoint(path, layout, ["parameters", "momentum"])).rejects.toThrow(
      "momentum/weight should be [3, 4] and is missing",
    );
  });

  test("that is damaged or cut short at any place is refused, never half-read", async () => {
    const { path } = await written();
    const { length } = await readFile(path);
    for (const size of [length - 1, length - 64, 200, 9, 3, 0]) {
      await truncate(path, size);
      const read = readCheckpoint(path, layout, ["parameters"]);
      await expect(read).rejects.toThrow(UserError);
      await expect(read).rejects.toThrow(`${path} is not a whole safetensors file`);
    }
    await writeFile(path, "not a checkpoint but some text that is long enough");
    await expect(readCheckpoint(path, layout, ["parameters"])).rejects.toThrow(UserError);
  });
});
