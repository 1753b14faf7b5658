import { mkdir, readdir, readFile, readlink, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { UserError } from "../../errors/userError.ts";
import { checkFilePath, writeFileAtomically } from "./atomicWrite.ts";

describe("writeFileAtomically", () => {
  it("writes text, bytes and chunks, and leaves no other file", async () => {
    const folder = await temporaryFolder();
    const path = join(folder, "a");
    for (const content of ["ab", Buffer.from("ab"), [Buffer.from("a"), Buffer.from("b")]]) {
      await writeFileAtomically(path, content);
      expect(await readFile(path, "utf8")).toBe("ab");
    }
    expect(await readdir(folder)).toEqual(["a"]);
  });

  it("keeps the old content and leaves nothing behind when it fails half-way", async () => {
    const folder = await temporaryFolder();
    const path = join(folder, "a");
    await writeFile(path, "old");
    function* broken() {
      yield Buffer.from("new");
      throw new Error("no more");
    }
    await expect(writeFileAtomically(path, broken())).rejects.toThrow("no more");
    expect(await readFile(path, "utf8")).toBe("old");
    expect(await readdir(folder)).toEqual(["a"]);
  });

  it("writes through a link", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "real"), "old");
    await symlink("real", join(folder, "link"));
    await writeFileAtomically(join(folder, "link"), "new");
    expect(await readlink(join(folder, "link"))).toBe("real");
    expect(await readFile(join(folder, "real"), "utf8")).toBe("new");
  });

  it("says which folder is missing, and that a folder is no file", async () => {
    const folder = await temporaryFolder();
    const [lost, taken] = [join(folder, "no", "a"), join(folder, "b")];
    await mkdir(taken);
    for (const write of [(path: string) => writeFileAtomically(path, "x"), checkFilePath]) {
      await expect(write(lost)).rejects.toThrow(
        new UserError(
          `${lost} cannot be written: the folder ${join(folder, "no")} does not exist`,
          "not-found",
        ),
      );
      await expect(write(taken)).rejects.toThrow(
        new UserError(`${taken} is a folder; name a file to write`, "wrong-kind"),
      );
    }
    await expect(checkFilePath(join(taken, "c"))).resolves.toBeUndefined();
  });

  it.runIf(process.platform === "linux")("names the file when the disk is full", async () => {
    await expect(writeFileAtomically("/dev/full", "x")).rejects.toMatchObject({
      code: "ENOSPC",
      path: "/dev/full",
    });
  });
});
