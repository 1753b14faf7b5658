import { mkdir, realpath, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { dirname, join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { temporaryFolder } from "../../test/temporaryFolder.ts";
import { UserError } from "../errors/userError.ts";
import type { Commands } from "./commands.ts";
import type { Limits } from "./limits.ts";
import { type RunningServer, startServer } from "./startServer.ts";

/**
 * A program that stands for the command line: says its words, writes a model for `export` (but of the run `endless`), and else works until it is
 * interrupted, which takes a moment. A second interruption would end it with another code.
 */
const program = `
  const words = process.argv.slice(2);
  console.log(JSON.stringify(words));
  if (words[0] === "export" && words[2].endsWith("endless")) {
    setInterval(() => {}, 1000);
  } else if (words[0] === "export") {
    require("node:fs").writeFileSync(words[1], "an ONNX file");
  } else if (words.includes("fail")) {
    console.error("ondelette: it cannot be done");
    process.exitCode = 2;
  } else {
    const work = setInterval(() => {}, 1000);
    let times = 0;
    process.on("SIGINT", () => {
      if (++times > 1) process.exit(1);
      setTimeout(() => { console.error("saved"); clearInterval(work); process.exitCode = 130; }, 200);
    });
    console.log("working");
  }
`;

const commands: Commands = {
  forms: [{ command: "toy train", summary: "", about: "", fields: [], resumeFields: [] }],
  async start(command, { name = "", ...values }, { newRun }) {
    if (command !== "toy train") throw new UserError("there is no such command");
    await newRun(String(name));
    return { command, run: String(name), words: ["train", ...Object.values(values).map(String)] };
  },
  resume: async ({ folder }) => ({ command: "toy train", words: ["resume", folder] }),
  exportOnnx: (folder, file) => ({ command: "export", words: ["export", file, folder] }),
};

/** A server over a new folder of runs, which ends with the test; its page has three small files. */
export async function testServer(limits: Partial<Limits> = {}) {
  const base = await realpath(await temporaryFolder());
  const [root, page, main] = [join(base, "runs"), join(base, "page"), join(base, "main.cjs")];
  await writeFiles(base, {
    "main.cjs": program,
    "secret.txt": "a secret",
    "page/index.html": '<!doctype html>\n<html lang="en"></html>\n',
    "page/assets/main-1a2b3c4d.js": "export {};\n",
    "page/serviceWorker.js": "",
  });
  await mkdir(root);
  const failures: unknown[] = [];
  const server = await startServer({
    ...{ root, page, commands, limits, from: base, data: [base], ports: [0] },
    program: [process.execPath, main],
    failed: (error) => failures.push(error),
  });
  onTestFinished(() => server.close());
  return { server, root, base, failures };
}

/** Expects something of a value soon; a machine that is busy may take its time. */
export const soon = <T>(get: () => T) => expect.poll(get, { timeout: 20_000 });

/** Writes files by their paths below a folder. */
export async function writeFiles(folder: string, files: Readonly<Record<string, string>>) {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** The files of a run of `rows` records, every tenth of which is a validation. */
export function toyRun(rows: number, { kind = "toy", finished = true } = {}) {
  const seconds = (step: number) => step / 10;
  const metrics = Array.from({ length: rows }, (_, i) => {
    const at = { step: i + 1, images: 10 * (i + 1), seconds: seconds(i + 1) };
    const loss = 1 / (i + 1);
    return i % 10 === 9 ? { ...at, validationLoss: 2 * loss } : { ...at, loss, rate: 0.01 };
  });
  const result = { step: rows, seconds: seconds(rows), parameters: 5, interrupted: false };
  return {
    "config.json": JSON.stringify({ kind, format: 1, seed: 1, plan: { steps: rows } }),
    "metrics.jsonl": metrics.map((row) => `${JSON.stringify(row)}\n`).join(""),
    ...(finished && {
      "result.json": JSON.stringify({ ...result, metrics: { loss: 1 / rows }, validation: {} }),
    }),
  };
}

export interface Asked {
  readonly method?: string;
  /** Instead of those that the page sends. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is. */
  readonly text?: string;
}

/** An answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Asks a server as its page does: with the token, at a path that is sent as it is. */
export function ask(
  { port, token }: Pick<RunningServer, "port" | "token">,
  path: string,
  { method, headers = {}, body, text }: Asked = {},
): Promise<Answer> {
  const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
  return new Promise((resolve, reject) => {
    const asking = request({
      ...{ host: "127.0.0.1", port, path, agent: false },
      method: method ?? (sent === undefined ? "GET" : "POST"),
      headers: {
        authorization: `Bearer ${token}`,
        ...(sent !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
    });
    asking.on("error", reject);
    asking.on("response", (answer) => {
      let all = "";
      answer.setEncoding("utf8");
      answer.on("data", (part) => {
        all += part;
      });
      answer.on("error", reject);
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: all }),
      );
    });
    asking.end(sent);
  });
}

/** Events of a server as they come, by name. */
export async function listen({ port, token }: Pick<RunningServer, "port" | "token">) {
  const events: { readonly name: string; readonly data: unknown; readonly at: number }[] = [];
  let ended = false;
  const asking = request({
    ...{ host: "127.0.0.1", port, path: "/api/events", agent: false },
    headers: { authorization: `Bearer ${token}` },
  });
  asking.on("error", () => {});
  asking.on("response", (answer) => {
    let text = "";
    answer.setEncoding("utf8").on("data", (part) => {
      text += part;
      const whole = text.split("\n\n");
      text = whole.pop() ?? "";
      for (const event of whole) {
        const [, name = "", data = "null"] = /^event: (\w+)\ndata: (.*)$/.exec(event) ?? [];
        if (name) events.push({ name, data: JSON.parse(data), at: performance.now() });
      }
    });
    answer.on("error", () => {});
    answer.on("close", () => {
      ended = true;
    });
  });
  asking.end();
  onTestFinished(() => void asking.destroy());
  return {
    events,
    get ended() {
      return ended;
    },
    close: () => asking.destroy(),
  };
}
