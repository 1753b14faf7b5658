import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** What a test hub keeps of a model. */
export interface StubModel {
  private?: boolean;
  /** Files by path. */
  readonly files: Map<string, Buffer>;
}

/** How a test hub misbehaves. */
export interface StubFaults {
  /** Every request is answered with this status. */
  status?: number;
  /** What it lists of a file instead of the truth. */
  readonly listed: Map<string, Record<string, unknown>>;
}

/** The token that a test hub knows. */
export const stubToken = "hf_test";

const hex = (name: string, ...parts: (string | Buffer)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash(name)).digest("hex");

/**
 * A server on this machine with as much of the Hugging Face hub's interface as uploading and downloading a model takes: the
 * creation of a model, commits with plain and with large files (`.safetensors`, apart, by Git LFS), lists and ranges.
 */
export async function stubHub() {
  const models = new Map<string, StubModel>();
  const large = new Map<string, Buffer>();
  const faults: StubFaults = { listed: new Map() };
  const requests: string[] = [];

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    requests.push(`${request.method} ${pathname}`);
    const body = await bodyOf(request);
    const json = (value: unknown, status = 200) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    if (faults.status !== undefined) return void json({ error: "not today" }, faults.status);
    const isKnown = request.headers.authorization === `Bearer ${stubToken}`;

    if (pathname.startsWith("/upload/")) {
      large.set(pathname.slice(8), body);
      return void response.writeHead(200).end();
    }
    if (pathname === "/api/repos/create") {
      if (!isKnown) return void json({ error: "Invalid credentials" }, 401);
      const { name, organization, visibility } = JSON.parse(body.toString());
      const id = `${organization}/${name}`;
      if (models.has(id)) return void json({ error: "You already created this model repo" }, 409);
      models.set(id, { private: visibility === "private", files: new Map() });
      return void json({ url: `${address()}/${id}`, id });
    }
    const [, repo = "", rest = ""] =
      /^(?:\/api\/models)?\/([^/]+\/[^/]+?)(?:\.git)?\/(.*)$/.exec(decodeURIComponent(pathname)) ??
      [];
    const model = models.get(repo);
    if (model === undefined || (model.private === true && !isKnown)) {
      return void json({ error: "Repository not found" }, isKnown ? 404 : 401);
    }
    if (rest === "preupload/main") {
      const { files } = JSON.parse(body.toString()) as { files: { path: string }[] };
      const mode = (path: string) => (path.endsWith(".safetensors") ? "lfs" : "regular");
      return void json({ files: files.map(({ path }) => ({ path, uploadMode: mode(path) })) });
    }
    if (rest === "info/lfs/objects/batch") {
      const { objects } = JSON.parse(body.toString()) as {
        objects: { oid: string; size: number }[];
      };
      const upload = (oid: string) => ({ href: `${address()}/upload/${oid}` });
      return void json({
        transfer: "basic",
        objects: objects.map((object) => ({ ...object, actions: { upload: upload(object.oid) } })),
      });
    }
    if (rest === "commit/main") {
      commit(model, body.toString(), large);
      return void json({
        success: true,
        commitOid: "1".repeat(40),
        commitUrl: `${address()}/${repo}`,
      });
    }
    if (rest.startsWith("tree/")) {
      return void json([...model.files].map(([path, bytes]) => entryOf(path, bytes, faults)));
    }
    if (rest.startsWith("resolve/")) {
      return resolve(model.files.get(rest.split("/").slice(2).join("/")), request, response);
    }
    json({ error: "no such thing" }, 404);
  };

  const server = createServer((request, response) => void answer(request, response));
  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { endpoint: address(), models, faults, requests };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function commit(model: StubModel, text: string, large: ReadonlyMap<string, Buffer>): void {
  for (const line of text.split("\n")) {
    const { key, value } = JSON.parse(line);
    if (key === "file") model.files.set(value.path, Buffer.from(value.content, value.encoding));
    if (key === "lfsFile") model.files.set(value.path, large.get(value.oid) ?? Buffer.alloc(0));
  }
}

function entryOf(path: string, bytes: Buffer, { listed }: StubFaults): Record<string, unknown> {
  const size = bytes.length;
  const isLarge = path.endsWith(".safetensors");
  return {
    type: "file",
    path,
    size,
    oid: isLarge ? "2".repeat(40) : hex("sha1", `blob ${size}\0`, bytes),
    ...(isLarge && { lfs: { oid: hex("sha256", bytes), size, pointerSize: 130 } }),
    ...listed.get(path),
  };
}

function resolve(
  bytes: Buffer | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (bytes === undefined) {
    response.writeHead(404, { "x-error-code": "EntryNotFound" }).end();
    return;
  }
  const etag = `"${hex("sha1", bytes)}"`;
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
  if (from === undefined) return void response.writeHead(200, { etag }).end(bytes);
  const part = bytes.subarray(Number(from), Number(to) + 1);
  const range = `bytes ${from}-${Number(from) + part.length - 1}/${bytes.length}`;
  response.writeHead(206, { etag, "content-range": range }).end(part);
}
