import { spawnSync } from "node:child_process";
import { chmod, mkdir, readdir, readFile, rename, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { explainSystemError } from "./systemError.ts";

/** The sentence for the error that work ends with. */
const reason = (work: Promise<unknown>) =>
  work.then(() => "no error", explainSystemError) as Promise<string | undefined>;

const isRoot = process.getuid?.() === 0;
const canMount =
  isRoot &&
  process.platform === "linux" &&
  (() => {
    const tried = spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]);
    return tried.status === 0;
  })();

describe("a system error names the file that is to blame", () => {
  it("a missing file", async () => {
    expect(await reason(readFile("no.png"))).toBe("no.png does not exist");
  });

  it("a name with control characters, which are shown and not obeyed", async () => {
    expect(await reason(readFile("a\u001b[2J.png"))).toBe("a\\x1b[2J.png does not exist");
  });

  it("a way through a file", async () => {
    const file = join(await temporaryFolder(), "file");
    await writeFile(file, "");
    expect(await reason(mkdir(join(file, "a", "b"), { recursive: true }))).toBe(
      `${join(file, "a", "b")} cannot be used: ${file} is a file, not a folder`,
    );
    expect(await reason(readdir(file))).toBe(`${file} is a file where a folder is expected`);
  });

  it("the target of a renaming", async () => {
    const folder = await temporaryFolder();
    const [file, taken] = [join(folder, "file"), join(folder, "taken")];
    await writeFile(file, "");
    await mkdir(taken);
    expect(await reason(rename(file, taken))).toBe(`${taken} is a folder where a file is expected`);
  });

  it("a link to itself, and a name that is too long", async () => {
    const folder = await temporaryFolder();
    const link = join(folder, "link");
    await symlink("link", link);
    expect(await reason(readFile(link))).toBe(`${link} is a link that leads back to itself`);
    const long = join(folder, "n".repeat(300));
    expect(await reason(writeFile(long, ""))).toBe(`${long} is too long a name for this disk`);
  });

  it.skipIf(isRoot)(
    isRoot ? "skipped: root may do everything" : "a folder that must not be written into",
    async () => {
      const folder = await temporaryFolder();
      await chmod(folder, 0o500);
      const file = join(folder, "a");
      expect(await reason(writeFile(file, ""))).toBe(
        `no permission to use ${file}: the folder ${folder} does not allow it`,
      );
    },
  );

  it.skipIf(!canMount)(
    canMount ? "a read-only disk" : "skipped: a read-only disk needs root to mount",
    async () => {
      const folder = await temporaryFolder();
      const mount = (...words: string[]) => expect(spawnSync("mount", words).status).toBe(0);
      mount("-t", "tmpfs", "-o", "size=64k,ro", "tmpfs", folder);
      onTestFinished(() => void spawnSync("umount", [folder]));
      for (const path of [join(folder, "new"), join(folder, "new", "deep")]) {
        expect(await reason(mkdir(path, { recursive: true }))).toBe(
          `${join(folder, "new")} is on a read-only disk`,
        );
      }
      const file = join(folder, "a");
      expect(await reason(writeFile(file, ""))).toBe(`${file} is on a read-only disk`);
    },
  );

  it.runIf(process.platform === "linux")("a full disk", async () => {
    expect(await reason(writeFile("/dev/full", "x"))).toMatch(
      /^the disk is full: a file could not/,
    );
  });

  it("too many open files", () => {
    const error = Object.assign(new Error("EMFILE"), { code: "EMFILE", path: "a.png" });
    expect(explainSystemError(error)).toMatch(/^too many files are open at once, so a\.png/);
  });
});

it("arrays that no memory can hold are explained, a wrong length is not", () => {
  const explained = (length: number) => {
    try {
      return String(new Float32Array(length).length);
    } catch (error) {
      return explainSystemError(error);
    }
  };
  expect(explained(6e18)).toMatch(/^there is not enough memory/);
  expect(explained(2 ** 52)).toMatch(/^there is not enough memory/);
  expect(explained(-1)).toBeUndefined();
});

it("other errors are not explained", () => {
  expect(explainSystemError(new TypeError("x is undefined"))).toBeUndefined();
  expect(explainSystemError(Object.assign(new Error(), { code: "toString" }))).toBeUndefined();
  expect(explainSystemError("text")).toBeUndefined();
});
