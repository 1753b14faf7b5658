import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { onTestFinished } from "vitest";

/** How a test server treats one of its files. */
export interface Served {
  readonly content: Uint8Array | string;
  /** Sent with it; by default one that is made of the content's length. `null` sends none. */
  readonly etag?: string | null;
  /** Whether it answers range requests; true by default. */
  readonly ranges?: boolean;
  /** Breaks the connection after so many bytes of the first answers, one number for each, when the client has kept them. */
  readonly breaks?: readonly number[];
  /** How many bytes of the file the client has kept so far; needed for `breaks`. */
  readonly kept?: () => Promise<number>;
  /** Sends who asks for it to this address. */
  readonly movedTo?: string;
  /** Statuses of the first answers, before it is served. */
  readonly statuses?: readonly number[];
}

/** A request that a test server received. */
export interface Received {
  readonly path: string;
  readonly range?: string | undefined;
  readonly ifRange?: string | undefined;
}

/** A file server on this machine that ends with the test; its files can be exchanged while it runs. */
export async function fileServer(files: Record<string, Served>) {
  const requests: Received[] = [];
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    requests.push({
      path,
      range: request.headers.range,
      ifRange: request.headers["if-range"] as string | undefined,
    });
    const count = counts.get(path) ?? 0;
    counts.set(path, count + 1);
    const file = files[path.slice(1)];
    if (file === undefined) return void response.writeHead(404).end("not here");
    const status = file.statuses?.[count];
    if (status !== undefined) return void response.writeHead(status).end("not now");
    if (file.movedTo !== undefined) {
      return void response.writeHead(302, { location: file.movedTo }).end();
    }
    answer(file, request, response, file.breaks?.[count]);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, files, requests };
}

function answer(
  { content, etag = `"${content.length}"`, ranges = true, kept }: Served,
  request: IncomingMessage,
  response: ServerResponse,
  breakAfter: number | undefined,
): void {
  const bytes = Buffer.from(content);
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
  const condition = request.headers["if-range"];
  const isPart = ranges && start > 0 && (condition === undefined || condition === etag);
  if (isPart && start >= bytes.length) {
    response.writeHead(416, { "content-range": `bytes */${bytes.length}` }).end();
    return;
  }
  const body = isPart ? bytes.subarray(start) : bytes;
  response.writeHead(isPart ? 206 : 200, {
    "content-length": body.length,
    ...(etag !== null && { etag }),
    ...(isPart && { "content-range": `bytes ${start}-${bytes.length - 1}/${bytes.length}` }),
  });
  if (breakAfter === undefined) return void response.end(body);
  response.write(body.subarray(0, breakAfter), async () => {
    // A client loses what it has received, but not yet read, when the connection is gone.
    const end = (isPart ? start : 0) + breakAfter;
    while (!response.destroyed && ((await kept?.()) ?? 0) < end) await wait(5);
    response.destroy();
  });
}
