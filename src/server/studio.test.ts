import { spawn } from "node:child_process";
import { once } from "node:events";
import { chown, readdir, readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Change, Everything, Job } from "./api.ts";
import { ask, listen, soon, testServer, toyRun, writeFiles } from "./testing.ts";

type Server = Awaited<ReturnType<typeof testServer>>["server"];

const start = (server: Server, name: string, ...words: string[]) =>
  ask(server, "/api/start", { body: { command: "toy train", values: { name, ...words } } });
const stop = (server: Server, run: string) => ask(server, "/api/stop", { body: { run } });
const logOf = async (server: Server, run: string): Promise<string> =>
  JSON.parse((await ask(server, `/api/log?run=${run}`)).text).text;

async function jobOf(server: Server, run: string): Promise<Job | undefined> {
  const { events, close } = await listen(server);
  await soon(() => events.length).toBeGreaterThan(0);
  close();
  return (events[0]!.data as Everything).jobs.find((job) => job.run === run);
}

test("every answer forbids foreign frames, scripts and guesses; files with a digest in their name are kept", async () => {
  const { server } = await testServer();
  const index = await ask(server, "/", { headers: { authorization: "" } });
  expect(index.status).toBe(200);
  expect(index.text).toContain("<html data-server lang=");
  expect(index.headers["cache-control"]).toBe("no-cache");
  const script = await ask(server, "/assets/main-1a2b3c4d.js", { headers: { authorization: "" } });
  expect(script.headers["content-type"]).toMatch(/^text\/javascript/);
  expect(script.headers["cache-control"]).toMatch(/immutable/);
  const refused = await ask(server, "/api/forms", { headers: { authorization: "" } });
  for (const { headers } of [index, script, refused, await ask(server, "/nothing")]) {
    expect(headers).toMatchObject({
      "content-security-policy": expect.stringMatching(
        /default-src 'none'.*frame-ancestors 'none'/,
      ),
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    });
  }
  expect(refused.headers["cache-control"]).toBe("no-store");
});

test("the address has the token where no request and no log has it", async () => {
  const { server } = await testServer();
  const { hash, pathname, search, hostname } = new URL(server.address);
  expect([hostname, pathname, search]).toEqual(["127.0.0.1", "/", ""]);
  expect(hash).toBe(`#/runs?token=${server.token}`);
});

describe("events", () => {
  test("begin with everything and go on with what changes", async () => {
    const { server, root } = await testServer();
    await writeFiles(join(root, "a"), toyRun(5));
    const { events } = await listen(server);
    await soon(() => events.length).toBe(1);
    expect(events[0]).toMatchObject({
      name: "everything",
      data: { folder: "runs", jobs: [], runs: [{ name: "a", state: "finished" }] },
    });
    await writeFiles(join(root, "b"), toyRun(5));
    await soon(() => events.length).toBe(2);
    expect(events[1]).toMatchObject({ name: "change", data: { runs: [{ name: "b" }] } });
  });

  test("end with the server", async () => {
    const { server } = await testServer();
    const stream = await listen(server);
    await soon(() => stream.events.length).toBe(1);
    await server.close();
    await soon(() => stream.ended).toBe(true);
  });
});

describe("a process", () => {
  test("is started with the words of the form, logged, told of, and interrupted once", async () => {
    const { server } = await testServer();
    const { events } = await listen(server);
    expect((await start(server, "a", "--odd; rm", "$(x)")).text).toBe('{"run":"a"}');
    await soon(() => logOf(server, "a")).toContain("working");
    expect(await logOf(server, "a")).toMatch(/^\["train","--odd; rm","\$\(x\)"\]\n/);
    expect(await start(server, "a")).toMatchObject({ status: 409 });

    for (const _ of [1, 2, 3]) expect((await stop(server, "a")).status).toBe(200);
    await soon(async () => (await jobOf(server, "a"))?.state).toBe("stopped");
    expect(await logOf(server, "a")).toMatch(/saved\n$/);
    const states = events
      .flatMap(({ data }) => (data as Change).jobs ?? [])
      .map(({ state }) => state);
    expect(new Set(states)).toEqual(new Set(["running", "stopping", "stopped"]));
    expect(await stop(server, "a")).toMatchObject({ status: 404 });
  });

  test("that fails says why", async () => {
    const { server } = await testServer();
    await start(server, "a", "fail");
    await expect
      .poll(() => jobOf(server, "a"))
      .toMatchObject({
        state: "failed",
        message: "ondelette: it cannot be done",
        ended: expect.any(Number),
      });
  });

  test("is one of a limited number", async () => {
    const { server } = await testServer({ jobs: 1 });
    await start(server, "a");
    const { status, text } = await start(server, "b");
    expect([status, text]).toEqual([400, expect.stringMatching(/1 processes are at work/)]);
  });

  test("is interrupted and waited for when the server ends", async () => {
    const { server } = await testServer();
    await start(server, "a");
    await soon(() => logOf(server, "a")).toContain("working");
    const { events } = await listen(server);
    await soon(() => events.length).toBe(1);
    await server.close();
    const last = () => events.flatMap(({ data }) => (data as Change).jobs ?? []).at(-1);
    await soon(last).toMatchObject({ run: "a", state: "stopped", message: "saved" });
  });
});

