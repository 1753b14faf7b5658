import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const node = (...args: string[]) => promisify(execFile)(process.execPath, [main, ...args]);

it("runs as a program: help is 0, an unknown command is 2 and stays off standard output", async () => {
  expect((await node("--help")).stdout).toContain("Usage: ondelette <command>");
  await expect(node("imgae")).rejects.toMatchObject({
    code: 2,
    stdout: "",
    stderr: expect.stringMatching(/^ondelette: there is no command “imgae”; .*\n$/),
  });
});
