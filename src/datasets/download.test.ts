import { createHash } from "node:crypto";
import { once } from "node:events";
import { readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../../test/temporaryFolder.ts";
import { UserError } from "../errors/userError.ts";
import { type DownloadOptions, download, type RemoteFile } from "./download.ts";
import { fileServer, type Served } from "./testing.ts";

const content = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * i) % 251));
const hash = (name: string, bytes: Uint8Array = content) =>
  createHash(name).update(bytes).digest("hex");
const sha256 = hash("sha256");

/** A server with the file `a`, and a way to fetch it into a new folder. */
async function setting(served: Partial<Served> = {}, known: Partial<RemoteFile> = {}) {
  const folder = await temporaryFolder();
  const path = join(folder, "a.bin");
  const kept = async () => (await stat(`${path}.part`).catch(() => undefined))?.size ?? 0;
  const server = await fileServer({ a: { content, kept, ...served } });
  const file: RemoteFile = { url: `${server.address}/a`, bytes: content.length, sha256, ...known };
  return {
    ...server,
    folder,
    path,
    file,
    get: (options: DownloadOptions = {}) => download(file, path, { pause: 1, ...options }),
    /** Names of what the folder holds. */
    names: async () => (await readdir(folder)).sort(),
  };
}

/** Fetches without a second try, which fails, and tells why. */
async function failure(get: (options: DownloadOptions) => Promise<unknown>): Promise<UserError> {
  const error: unknown = await get({ retries: 0 }).then(
    () => undefined,
    (reason) => reason,
  );
  if (error instanceof UserError) return error;
  throw new Error(`no UserError but ${error}`);
}