test("a run is resumed where it lies, and not while it is trained", async () => {
  const { server, root } = await testServer();
  await writeFiles(join(root, "a b"), toyRun(5));
  const resume = () => ask(server, "/api/resume", { body: { run: "a b", values: {} } });
  expect(await resume()).toMatchObject({ status: 200 });
  await soon(() => logOf(server, "a%20b")).toContain("working");
  expect(await logOf(server, "a%20b")).toContain(JSON.stringify(["resume", join(root, "a b")]));
  expect(await resume()).toMatchObject({ status: 409 });
});

test("a training that nobody here started is not stopped where its lock does not say that it saves", async () => {
  const { server, root } = await testServer();
  // This process holds the lock, and has no way to stop.
  const lock = { pid: process.pid, host: hostname() };
  for (const more of [{}, { interruptible: true }, { interruptible: true, started: "1" }]) {
    await writeFiles(join(root, "a"), {
      ...toyRun(5),
      ".lock": JSON.stringify({ ...lock, ...more }),
    });
    const { status, text } = await stop(server, "a");
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).toMatch(/cannot be interrupted from here|nothing trains a/);
  }
});

describe.skipIf(process.platform !== "linux")("a process that a lock names", () => {
  /** A run whose lock names a process truly. */
  async function held(file: string, words: readonly string[]) {
    const { server, root } = await testServer();
    const child = spawn(file, words, { stdio: ["ignore", "pipe", "ignore"] });
    onTestFinished(() => void child.kill("SIGKILL"));
    let ended = false;
    child.on("exit", () => {
      ended = true;
    });
    if (file === process.execPath) await once(child.stdout, "data");
    const stat = await readFile(`/proc/${child.pid}/stat`, "utf8");
    const started = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    const lock = { pid: child.pid, host: hostname(), started, interruptible: true };
    await writeFiles(join(root, "a"), { ...toyRun(5), ".lock": JSON.stringify(lock) });
    return { server, lock: join(root, "a/.lock"), hasEnded: () => ended };
  }
  const listener =
    'process.on("SIGINT", () => process.exit(0)); setInterval(() => {}, 1e3); console.log(1)';

  test("is interrupted where it runs on Node", async () => {
    const { server, hasEnded } = await held(process.execPath, ["-e", listener]);
    expect(await stop(server, "a")).toMatchObject({ status: 200 });
    await soon(hasEnded).toBe(true);
  });

  test("is left alone where it is another program", async () => {
    const { server, hasEnded } = await held("sleep", ["300"]);
    expect(await stop(server, "a")).toMatchObject({
      status: 403,
      text: expect.stringMatching(/cannot be interrupted from here/),
    });
    expect(hasEnded()).toBe(false);
  });

  test.skipIf(process.getuid?.() !== 0)(
    "is left alone where another user wrote the lock (shown by root alone)",
    async () => {
      const { server, lock, hasEnded } = await held(process.execPath, ["-e", listener]);
      await chown(lock, 12345, 12345);
      expect(await stop(server, "a")).toMatchObject({ status: 403 });
      expect(hasEnded()).toBe(false);
    },
  );
});

describe("downloads", () => {
  test("are the weights, named after the run", async () => {
    const { server, root } = await testServer();
    await writeFiles(join(root, "deep/é a"), toyRun(5));
    const ways = () => ask(server, `/api/weights?run=${encodeURIComponent("deep/é a")}`);
    expect(await ways()).toMatchObject({
      status: 404,
      text: expect.stringMatching(/no checkpoint/),
    });
    await writeFiles(join(root, "deep/é a"), { "checkpoint/latest.safetensors": "weights" });
    const { status, text, headers } = await ways();
    expect([status, text]).toEqual([200, "weights"]);
    expect(headers["content-disposition"]).toBe(
      "attachment; filename*=UTF-8''%C3%A9%20a.safetensors",
    );
  });

  test("are the file of a field that was solved, and has no checkpoint", async () => {
    const { server, root } = await testServer();
    await writeFiles(join(root, "solved"), { ...toyRun(5), "field.ondl": "coefficients" });
    const { status, text, headers } = await ask(server, "/api/weights?run=solved");
    expect([status, text]).toEqual([200, "coefficients"]);
    expect(headers["content-disposition"]).toContain("solved.ondl");
  });

  test("are the model as ONNX, written by a process of its own that leaves nothing behind", async () => {
    const { server, root, base } = await testServer();
    await writeFiles(join(root, "a"), toyRun(5));
    const before = await readdir(base, { recursive: true });
    const [one, two] = await Promise.all([
      ask(server, "/api/onnx?run=a"),
      ask(server, "/api/onnx?run=a"),
    ]);
    expect([one.status, one.text, two.text]).toEqual([200, "an ONNX file", "an ONNX file"]);
    expect(await readdir(base, { recursive: true })).toEqual(before);
  });
});

test("an export that does not end is ended, and holds up no other for long", async () => {
  const { server, root } = await testServer({ export: 1500 });
  for (const run of ["endless", "a"]) await writeFiles(join(root, run), toyRun(5));
  const endless = ask(server, "/api/onnx?run=endless");
  const next = ask(server, "/api/onnx?run=a");
  expect(await endless).toMatchObject({
    status: 400,
    text: expect.stringMatching(/it took more than 1.5 seconds/),
  });
  expect(await next).toMatchObject({ status: 200, text: "an ONNX file" });
});

test("a folder without a page is said with the command that builds it", async () => {
  const { openPageFiles } = await import("./pageFiles.ts");
  await expect(openPageFiles("/nowhere")).rejects.toMatchObject({
    code: "not-found",
    message: expect.stringMatching(/not built .* npm run build builds it/),
  });
});
