import { execFileSync } from "node:child_process";
import { mkdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { UserError } from "../../errors/userError.ts";
import { makeFolder } from "./makeFolder.ts";

/** Mounts a read-only disk where the machine allows it; undefined where it does not. */
async function readOnlyDisk(): Promise<string | undefined> {
  const disk = join(await temporaryFolder(), "ro");
  await mkdir(disk);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "ro,size=1m", "tmpfs", disk], { stdio: "ignore" });
    return disk;
  } catch {
    return undefined;
  }
}

describe("makeFolder", () => {
  it("makes a folder and those above it, and keeps one that is there", async () => {
    const path = join(await temporaryFolder(), "a", "b");
    await makeFolder(path);
    await makeFolder(path);
    expect((await stat(path)).isDirectory()).toBe(true);
  });

  it("names a file that is in the way", async () => {
    const folder = await temporaryFolder();
    const file = join(folder, "f");
    await writeFile(file, "");
    await expect(makeFolder(file)).rejects.toThrow(
      new UserError(`${file} is a file; name a folder to make`, "already-exists"),
    );
    await expect(makeFolder(join(file, "a"))).rejects.toThrow(
      new UserError(`${file}/a cannot be made: ${file} is a file, not a folder`, "wrong-kind"),
    );
  });

  it("says that a disk is read-only", async ({ skip }) => {
    const disk = await readOnlyDisk();
    if (disk === undefined) return skip("this machine cannot mount a read-only disk");
    try {
      await expect(makeFolder(`${disk}/new`)).rejects.toThrow(
        new UserError(`${disk}/new is on a read-only disk`, "not-permitted"),
      );
    } finally {
      execFileSync("umount", [disk]);
    }
  });
});