describe("download", () => {
  it("fetches a file, checks it against its published checksum, and tells its progress", async () => {
    const { get, path, names } = await setting();
    const progress: [number, number | undefined][] = [];
    const result = await get({ onProgress: (...now) => progress.push(now) });
    expect(result).toEqual({ bytes: 5000, sha256, verified: "sha256" });
    expect(await readFile(path)).toEqual(content);
    expect(await names()).toEqual(["a.bin"]);
    expect([progress[0], progress.at(-1)]).toEqual([
      [0, 5000],
      [5000, 5000],
    ]);
  });

  it("checks an MD5 where that is what is published, and says where nothing is", async () => {
    const md5 = await setting({}, { sha256: undefined, md5: hash("md5") });
    expect(await md5.get()).toEqual({ bytes: 5000, sha256, verified: "md5" });
    const none = await setting(
      {},
      {
        sha256: undefined,
        bytes: undefined,
      },
    );
    expect(await none.get()).toEqual({ bytes: 5000, sha256 });
  });

  it("reads large files from a server of HTTP 1.0, which closes the connection at their end", async () => {
    const large = Buffer.alloc(3_000_000, "ondelette");
    const head = `HTTP/1.0 200 OK\r\ncontent-length: ${large.length}\r\n\r\n`;
    const server = createTcpServer((socket) => {
      socket.once("data", () => socket.end(Buffer.concat([Buffer.from(head), large])));
    }).listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a`;
    const folder = await temporaryFolder();
    for (let i = 0; i < 5; i++) {
      const path = join(folder, `${i}`);
      expect(await download({ url, sha256: hash("sha256", large) }, path)).toMatchObject({
        verified: "sha256",
      });
    }
  });

  it("follows a file that has moved, and not in circles", async () => {
    const { get, files, requests } = await setting();
    const [moved, file] = [{ content: "", movedTo: "b" }, files.a!]; // it is served
    Object.assign(files, { a: moved, b: { content: "", movedTo: "/c" }, c: file });
    expect(await get()).toMatchObject({ verified: "sha256" });
    expect(requests.map(({ path }) => path)).toEqual(["/a", "/b", "/c"]);
    files.c = { content: "", movedTo: "/c" };
    const { get: circle } = await setting({ movedTo: "/a" });
    expect((await failure(circle)).message).toMatch(
      /could not be reached: it moves the file more than 10 times$/,
    );
  });

  it("continues a broken download by itself", async () => {
    const { get, path, requests } = await setting({ breaks: [1000, 1500] });
    expect(await get()).toMatchObject({ verified: "sha256" });
    expect(await readFile(path)).toEqual(content);
    expect(requests.map(({ range, ifRange }) => [range, ifRange])).toEqual([
      [undefined, undefined],
      ["bytes=1000-", '"5000"'],
      ["bytes=2500-", '"5000"'],
    ]);
  });

  it("continues what an earlier call has left", async () => {
    const { get, path, names, requests } = await setting({ breaks: [3000] });
    const error = await failure(get);
    expect(error.code).toBe("network");
    expect(error.message).toMatch(/the connection to 127.0.0.1:\d+ broke .* is kept and continued/);
    expect(await names()).toEqual(["a.bin.part", "a.bin.part.json"]);
    await get();
    expect(await readFile(path)).toEqual(content);
    expect(await names()).toEqual(["a.bin"]);
    expect(requests.at(-1)?.range).toBe("bytes=3000-");
  });

  it("begins anew where the server does not answer range requests", async () => {
    const { get, path, requests } = await setting({ breaks: [3000], ranges: false });
    await get();
    expect(await readFile(path)).toEqual(content);
    expect(requests.map(({ range }) => range)).toEqual([undefined, "bytes=3000-"]);
  });

  it("begins anew where the file has changed since, and never mixes two versions", async () => {
    const { get, path, files, file } = await setting(
      { breaks: [3000] },
      {
        sha256: undefined,
        bytes: undefined,
      },
    );
    await failure(get);
    const other = Buffer.alloc(4000, 7);
    files.a = { content: other };
    expect(await get()).toEqual({ bytes: 4000, sha256: hash("sha256", other) });
    expect(await readFile(path)).toEqual(other);
    expect(file.sha256).toBeUndefined();
  });

  it("begins anew where neither the server nor a checksum could tell a change", async () => {
    const unknown = { sha256: undefined, bytes: undefined };
    const { get, path, requests } = await setting({ breaks: [3000], etag: null }, unknown);
    await get();
    expect(await readFile(path)).toEqual(content);
    expect(requests.map(({ range }) => range)).toEqual([undefined, undefined]);
  });

  it("fetches once more where a continued part turns out to be of another file", async () => {
    const { get, path, file, requests } = await setting({ etag: null });
    await writeFile(`${path}.part`, "x".repeat(100));
    await writeFile(`${path}.part.json`, JSON.stringify({ url: file.url }));
    expect(await get()).toMatchObject({ verified: "sha256" });
    expect(await readFile(path)).toEqual(content);
    expect(requests.map(({ range }) => range)).toEqual(["bytes=100-", undefined]);
  });

  it("takes a part that is whole already", async () => {
    const { get, path, file, requests } = await setting();
    await writeFile(`${path}.part`, content);
    await writeFile(`${path}.part.json`, JSON.stringify({ url: file.url }));
    await get();
    expect(await readFile(path)).toEqual(content);
    expect(requests).toHaveLength(1);
  });

  it("fetches nothing where the file is there already, unless it is another", async () => {
    const { get, path, requests } = await setting();
    await writeFile(path, content);
    expect(await get()).toEqual({ bytes: 5000, sha256, verified: "sha256" });
    expect(requests).toEqual([]);
    await writeFile(path, "another");
    await get();
    expect(await readFile(path)).toEqual(content);
  });

  it("keeps nothing of a file with a wrong checksum", async () => {
    const damaged = Buffer.from(content);
    damaged[1234]! ^= 1;
    const { get, names } = await setting({ content: damaged });
    const error = await failure(get);
    expect(error.code).toBe("network");
    expect(error.message).toMatch(
      new RegExp(
        `^http://.*/a does not have the published SHA-256: ${hash("sha256", damaged)} where ${sha256} is expected; nothing was kept$`,
      ),
    );
    expect(await names()).toEqual([]);
  });

  it("keeps nothing of a file of another size, such as the page of a login", async () => {
    const { get, names } = await setting({ content: "<html>please log in</html>" });
    const error = await failure(get);
    expect(error.message).toMatch(/\/a has 26 bytes where 5000 are expected; nothing was kept$/);
    expect(await names()).toEqual([]);
  });

  it("says that a server does not have a file, at once", async () => {
    const { get, files, requests, names } = await setting();
    delete files.a;
    const error = await get().catch((reason) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect(error.code).toBe("network");
    expect(error.message).toMatch(/^127\.0\.0\.1:\d+ does not have a \(http:.*\/a: 404\)$/);
    expect(requests).toHaveLength(1);
    expect(await names()).toEqual([]);
  });

  it("tries again where a server is overloaded, and not where it refuses", async () => {
    const busy = await setting({ statuses: [503, 429] });
    expect(await busy.get()).toMatchObject({ verified: "sha256" });
    const down = await setting({ statuses: [500, 500] });
    await expect(down.get({ retries: 1 })).rejects.toThrow(/refused http:.* \(HTTP status 500\)/);
    const closed = await setting({ statuses: [403] });
    await expect(closed.get()).rejects.toThrow(/refused http:.* \(HTTP status 403\)/);
    expect(closed.requests).toHaveLength(1);
  });

  it("says that there is no such server", async () => {
    const path = join(await temporaryFolder(), "a");
    const get = (url: string) => download({ url }, path, { retries: 0 });
    // A port that was free a moment ago, and is again.
    const closed = createServer().listen(0, "127.0.0.1");
    await once(closed, "listening");
    const { port: free } = closed.address() as AddressInfo;
    closed.close();
    await expect(get(`http://127.0.0.1:${free}/a`)).rejects.toThrow(
      `127.0.0.1:${free} could not be reached: it refused the connection`,
    );
    await expect(get("http://no-such-host.invalid/a")).rejects.toThrow(
      "no-such-host.invalid could not be reached: its name is not known here; is this machine online?",
    );
  });

  it.skipIf(process.platform !== "linux")("says that the disk is full", async () => {
    const { get, path } = await setting();
    await symlink("/dev/full", `${path}.part`);
    const error = await failure(get);
    expect(error.code).toBe("not-permitted");
    expect(error.message).toMatch(/^the disk is full: .*a\.bin could not be written/);
  });

  it("stops where it is when it is asked to, and keeps what has arrived", async () => {
    const { get, names } = await setting({ breaks: [1000, 1000, 1000, 1000] });
    const controller = new AbortController();
    const onProgress = (received: number) => received >= 1000 && controller.abort();
    await expect(get({ signal: controller.signal, onProgress })).rejects.toThrow(/abort/i);
    expect(await names()).toEqual(["a.bin.part", "a.bin.part.json"]);
  });
});
