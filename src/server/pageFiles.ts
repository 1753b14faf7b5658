import { readdir, readFile, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { UserError } from "../errors/userError.ts";
import { openFile } from "./folder/openInside.ts";
import { contentPolicy, isolation } from "./headers.ts";
import { RefusedError } from "./refusal.ts";
import { sendFile } from "./sendFile.ts";

/** Gives the file of the page at a path of the address, such as `/assets/main-1a2b.js`. */
export type PageFiles = (path: string) => Promise<Response>;

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".wav": "audio/wav",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

/** Headers of every answer. */
export const commonHeaders = {
  ...isolation,
  // Frames cannot be forbidden by the page itself.
  "Content-Security-Policy": `${contentPolicy}; frame-ancestors 'none'`,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
} as const;

/** Where the built page lies: as far from `src/server` as from `dist/server`. */
export const builtPage = (): string => join(import.meta.dirname, "../../dist/studio");

/**
 * The built page in `folder`, marked as one beside a server, and ONNX Runtime's files at `ort/` from its package. Only files that
 * a listing of these folders names are given. Throws UserError (`not-found`) where the page is not built.
 */
export async function openPageFiles(folder: string): Promise<PageFiles> {
  const index = join(folder, "index.html");
  const isBuilt = await stat(index).catch(() => undefined);
  if (!isBuilt?.isFile()) {
    throw new UserError(
      `the studio's page is not built (${index} does not exist); npm run build builds it in a clone`,
      "not-found",
    );
  }
  const page = () => filesBelow(folder, (name) => extname(name) !== ".map");
  let files = new Map([...(await engineFiles()), ...(await page())]);

  return async (path) => {
    if (path === "/") {
      // A page that was built again has files of other names.
      files = new Map([...files, ...(await page())]);
      const html = (await readFile(index, "utf8")).replace("<html", "<html data-server");
      return answer(html, ".html", false);
    }
    const file = files.get(path.slice(1));
    if (file === undefined) throw new RefusedError(404, "there is no such file");
    // Names in assets/ have a digest of what is in them.
    const { headers } = answer(null, extname(file), path.startsWith("/assets/"));
    return sendFile(openFile(file, path), Object.fromEntries(headers));
  };
}

const answer = (body: string | null, ending: string, isFinal: boolean): Response =>
  new Response(body, {
    headers: {
      "content-type": types[ending] ?? "application/octet-stream",
      "cache-control": isFinal ? "public, max-age=31536000, immutable" : "no-cache",
    },
  });

/** Files below a folder, by their path from there with `/` between folders. */
async function filesBelow(
  folder: string,
  wanted: (name: string) => boolean,
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !wanted(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(folder.length + 1).replaceAll("\\", "/"), path);
  }
  return files;
}

/** ONNX Runtime's WebAssembly build, which is an optional package; the pages that need none work without it. */
async function engineFiles(): Promise<Map<string, string>> {
  const { resolve } = createRequire(import.meta.url);
  try {
    const folder = dirname(resolve("onnxruntime-web/ort-wasm-simd-threaded.wasm"));
    const files = await filesBelow(folder, (name) => /^ort-wasm-.*\.(mjs|wasm)$/.test(name));
    return new Map([...files].map(([name, path]) => [`ort/${name}`, path]));
  } catch {
    return new Map();
  }
}
