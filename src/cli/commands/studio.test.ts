import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import type { Run } from "../../server/api.ts";
import { ask, listen, soon } from "../../server/testing.ts";
import { ondelette } from "../testing.ts";
import { sentenceOf } from "./testing.ts";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));
const page = fileURLToPath(new URL("../../../dist/studio/index.html", import.meta.url));

/** The command line as a process, in a folder of its own. */
function start(folder: string, ...words: string[]) {
  const child = spawn(process.execPath, [main, ...words], { cwd: folder });
  const printed = { out: "", err: "" };
  child.stdout.on("data", (data) => {
    printed.out += data;
  });
  child.stderr.on("data", (data) => {
    printed.err += data;
  });
  const ended = once(child, "close");
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  return { child, printed, ended };
}

const classify = (out: string) => [
  ...[
    "sequence",
    "classify",
    "--out",
    out,
    "--layers",
    "1",
    "--width",
    "8",
    "--heads",
    "2",
    "--batch",
    "4",
  ],
  ...["--threads", "1", "--valid", "8", "--min-length", "4", "--max-length", "9", "--minutes", "5"],
];

describe.skipIf(!existsSync(page))("ondelette studio (skipped where the page is not built)", () => {
  test("trains, stops and resumes a run of its own and one of a terminal, and ends with what it trains saved", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "runs"));
    const studio = start(folder, "studio", "--port", "0");
    await soon(() => studio.printed.out).toMatch(/\n$/);
    const { port: text, hash } = new URL(studio.printed.out.trim());
    const server = { port: Number(text), token: hash.split("token=")[1]! };
    const { events } = await listen(server);
    const runs = (): Map<string, Run> => {
      const all = events.flatMap(({ data }) => (data as { runs?: readonly Run[] }).runs ?? []);
      return new Map(all.map((run) => [run.name, run]));
    };
    const stateOf = (name: string) => runs().get(name)?.state;

    const terminal = start(folder, ...classify("runs/terminal"));
    const values = {
      ...{ out: "page", layers: 1, width: 8, heads: 2, batch: 4, threads: 1, valid: 8 },
      ...{ minLength: 4, maxLength: 9, minutes: 5 },
    };
    const body = { command: "sequence classify", values };
    expect(await ask(server, "/api/start", { body })).toMatchObject({ status: 200 });
    for (const name of ["terminal", "page"]) {
      await soon(() => runs().get(name)?.step ?? 0).toBeGreaterThan(20);
      expect(runs().get(name)).toMatchObject({ state: "running", kind: "classifier" });
    }

    expect(await ask(server, "/api/stop", { body: { run: "terminal" } })).toMatchObject({
      status: process.platform === "linux" ? 200 : 403,
    });
    if (process.platform === "linux") {
      expect(await terminal.ended).toEqual([130, null]);
      await soon(() => stateOf("terminal")).toBe("stopped");
    }
    await ask(server, "/api/stop", { body: { run: "page" } });
    await soon(() => stateOf("page")).toBe("stopped");
    const { step } = runs().get("page")!;
    const resumed = { body: { run: "page", values: {} } };
    expect(await ask(server, "/api/resume", resumed)).toMatchObject({ status: 200 });
    await soon(() => runs().get("page")?.step).toBeGreaterThan(step);
    expect(stateOf("page")).toBe("running");

    studio.child.kill("SIGINT");
    expect(await studio.ended).toEqual([130, null]);
    const { out } = await ondelette("runs", join(folder, "runs"));
    expect(out).toMatch(/page +classifier .* stopped/);
  });
});

test("a folder that does not exist is said, and so is a file in its place", async () => {
  const folder = await temporaryFolder();
  const missing = join(folder, "none");
  expect(sentenceOf(await ondelette("studio", missing))).toBe(`${missing} does not exist`);
  await writeFile(join(folder, "file"), "");
  expect(sentenceOf(await ondelette("studio", join(folder, "file")))).toBe(
    `${join(folder, "file")} is not a folder`,
  );
});
