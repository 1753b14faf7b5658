import { execFileSync } from "node:child_process";
import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { UserError } from "../../errors/userError.ts";
import { readWholeFile, streamFile } from "./readWholeFile.ts";

async function streamed(path: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of streamFile(path)) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe.each([
  ["readWholeFile", readWholeFile],
  ["streamFile", streamed],
] as const)("%s", (_, read) => {
  it("reads a file, through a link too", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "a"), "ab");
    await symlink("a", join(folder, "link"));
    expect((await read(join(folder, "a"))).toString()).toBe("ab");
    expect((await read(join(folder, "link"))).toString()).toBe("ab");
  });

  it("refuses what is missing and what is a folder, by name", async () => {
    const folder = await temporaryFolder();
    const missing = join(folder, "no");
    await expect(read(missing)).rejects.toThrow(
      new UserError(`${missing} does not exist`, "not-found"),
    );
    await expect(read(folder)).rejects.toThrow(
      new UserError(`${folder} is a folder where a file is expected`, "wrong-kind"),
    );
  });

  it.skipIf(process.platform === "win32")("never opens a pipe or a device", async () => {
    const pipe = join(await temporaryFolder(), "p");
    execFileSync("mkfifo", [pipe]);
    await expect(read(pipe)).rejects.toThrow(`${pipe} is a named pipe where a file is expected`);
    await expect(read("/dev/zero")).rejects.toThrow(
      "/dev/zero is a device where a file is expected",
    );
  });
});
