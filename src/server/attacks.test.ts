import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { ask, soon, testServer, toyRun, writeFiles } from "./testing.ts";

const routes: readonly (readonly [string, object?])[] = [
  ["/api/events"],
  ["/api/forms"],
  ["/api/run?run=a"],
  ["/api/file?run=a&file=config.json"],
  ["/api/weights?run=a"],
  ["/api/onnx?run=a"],
  ["/api/log?run=a"],
  ["/api/curves", { runs: ["a"], metric: "loss" }],
  ["/api/start", { command: "toy train", values: { name: "b" } }],
  ["/api/resume", { run: "a", values: {} }],
  ["/api/stop", { run: "a" }],
];
const sent = (body: object | undefined) => (body === undefined ? {} : { body });

describe("a request", () => {
  test("to a foreign name, as after DNS rebinding, is refused for every path", async () => {
    const { server, root } = await testServer();
    const { port } = server;
    await writeFiles(join(root, "a"), toyRun(3));
    const hosts = ["evil.example", `evil.example:${port}`, "127.0.0.1", `127.0.0.1:${port + 1}`];
    for (const host of [...hosts, `[::1]:${port}`, `127.0.0.1.evil.example:${port}`]) {
      for (const [path, body] of [["/"], ["/assets/main-1a2b3c4d.js"], ...routes] as const) {
        const { status, text } = await ask(server, path, { ...sent(body), headers: { host } });
        expect([host, path, status]).toEqual([host, path, 403]);
        expect(text).toContain("127.0.0.1 and localhost alone");
      }
    }
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
      expect((await ask(server, "/api/run?run=a", { headers: { host } })).status).toBe(200);
    }
    const none = await raw(port, "GET /api/forms HTTP/1.0\r\n\r\n");
    expect(none).toMatch(/^HTTP\/1.1 400 /);
  });

  test("from a foreign page is refused for every path", async () => {
    const { server, root } = await testServer();
    const { port } = server;
    await writeFiles(join(root, "a"), toyRun(3));
    const foreign = [
      "http://evil.example",
      "null",
      `https://127.0.0.1:${port}`,
      "http://127.0.0.1",
    ];
    for (const origin of [...foreign, `http://127.0.0.1:${port}.evil.example`]) {
      for (const [path, body] of [["/"], ...routes] as const) {
        const { status } = await ask(server, path, { ...sent(body), headers: { origin } });
        expect([origin, path, status]).toEqual([origin, path, 403]);
      }
    }
    // A browser asks before it sends a header of another page's.
    const headers = { origin: "http://evil.example", "access-control-request-method": "POST" };
    const asked = await ask(server, "/api/start", { method: "OPTIONS", headers });
    expect(asked.headers["access-control-allow-origin"]).toBeUndefined();
    const own = { origin: `http://localhost:${port}` };
    expect((await ask(server, "/api/run?run=a", { headers: own })).status).toBe(200);
  });

  test("without the token is refused for every path of the API", async () => {
    const { server, root } = await testServer();
    const { token } = server;
    await writeFiles(join(root, "a"), toyRun(3));
    expect(token).toMatch(/^[\w-]{43}$/);
    const wrong = ["", "Bearer", "Bearer ", `Bearer ${token.slice(1)}`, `Bearer ${token}x`];
    for (const authorization of [...wrong, `Basic ${token}`, token, `bearer ${token}`]) {
      for (const [path, body] of routes) {
        const { status } = await ask(server, path, { ...sent(body), headers: { authorization } });
        expect([authorization, path, status]).toEqual([authorization, path, 401]);
      }
    }
    const inAddress = await ask(server, `/api/run?run=a&token=${token}`, {
      headers: { authorization: "" },
    });
    expect(inAddress.status).toBe(401);
    expect(await readdir(root)).toEqual(["a"]);
  });
});

