import { execFile } from "node:child_process";
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { ortFolder, ortNames } from "../build/ortFiles.ts";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".webp": "image/webp",
  ".png": "image/png",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Builds the page as it is published: by the command, since a test runner's own environment is not that of a user. Where
 * ONDELETTE_STUDIO_BUILT is set, `dist/studio` is taken as it is.
 */
export async function buildStudio(): Promise<void> {
  if (process.env.ONDELETTE_STUDIO_BUILT) return;
  await promisify(execFile)(
    process.execPath,
    [join(root, "node_modules/vite/bin/vite.js"), "build", "studio", "--logLevel", "warn"],
    { cwd: root, env: { ...process.env, NODE_ENV: "production" } },
  );
}

/** Builds the page of examples into a folder. */
export async function buildExamples(folder: string): Promise<void> {
  await promisify(execFile)(process.execPath, [join(root, "scripts/site/examples.ts"), folder], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production" },
  });
}

/** A host of files, and what it was asked for. */
export interface StaticHost {
  readonly address: string;
  /** Files that were sent, by their path. */
  readonly sent: ReadonlyMap<string, string>;
  close(): void;
}

/** A host of the files of a folder and nothing else, without headers of its own, as the page must work on. */
export async function openStaticHost(folder = join(root, "dist/studio")): Promise<StaticHost> {
  const sent = new Map<string, string>();
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://host").pathname));
    const ort = ortNames.find((name) => path.endsWith(`/ort/${name}`));
    const file = ort
      ? join(ortFolder, ort)
      : join(folder, path.endsWith("/") ? `${path}index.html` : path);
    if (!existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end("not found");
      return;
    }
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
    sent.set(path, file);
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // of a listening server
  return {
    sent,
    address: `http://127.0.0.1:${port}/`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
