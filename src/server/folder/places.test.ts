import { mkdir, readdir, realpath, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { toyRun, writeFiles } from "../testing.ts";
import { placesOf } from "./places.ts";
import { scanOf } from "./scan.ts";

async function setting() {
  const base = await realpath(await temporaryFolder());
  const root = join(base, "runs");
  await mkdir(root);
  return { base, root, places: placesOf(root, [base], base) };
}

describe("a new run", () => {
  test("lies behind no link, whether it leads out, nowhere or into the folder, also as a comparison that goes on", async () => {
    const { base, root, places } = await setting();
    await mkdir(join(base, "out"));
    await mkdir(join(root, "own"));
    await symlink(join(base, "out"), join(root, "outward"));
    await symlink(join(base, "nowhere"), join(root, "dangling"));
    await symlink(join(root, "own"), join(root, "inward"));
    for (const link of ["outward", "dangling", "inward"]) {
      for (const name of [link, `${link}/a`, `${link}/a/b`]) {
        for (const again of [false, true]) {
          await expect(places.newRun(name, again)).rejects.toMatchObject({
            code: "not-permitted",
            message: `${link} is a link, which may lead out of the folder`,
          });
        }
      }
    }
    expect(await places.newRun("own/a")).toBe(join(root, "own/a"));
    expect(await places.newRun("own", true)).toBe(join(root, "own"));
    await expect(places.newRun("own")).rejects.toMatchObject({ code: "already-exists" });
    await symlink(join(base, "out"), join(root, "own/runs"));
    await expect(places.newRun("own", true)).rejects.toThrow(/^own\/runs is a link/);
    expect(await readdir(join(base, "out"))).toEqual([]);
  });

  test("lies where a scan finds it", async () => {
    const { root, places } = await setting();
    await writeFiles(join(root, "mnist"), toyRun(3));
    await writeFiles(join(root, "damaged"), { "config.json": "{" });
    await writeFiles(join(root, "other"), { "config.json": '{"model_type":"gpt2"}' });
    for (const [name, reason] of [
      ["mnist/inner", /^mnist is a run itself/],
      ["mnist/deep/inner", /^mnist is a run itself/],
      ["damaged/inner", /^damaged is a run itself/],
      ["node_modules/x", /looks for no runs/],
      ["a/node_modules", /looks for no runs/],
      ["1/2/3/4/5/6/7", /more than 6 folders/],
    ] as const) {
      await expect(places.newRun(name)).rejects.toThrow(reason);
      await expect(places.newRun(name, true)).rejects.toThrow(reason);
    }
    await expect(places.newRun("mnist", true)).rejects.toThrow(/^mnist is a run itself/);
    const found = ["other/inner", "1/2/3/4/5/6", "1/2/3/4/5/7/runs/a"];
    for (const name of found.slice(0, 2)) await places.newRun(name);
    await places.newRun("1/2/3/4/5/7", true);
    for (const name of found) await writeFiles(join(root, name), toyRun(3));
    const { runs } = await scanOf(root)();
    expect([...runs.keys()]).toEqual(expect.arrayContaining(found));

    const inner = placesOf(join(root, "mnist"), [], root);
    await expect(inner.newRun("a")).rejects.toThrow(/^the studio's folder is a run itself/);
  });

  test("has a name that Windows takes as it is", async () => {
    const { places } = await setting();
    for (const name of ["nul", "a/CON", "com1", "Lpt9.txt", "a.", "a ", "a./b", "aux.x/b"]) {
      await expect(places.newRun(name)).rejects.toThrow(/Windows cuts dots and spaces/);
    }
    for (const name of ["nulls", "console", "com", "com10", "a.b", "x con"]) {
      await places.newRun(name);
    }
  });
});