describe("a path that leads out of the folder", () => {
  const ways = [
    ...["..", "../runs/a", "../secret.txt", "a/..", "a/../../secret.txt", "./a", "a/", "/a", "a//"],
    ...["%2e%2e", "%2e%2e%2fsecret.txt", "%252e%252e%252fsecret.txt", "..%c0%afsecret.txt"],
    ...["..\\secret.txt", "a\\..\\..\\secret.txt", "C:\\secret.txt", "//host/share", "a\0", "~"],
    ...["/etc/passwd", "file:///etc/passwd", "constructor", "__proto__"],
  ];

  test("is no run", async () => {
    const { server, root, failures } = await testServer();
    await writeFiles(join(root, "a"), toyRun(3));
    for (const way of ways) {
      for (const name of [encodeURIComponent(way), way.includes("\0") ? "%00" : way]) {
        const { status } = await ask(server, `/api/run?run=${name.replace(/[ #]/g, "")}`);
        expect([way, status]).toEqual([way, 404]);
      }
      for (const path of ["/api/stop", "/api/resume"] as const) {
        const { status } = await ask(server, path, { body: { run: way, values: {} } });
        expect([way, path, status]).toEqual([way, path, 404]);
      }
      const curves = await ask(server, "/api/curves", { body: { runs: [way], metric: "loss" } });
      expect([way, curves.status, curves.text]).toEqual([way, 200, "[]"]);
    }
    expect(failures).toEqual([]);
  });

  test("is no file of a run", async () => {
    const { server, root } = await testServer();
    await writeFiles(join(root, "a"), { ...toyRun(3), ".hidden.json": "{}", "notes.secret": "" });
    const files = [...ways, "../../secret.txt", "samples/../../../secret.txt", ".hidden.json"];
    for (const file of [...files, "notes.secret", ".lock", "", "samples"]) {
      const { status } = await ask(server, `/api/file?run=a&file=${encodeURIComponent(file)}`);
      expect([file, status]).toEqual([file, 404]);
    }
    expect((await ask(server, "/api/file?run=a&file=config.json")).status).toBe(200);
  });

  test("is no file of the page", async () => {
    const { server } = await testServer();
    const paths = [
      "/../secret.txt",
      "/%2e%2e/secret.txt",
      "/..%2fsecret.txt",
      "/assets/../../secret.txt",
    ];
    const more = ["/assets/..%5c..%5csecret.txt", "/%252e%252e%252fsecret.txt", "/..\\secret.txt"];
    for (const path of [...paths, ...more, "//etc/passwd", "/%00", "/%", "/%ff"]) {
      const { status, text } = await ask(server, path);
      expect([path, Math.floor(status / 100)]).toEqual([path, 4]);
      expect(text).not.toContain("a secret");
    }
  });

  test("is no place for a new run", async () => {
    const { server, root, base } = await testServer();
    await symlink(base, join(root, "out"));
    const names = [
      "out/run",
      "-x",
      "--out",
      ".hidden",
      "a/.git",
      "a b/",
      "x\ny",
      "ü/../..",
      "a".repeat(200),
    ];
    for (const name of [
      ...ways.filter((way) => way !== "constructor"),
      ...names,
      "$(id)",
      "a;b",
      "a|b",
      "'",
      '"',
      "*",
    ]) {
      const { status } = await ask(server, "/api/start", {
        body: { command: "toy train", values: { name } },
      });
      expect([name, Math.floor(status / 100)]).toEqual([name, 4]);
    }
    expect((await readdir(base)).toSorted()).toEqual(["main.cjs", "page", "runs", "secret.txt"]);
  });
});

describe("a link that leads out of the folder", () => {
  test("is not followed, to folders and to files", async () => {
    const { server, root, base } = await testServer();
    await writeFiles(join(base, "elsewhere"), { ...toyRun(3), "samples/step-1.png": "private" });
    await writeFiles(join(root, "a"), toyRun(3));
    await writeFiles(join(root, "b"), { "metrics.jsonl": "" });
    await writeFiles(join(root, "c"), toyRun(3));
    await symlink(join(base, "elsewhere"), join(root, "linked"));
    await symlink(join(base, "elsewhere/config.json"), join(root, "b/config.json"));
    await symlink(join(base, "elsewhere/samples"), join(root, "a/samples"));
    await symlink(join(base, "elsewhere/samples"), join(root, "a/checkpoint"));
    await symlink(join(base, "secret.txt"), join(root, "a/notes.txt"));
    await writeFile(join(root, "c/metrics.jsonl"), "");
    await writeFiles(join(root, "d"), { "config.json": toyRun(3)["config.json"] });
    await symlink(join(base, "elsewhere/metrics.jsonl"), join(root, "d/metrics.jsonl"));

    expect((await ask(server, "/api/run?run=linked")).status).toBe(404);
    const b = await ask(server, "/api/run?run=b");
    expect(b.text).not.toContain("toy");
    for (const file of ["samples/step-1.png", "notes.txt", "checkpoint/step-1.png"]) {
      const { status, text } = await ask(server, `/api/file?run=a&file=${file}`);
      expect([file, status, text.includes("private")]).toEqual([file, 404, false]);
    }
    expect((await ask(server, "/api/weights?run=a")).status).toBe(404);
    const curves = await ask(server, "/api/curves", { body: { runs: ["d"], metric: "loss" } });
    expect(JSON.parse(curves.text)[0].training.value).toEqual([]);
  });
});

