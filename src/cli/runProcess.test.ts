import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../../test/temporaryFolder.ts";

/** A program with commands that work until they are stopped; `train` then saves to the file `saved`. */
const program = `
  import { writeFile } from "node:fs/promises";
  import { setTimeout } from "node:timers/promises";
  import { runProcess } from ${JSON.stringify(new URL("runProcess.ts", import.meta.url).href)};
  const command = (run) => ({
    summary: "x",
    load: async () => ({ options: {}, positionals: { saved: "file" }, examples: ["x"], run }),
  });
  const work = async (io, until) => {
    for (let step = 1; !until(); step++) {
      io.log(\`step \${step}\`);
      await setTimeout(10);
    }
  };
  await runProcess({
    train: command(async ({ saved }, io) => {
      await work(io, () => io.signal.aborted);
      io.log("saving");
      await setTimeout(100);
      await writeFile(saved, "state");
      io.print("done");
      return {};
    }),
    endless: command(async (_, io) => {
      await work(io, () => false);
      return {};
    }),
    print: command(async (_, io) => {
      for (let line = 0; line < 20_000; line++) io.print("one of many lines");
      return {};
    }),
  }, {});
`;

/** Starts one of the commands. `saved` reads what it saved, `says` waits for new text on standard error. */
async function start(command: string, stdout: "pipe" | number = "pipe") {
  const folder = await temporaryFolder();
  const [main, path] = [join(folder, "main.mjs"), join(folder, "saved")];
  await writeFile(main, program);
  const child = spawn(process.execPath, [main, command, path], {
    stdio: ["ignore", stdout, "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let unread = "";
  child.stderr!.on("data", (chunk) => {
    unread += chunk; // a pipe
  });
  const ended = once(child, "exit").then(([code]) => code as number | null);
  return {
    ...{ child, ended },
    saved: () => readFile(path, "utf8").catch(() => "nothing"),
    async says(text: string): Promise<void> {
      while (!unread.includes(text)) {
        await Promise.race([once(child.stderr!, "data"), ended]); // a pipe
        if (child.exitCode !== null && !unread.includes(text)) throw new Error(unread);
      }
      unread = "";
    },
  };
}

describe("a command saves and ends with code 130", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("on %s", async (signal) => {
    const { child, ended, saved, says } = await start("train");
    await says("step 2");
    child.kill(signal);
    expect([await ended, await saved()]).toEqual([130, "state"]);
  });

  it("on SIGHUP that comes twice, as shells send it", async () => {
    const { child, ended, saved, says } = await start("train");
    await says("step 2");
    child.kill("SIGHUP");
    await says("saving");
    child.kill("SIGHUP");
    expect([await ended, await saved()]).toEqual([130, "state"]);
  });

  it("when the reader of standard error goes away", async () => {
    const { child, ended, saved, says } = await start("train");
    await says("step 2");
    child.stderr!.destroy(); // a pipe
    expect([await ended, await saved()]).toEqual([130, "state"]);
  });
});

describe("a command", () => {
  it("ends at once on the second Ctrl-C", async () => {
    const { child, ended, says } = await start("endless");
    await says("step 2");
    child.kill("SIGINT");
    await says("press Ctrl-C again");
    await says("step");
    expect(child.exitCode).toBeNull();
    child.kill("SIGINT");
    expect(await ended).toBe(130);
  });

  it("is done, with code 0, when the reader of standard output has seen enough", async () => {
    const { child, ended } = await start("print");
    await once(child.stdout!, "data"); // a pipe
    child.stdout!.destroy();
    expect(await ended).toBe(0);
  });

  it("saves when the reader of standard output goes away, and is not stopped", async () => {
    const { child, ended, saved, says } = await start("train");
    await says("step 2");
    child.stdout!.destroy(); // a pipe
    await says("step");
    child.kill("SIGTERM");
    expect([await ended, await saved()]).toEqual([130, "state"]);
  });

  it.runIf(process.platform === "linux")("fails where its output cannot be written", async () => {
    const { ended, says } = await start("print", openSync("/dev/full", "w"));
    await says("the disk is full: standard output could not be written");
    expect(await ended).toBe(2);
  });
});
