import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { missingPackage } from "../errors/optionalPackage.ts";
import { UserError } from "../errors/userError.ts";
import { openApp } from "./app.ts";
import type { Commands } from "./commands.ts";
import { createJobs } from "./jobs/jobs.ts";
import { type Limits, usualLimits } from "./limits.ts";
import { builtPage, openPageFiles } from "./pageFiles.ts";
import { openStudio } from "./studio.ts";

export interface ServerOptions {
  /** The folder of runs, without links. */
  readonly root: string;
  /** The folder that paths in forms begin at, and that processes work in. */
  readonly from: string;
  /** Folders that data may be read from. */
  readonly data: readonly string[];
  readonly commands: Commands;
  /** The words that start this program. */
  readonly program: readonly [string, ...string[]];
  /** Ports to try, in this order; 0 is any that is free. */
  readonly ports: readonly number[];
  /** The built page; the package's own by default. */
  readonly page?: string;
  readonly limits?: Partial<Limits>;
  /** Told of errors that are nobody's mistake. */
  readonly failed: (error: unknown) => void;
}

/** Milliseconds for answers that are under way when the server ends. */
const lastWords = 500;

/** A server that answers. */
export interface RunningServer extends AsyncDisposable {
  /** What to open in a browser: the token is behind `#`, which browsers keep to themselves. */
  readonly address: string;
  readonly port: number;
  readonly token: string;
  /** Refuses new requests, interrupts the trainings that it started, waits until they have saved, and ends. */
  close(): Promise<void>;
}

/**
 * Serves the studio on this machine alone. Throws UserError where the page is not built, a package is missing, or all ports are
 * taken.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { root, from, data, commands, program, ports, failed } = options;
  const limits = { ...usualLimits, ...options.limits };
  const page = await openPageFiles(options.page ?? builtPage());
  const listener = await loadListener();
  const token = randomBytes(32).toString("base64url");
  const jobs = createJobs({ program, from, most: limits.jobs });
  const [node, ...first] = program;
  const runToEnd = async (words: readonly string[]) => {
    try {
      const limit = { timeout: limits.export, killSignal: "SIGKILL" } as const;
      await promisify(execFile)(node, [...first, ...words], { cwd: from, ...limit });
      return undefined;
    } catch (error) {
      if ((error as { readonly signal?: string }).signal === "SIGKILL") {
        return `it was ended, since it took more than ${limits.export / 1000} seconds, or the memory ran out`;
      }
      return lastSentence((error as { readonly stderr?: string }).stderr ?? String(error));
    }
  };
  const studio = openStudio({ root, from, data, commands, jobs, limits, runToEnd });
  let port = 0;
  const app = await openApp({ studio, page, token, port: () => port, body: limits.body, failed });

  const server = createServer(
    {
      headersTimeout: limits.headers,
      requestTimeout: limits.request,
      keepAliveTimeout: Math.min(5000, limits.idle),
      connectionsCheckingInterval: Math.min(2000, limits.headers / 2),
    },
    listener(app.fetch, { overrideGlobalObjects: false }),
  );
  server.maxConnections = limits.connections;
  server.setTimeout(limits.idle);
  port = await listen(server, ports);

  const close = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    await studio.close();
    // What was said last may still be under way.
    await Promise.race([closed, setTimeout(lastWords, undefined, { ref: false })]);
    server.closeAllConnections();
  };
  return {
    address: `http://127.0.0.1:${port}/#/runs?token=${token}`,
    ...{ port, token, close },
    [Symbol.asyncDispose]: close,
  };
}

async function listen(server: Server, ports: readonly number[]): Promise<number> {
  for (const port of ports) {
    const isOpen = await new Promise<boolean>((resolve, reject) => {
      const refuse = (error: NodeJS.ErrnoException) =>
        error.code === "EADDRINUSE" ? resolve(false) : reject(error);
      server.once("error", refuse);
      server.listen({ port, host: "127.0.0.1" }, () => {
        server.off("error", refuse);
        resolve(true);
      });
    });
    const address = server.address();
    if (isOpen && typeof address === "object" && address) return address.port;
  }
  throw new UserError(`port ${ports.join(", ")} is in use by another program`);
}

async function loadListener() {
  try {
    return (await import("@hono/node-server")).getRequestListener;
  } catch (error) {
    throw missingPackage({ name: "@hono/node-server", feature: "studio pages" }, error);
  }
}

/** What a command said last, without the program's name. */
const lastSentence = (text: string): string =>
  (text.trimEnd().split("\n").at(-1) ?? "").replace(/^ondelette: /, "");