describe("too much of something", () => {
  test("a body of 1 GB is refused when it is announced, and while it comes", async () => {
    const { server } = await testServer();
    const before = process.memoryUsage().rss;
    const head = (more: string) =>
      `POST /api/start HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAuthorization: Bearer ${server.token}\r\n` +
      `Content-Type: application/json\r\n${more}\r\n\r\n`;
    const piece = Buffer.alloc(1 << 20, 0x20);
    for (const more of ["Content-Length: 1073741824", "Transfer-Encoding: chunked"]) {
      const chunked = more.startsWith("Transfer");
      const { answer, bytes } = await pour(server.port, head(more), (write) => {
        if (chunked) write(`${piece.length.toString(16)}\r\n`);
        write(piece);
        if (chunked) write("\r\n");
      });
      expect(answer).toMatch(/^HTTP\/1.1 413 /);
      expect(bytes).toBeLessThan(200e6);
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(150e6);
    expect((await ask(server, "/api/forms")).status).toBe(200);
  });

  test("of 200 connections the limit is held, and afterwards all is well", async () => {
    const { server } = await testServer({ connections: 64 });
    const sockets = Array.from({ length: 200 }, () => connect(server.port, "127.0.0.1"));
    onTestFinished(() => sockets.forEach((socket) => void socket.destroy()));
    const closed = sockets.map(
      (socket) => new Promise((resolve) => socket.on("error", resolve).on("close", resolve)),
    );
    await soon(() => sockets.filter(({ destroyed }) => destroyed).length).toBe(136);
    for (const socket of sockets) socket.destroy();
    await Promise.all(closed);
    await expect
      .poll(async () => (await ask(server, "/api/forms").catch(() => undefined))?.status)
      .toBe(200);
  });

  test("headers and bodies that never end are given up", async () => {
    const { server } = await testServer({ headers: 300, request: 600, idle: 5000 });
    const begun = performance.now();
    const head = `POST /api/stop HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n`;
    const slowHead = slowly(server.port, head, "X-Slow: 1\r\n");
    const slowBody = slowly(
      server.port,
      `${head}Authorization: Bearer ${server.token}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n`,
      " ",
    );
    await Promise.all([slowHead, slowBody]);
    expect(performance.now() - begun).toBeLessThan(5000);
    expect((await ask(server, "/api/forms")).status).toBe(200);
  });

  test("streams of events are limited", async () => {
    const { server } = await testServer({ streams: 2 });
    const head = `GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAuthorization: Bearer ${server.token}\r\n\r\n`;
    const open = [1, 2].map(() => connect(server.port, "127.0.0.1").on("error", () => {}));
    onTestFinished(() => open.forEach((socket) => void socket.destroy()));
    for (const socket of open) {
      socket.write(head);
      await new Promise((resolve) => socket.once("data", resolve));
    }
    expect((await ask(server, "/api/events")).status).toBe(503);
    open[0]!.destroy();
    const again = async () => {
      const socket = connect(server.port, "127.0.0.1");
      socket.write(head);
      const text = await new Promise<string>((resolve) =>
        socket.once("data", (data) => resolve(`${data}`)),
      );
      socket.destroy();
      return text.slice(9, 12);
    };
    await soon(again).toBe("200");
  });
});

test("a body that is no JSON object is refused with a sentence, and nothing is started", async () => {
  const { server, root, failures } = await testServer();
  const bodies = [
    "",
    "{",
    "nonsense",
    "[]",
    "null",
    "3",
    '{"command":1}',
    "{}",
    "\ufeff{",
    '{"a":1}}',
  ];
  for (const text of [...bodies, "[".repeat(50_000), `{"values":${'{"a":'.repeat(5000)}`]) {
    const { status, text: answer } = await ask(server, "/api/start", { text });
    expect([text.slice(0, 20), status]).toEqual([text.slice(0, 20), 400]);
    expect(JSON.parse(answer).error).toMatch(/\w/);
  }
  const plain = { "content-type": "text/plain" };
  expect((await ask(server, "/api/start", { text: "{}", headers: plain })).status).toBe(415);
  const wrong = await ask(server, "/api/curves", { body: { runs: [3], metric: "loss" } });
  expect(wrong.status).toBe(400);
  for (const metric of ["", "a b", '"', "x".repeat(200), 3]) {
    expect((await ask(server, "/api/curves", { body: { runs: [], metric } })).status).toBe(400);
  }
  expect(failures).toEqual([]);
  expect(await readdir(root)).toEqual([]);
});

test("runs with odd names are runs like others", async () => {
  const { server, root } = await testServer();
  const names = [
    ...[
      "with space",
      "quote'\"`",
      "ümläut 語",
      "😀",
      "-dash",
      "--out",
      "percent%2e%2e",
      "a#b?c&d=e+f",
    ],
    ...["new\nline", "<script>alert(1)<", "$(id)", "back\\slash", "constructor", "deep/er/still"],
  ];
  for (const name of names) {
    await writeFiles(join(root, name), { ...toyRun(3), "samples/step-1.png": name });
  }
  const curves = await ask(server, "/api/curves", { body: { runs: names, metric: "loss" } });
  expect(JSON.parse(curves.text).map(({ run }: { run: string }) => run)).toEqual(names);
  for (const name of names) {
    const run = encodeURIComponent(name);
    const { status, text } = await ask(server, `/api/file?run=${run}&file=samples/step-1.png`);
    expect([status, text]).toEqual([200, name]);
    await writeFiles(join(root, name), { "checkpoint/latest.safetensors": "weights" });
    const weights = await ask(server, `/api/weights?run=${run}`);
    expect(weights.text).toBe("weights");
    expect(weights.headers["content-disposition"]).toMatch(
      /^attachment; filename\*=UTF-8''[\w.%-]+$/,
    );
  }
});

test("damaged runs are listed with what is wrong, and nothing waits for them", async () => {
  const { server, root, failures } = await testServer();
  const { "config.json": config, ...sound } = toyRun(30);
  await writeFiles(root, {
    "a/config.json": config.slice(0, 20),
    "b/config.json": config,
    "b/metrics.jsonl": `\0\xff${"x".repeat(3e6)}\n{"step":`,
    "b/result.json": "[[[",
    "c/config.json": '{"kind":{},"format":[],"plan":7,"model":3,"data":[],"options":null}',
    "c/result.json": '{"step":"1"}',
    "d/config.json": "[]",
    "other/config.json": '{"model_type":"gpt2"}',
    "other/inner/config.json": config,
    "empty/config.json": "",
    "nested/config.json": `{"kind":"toy","format":1,"x":${"[".repeat(1e6)}${"]".repeat(1e6)}}`,
  });
  await writeFiles(join(root, "folder/config.json"), { x: "" });
  await writeFiles(join(root, "e"), { "config.json": config, ...sound });
  await writeFiles(join(root, "pipes"), { "config.json": config });
  for (const pipe of ["pipes/.lock", "pipes/metrics.jsonl", "pipes/result.json", "pipes/s.png"]) {
    execFileSync("mkfifo", [join(root, pipe)]);
  }
  await writeFiles(join(root, "piped"), {});
  execFileSync("mkdir", [join(root, "piped")]);
  execFileSync("mkfifo", [join(root, "piped/config.json")]);

  const names = ["a", "b", "c", "e", "empty", "nested", "other/inner", "piped", "pipes"];
  const everything = await firstEvent(server);
  expect(everything.runs.map(({ name }) => name)).toEqual(names);
  const problems = Object.fromEntries(everything.runs.map(({ name, problem }) => [name, problem]));
  expect(problems).toMatchObject({
    a: "a/config.json is damaged: it is not JSON",
    b: "b/result.json is damaged: it is not JSON",
    e: undefined,
    nested: "nested/config.json is damaged: more than 100 values lie within each other",
    piped: "piped/config.json is not a file",
  });
  for (const run of names) {
    expect((await ask(server, `/api/run?run=${encodeURIComponent(run)}`)).status).toBe(200);
    const body = { runs: [run], metric: "loss" };
    expect((await ask(server, "/api/curves", { body })).status).toBe(200);
  }
  const many = {
    runs: Array.from({ length: 40 }, (_, i) => names[i % names.length]),
    metric: "loss",
  };
  expect((await ask(server, "/api/curves", { body: many })).status).toBe(200);
  expect((await ask(server, "/api/file?run=pipes&file=s.png")).status).toBe(404);
  expect(failures).toEqual([]);
});

test("files that go or become links meanwhile are no bugs", async () => {
  const { server, base, failures } = await testServer();
  const script = join(base, "page/assets/main-1a2b3c4d.js");
  await rm(script);
  const gone = await ask(server, "/assets/main-1a2b3c4d.js");
  expect([gone.status, gone.text]).toEqual([
    404,
    '{"error":"/assets/main-1a2b3c4d.js does not exist"}',
  ]);
  await symlink(join(base, "secret.txt"), script);
  const linked = await ask(server, "/assets/main-1a2b3c4d.js");
  expect([linked.status, linked.text]).toEqual([
    403,
    '{"error":"/assets/main-1a2b3c4d.js is a link that is not followed"}',
  ]);
  expect(failures).toEqual([]);
});

test("the runs and a training are unharmed by all of this", async () => {
  const { server, root } = await testServer();
  await writeFiles(join(root, "a"), { ...toyRun(300), "checkpoint/latest.safetensors": "weights" });
  await ask(server, "/api/start", { body: { command: "toy train", values: { name: "b" } } });
  await soon(async () => (await ask(server, "/api/log?run=b")).text).toContain("working");
  const before = await digest(root);
  for (const [path, body] of routes) {
    if (path === "/api/start" || path === "/api/resume" || path === "/api/events") continue;
    await ask(server, path, { ...sent(body), headers: { authorization: "" } });
    await ask(server, path, { ...sent(body), headers: { host: "evil.example" } });
    await ask(server, path.replace("run=a", "run=..%2fa"), sent(body)).catch(() => {});
    for (const method of ["PUT", "DELETE", "PATCH", "TRACE"]) {
      expect((await ask(server, path, { method })).status).toBeGreaterThanOrEqual(400);
    }
  }
  expect(await digest(root)).toBe(before);
  expect((await ask(server, "/api/log?run=b")).text).not.toContain("saved");
});

/** What a server answers to bytes that are sent as they are. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let answer = "";
    socket.on("data", (data) => {
      answer += data;
    });
    socket.on("error", () => resolve(answer)).on("close", () => resolve(answer));
    socket.write(text);
  });
}

/** Sends pieces as long as they are taken: 1,024 at most; gives the answer, and the bytes that were sent. */
async function pour(port: number, head: string, piece: (write: Socket["write"]) => void) {
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  let isOpen = true;
  socket.on("data", (data) => {
    answer += data;
  });
  const over = new Promise<void>((resolve) => {
    socket.on("error", () => resolve()).on("close", () => resolve());
  }).then(() => {
    isOpen = false;
  });
  socket.write(head);
  for (let i = 0; i < 1024 && isOpen; i++) {
    piece(socket.write.bind(socket) as Socket["write"]);
    if (socket.writableNeedDrain) {
      await Promise.race([over, new Promise((resolve) => socket.once("drain", resolve))]);
    }
  }
  socket.end();
  await over;
  return { answer, bytes: socket.bytesWritten };
}

/** Sends a little every 50 ms until the server closes the connection. */
async function slowly(port: number, head: string, more: string): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  const over = new Promise<void>((resolve) => {
    socket.on("error", () => resolve()).on("close", () => resolve());
  });
  let isOpen = true;
  over.then(() => {
    isOpen = false;
  });
  socket.resume();
  socket.write(head);
  for (let i = 0; i < 400 && isOpen; i++) {
    socket.write(more);
    await sleep(50);
  }
  expect(isOpen).toBe(false);
}

async function firstEvent({ port, token }: { port: number; token: string }) {
  const answer = await fetch(`http://127.0.0.1:${port}/api/events`, {
    headers: { authorization: `Bearer ${token}` },
  });
  let text = "";
  for await (const part of answer.body!.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (text.includes("\n\n")) break;
  }
  const [, json = ""] = /^event: everything\ndata: (.*)\n/.exec(text) ?? [];
  return JSON.parse(json) as { runs: readonly { name: string; problem?: string }[] };
}

/** A digest of the names and contents of all files below a folder. */
async function digest(folder: string): Promise<string> {
  const hash = createHash("sha256");
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    hash.update(path);
    if (entry.isFile()) hash.update(await readFile(path));
  }
  return hash.digest("hex");
}
