import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { ondelette } from "../testing.ts";

const run = promisify(execFile);
const has = (shell: string) => spawnSync(shell, ["--version"]).status === 0;
const scriptFor = async (shell: string) => (await ondelette("completion", shell)).out;

describe.skipIf(!has("bash"))(
  has("bash") ? "completion in bash" : "skipped: there is no bash",
  () => {
    /** What bash offers for the last of some words. */
    async function offered(...words: string[]): Promise<string[]> {
      const ask = `eval "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _ondelette; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const { stdout } = await run("bash", [
        ...["-uc", ask, "bash", await scriptFor("bash")],
        ...["ondelette", ...words],
      ]);
      return stdout.split("\n").filter(Boolean);
    }

    it("offers the first and the second word of commands", async () => {
      expect(await offered("im")).toEqual(["image"]);
      expect(await offered("")).toEqual(expect.arrayContaining(["image", "demo", "help"]));
      expect(await offered("image", "e")).toEqual(["encode", "eval"]);
      expect(await offered("help", "sequence", "cl")).toEqual(["classify"]);
    });

    it("offers the options of a command, and the words of a choice", async () => {
      expect(await offered("image", "sample", "--t")).toEqual([
        "--tokens",
        "--threads",
        "--temperature",
        "--temperature-shape",
        "--temperature-detail",
        "--top-p",
        "--top-p-shape",
        "--top-p-detail",
        "--top-k",
        "--text-encoder",
        "--tokenizer",
      ]);
      expect(await offered("image", "encode", "a.png", "--color", "")).toEqual(["gray", "ycbcr"]);
      expect(await offered("demo", "--mi")).toEqual(["--minutes"]);
    });

    it("leaves paths to the shell", async () => {
      expect(await offered("image", "encode", "pho")).toEqual([]);
      expect(await offered("image", "encode", "-o", "")).toEqual([]);
    });
  },
);

describe.each(["zsh", "fish"])("completion in %s", (shell) => {
  it.skipIf(!has(shell))(
    has(shell) ? "is a script that the shell can parse" : `skipped: there is no ${shell}`,
    async () => {
      await run(shell, ["-n", "-c", await scriptFor(shell)]);
    },
  );

  it("names every command and its options", async () => {
    const script = await scriptFor(shell);
    expect(script).toContain("top-p");
    expect(script).toContain("print a script that completes commands in bash, zsh or fish");
  });
});

it("another shell is a mistake", async () => {
  expect(await ondelette("completion", "tcsh")).toMatchObject({
    code: 2,
    err: expect.stringContaining("there is no completion for “tcsh”"),
  });
});
