import { mkdir, readdir, realpath, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { placesOf } from "./places.ts";

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
});
