import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { UserError } from "../errors/userError.ts";
import { type Answer, ask } from "./request.ts";

/** A file on a server, and what is known of its content. */
export interface RemoteFile {
  readonly url: string;
  readonly bytes?: number | undefined;
  /** In hexadecimal digits, as published by the authors of a data set or by a catalog of data sets. */
  readonly sha256?: string | undefined;
  readonly md5?: string | undefined;
}

/** How a file is fetched. */
export interface DownloadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the bytes that are here now and with their final number, where the server says it. */
  readonly onProgress?: ((received: number, total: number | undefined) => void) | undefined;
  /** Times a broken connection or an overloaded server is tried again; 3 by default. */
  readonly retries?: number | undefined;
  /** Milliseconds before the first of them; every further pause is twice as long. 500 by default. */
  readonly pause?: number | undefined;
}

/** A file that has arrived. */
export interface Downloaded {
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
  /** The published checksum that it agrees with; absent where none is published. */
  readonly verified?: "sha256" | "md5";
}

/**
 * Fetches a file to `path`. While it arrives it is called `path.part`; what an interrupted download left there is continued
 * with an HTTP range request where the server can say that the file is still the same, and begun anew otherwise. `path`
 * itself appears at once and only if size and checksum are right; where it is there already, nothing is fetched. Throws UserError of the code `network` where the server
 * cannot be reached, refuses, or sends something else, and of the code `not-permitted` where the disk is full.
 */
export async function download(
  file: RemoteFile,
  path: string,
  options: DownloadOptions = {},
): Promise<Downloaded> {
  const { retries = 3, pause = 500, signal } = options;
  if ((await stat(path).catch(() => undefined))?.isFile()) {
    const found = await check(file, path);
    if (typeof found !== "string") return found;
  }
  for (let tries = 0; ; tries++) {
    try {
      const isFresh = await receive(file, path, options);
      const found = await check(file, partOf(path));
      if (typeof found !== "string") {
        await rename(partOf(path), path);
        await rm(noteOf(path), { force: true });
        return found;
      }
      await discard(path);
      // A part from an earlier time may be of an older version of the file: the whole gets one chance.
      if (isFresh || tries >= retries) throw new UserError(found, "network");
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof Passing)) throw error;
      if (tries >= retries) throw new UserError(error.message, "network", { cause: error });
      await wait(pause * 2 ** tries, undefined, { signal });
    }
  }
}

const partOf = (path: string) => `${path}.part`;
const noteOf = (path: string) => `${path}.part.json`;

/** Removes an incomplete download. */
async function discard(path: string): Promise<void> {
  await rm(partOf(path), { force: true });
  await rm(noteOf(path), { force: true });
}

/** A failure that may be gone a moment later. */
class Passing extends Error {}

/** What is known of an incomplete download: enough to ask for the rest of the same file. */
interface Note {
  readonly url: string;
  /** A strong ETag or a date, which the server compares with the file that it has now. */
  readonly validator?: string;
}

/** Receives what is missing of the file; tells whether all of it was received now. */
async function receive(file: RemoteFile, path: string, options: DownloadOptions): Promise<boolean> {
  const start = await resumable(file, path);
  const { url } = file;
  const answer = await request(url, start, options);
  if (answer.status === 416) {
    // Nothing lies behind the part: it is the whole file, or it is longer and of another one.
    answer.close();
    const length = /^bytes \*\/(\d+)$/.exec(answer.header("content-range") ?? "")?.[1];
    if (start.at > 0 && start.at === (file.bytes ?? Number(length))) return false;
    await discard(path);
    throw new Passing(`${hostOf(url)} does not continue ${url}`);
  }
  if (answer.status !== 200 && answer.status !== 206) {
    answer.close();
    throw refusal(answer.status, url);
  }
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(answer.header("content-range") ?? "");
  const isContinued = answer.status === 206 && Number(range?.[1]) === start.at && start.at > 0;
  if (answer.status === 206 && !isContinued) {
    answer.close();
    await discard(path);
    throw new Passing(`${hostOf(url)} sent another part of ${url} than it was asked for`);
  }
  const from = isContinued ? start.at : 0;
  const total = totalOf(answer, from);
  if (total !== undefined && file.bytes !== undefined && total !== file.bytes) {
    // Most often the page of a login or of an error.
    answer.close();
    await discard(path);
    throw new UserError(wrongSize(file, total), "network");
  }
  await writeFile(noteOf(path), JSON.stringify(noteFor(url, answer)));
  await store(answer, path, from, total ?? file.bytes, url, options);
  return from === 0;
}

/** Where an incomplete download of this address can go on. */
async function resumable(
  file: RemoteFile,
  path: string,
): Promise<{ readonly at: number; readonly validator?: string }> {
  const size = (await stat(partOf(path)).catch(() => undefined))?.size ?? 0;
  const note = await readFile(noteOf(path), "utf8")
    .then((text): Partial<Note> => JSON.parse(text))
    .catch((): Partial<Note> => ({}));
  const isChecked = file.sha256 !== undefined || file.md5 !== undefined;
  const isSame = note.url === file.url && (isChecked || note.validator !== undefined);
  if (!isSame || (file.bytes !== undefined && size > file.bytes)) return { at: 0 };
  return { at: size, ...(note.validator !== undefined && { validator: note.validator }) };
}

async function request(
  url: string,
  { at, validator }: { readonly at: number; readonly validator?: string },
  { signal }: DownloadOptions,
): Promise<Answer> {
  try {
    return await ask(url, {
      signal,
      headers: {
        // A file that is compressed on the way has neither the size nor the places that a range names.
        "accept-encoding": "identity",
        ...(at > 0 && { range: `bytes=${at}-` }),
        ...(at > 0 && validator !== undefined && { "if-range": validator }),
      },
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw unreachable(url, error);
  }
}

/** Writes the body behind the first `from` bytes of the part. */
async function store(
  answer: Answer,
  path: string,
  from: number,
  total: number | undefined,
  url: string,
  { onProgress, signal }: DownloadOptions,
): Promise<void> {
  const part = await open(partOf(path), from > 0 ? "r+" : "w");
  let at = from;
  try {
    onProgress?.(at, total);
    for await (const chunk of chunksOf(answer, url, signal)) {
      await writeChunk(part, chunk, at, path);
      at += chunk.length;
      onProgress?.(at, total);
    }
    await part.sync().catch(ignoreUnsyncable);
  } finally {
    await part.close();
  }
  if (total !== undefined && at < total) throw broken(url, at, total);
}

/** The body, piece by piece; a broken connection is a passing failure. */
async function* chunksOf(
  { body }: Answer,
  url: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    signal?.throwIfAborted();
    throw new Passing(
      `the connection to ${hostOf(url)} broke while ${url} was received; what has arrived is kept and continued the ` +
        "next time",
      { cause: error },
    );
  }
}

async function writeChunk(
  part: Awaited<ReturnType<typeof open>>,
  chunk: Uint8Array,
  at: number,
  path: string,
): Promise<void> {
  try {
    // At its place and not at the end: what was written before a crash may be longer than what was counted.
    let done = 0;
    while (done < chunk.length) {
      done += (await part.write(chunk, done, chunk.length - done, at + done)).bytesWritten;
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOSPC" && code !== "EDQUOT") throw Object.assign(error as Error, { path });
    throw new UserError(
      `the disk is full: ${path} could not be written; what has arrived is kept and continued the next time`,
      "not-permitted",
      { cause: error },
    );
  }
}

/** A device or a pipe cannot be flushed, and need not be. */
function ignoreUnsyncable(error: NodeJS.ErrnoException): void {
  if (error.code !== "EINVAL") throw error;
}

/** What the file at a path is, or a sentence that says how it is not the one on the server. */
async function check(file: RemoteFile, path: string): Promise<Downloaded | string> {
  const [sha256, md5] = [createHash("sha256"), createHash("md5")];
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) {
    sha256.update(chunk);
    md5.update(chunk);
    bytes += chunk.length;
  }
  const found = { sha256: sha256.digest("hex"), md5: md5.digest("hex") };
  if (file.bytes !== undefined && bytes !== file.bytes) {
    return wrongSize(file, bytes);
  }
  for (const name of ["sha256", "md5"] as const) {
    const published = file[name];
    if (published === undefined) continue;
    if (published.toLowerCase() === found[name]) {
      return { bytes, sha256: found.sha256, verified: name };
    }
    return (
      `${file.url} does not have the published ${checksumNames[name]}: ${found[name]} where ${published} is expected; ` +
      "nothing was kept"
    );
  }
  return { bytes, sha256: found.sha256 };
}

const wrongSize = ({ url, bytes }: RemoteFile, found: number): string =>
  `${url} has ${found} bytes where ${bytes} are expected; nothing was kept`;

const checksumNames = { sha256: "SHA-256", md5: "MD5" } as const;

/** What to remember of a response, to ask for the rest of the same file later. */
function noteFor(url: string, { header }: Answer): Note {
  const etag = header("etag");
  // A weak ETag promises the same meaning and not the same bytes.
  const strong = etag !== undefined && !etag.startsWith("W/") ? etag : undefined;
  const validator = strong ?? header("last-modified");
  return validator === undefined ? { url } : { url, validator };
}

/** The length of the whole file. */
function totalOf({ header }: Answer, from: number): number | undefined {
  if ((header("content-encoding") ?? "identity") !== "identity") return undefined;
  const length = header("content-length");
  return length === undefined ? undefined : from + Number(length);
}

const hostOf = (url: string): string => new URL(url).host;

function broken(url: string, at: number, total: number): Passing {
  return new Passing(
    `${hostOf(url)} ended ${url} after ${at} of ${total} bytes; what has arrived is kept and continued the next time`,
  );
}

function refusal(status: number, url: string): Error {
  if (status === 404 || status === 410) {
    return new UserError(
      `${hostOf(url)} does not have ${basename(url)} (${url}: ${status})`,
      "network",
    );
  }
  const sentence = `${hostOf(url)} refused ${url} (HTTP status ${status})`;
  return status === 429 || status >= 500
    ? new Passing(sentence)
    : new UserError(sentence, "network");
}

/** The reasons of a failed connection, for people. */
const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: "its name is not known here; is this machine online?",
  EAI_AGAIN: "its name is not known here; is this machine online?",
  ECONNREFUSED: "it refused the connection",
  ECONNRESET: "it closed the connection",
  ETIMEDOUT: "it did not answer in time",
  ENETUNREACH: "there is no network",
  EHOSTUNREACH: "there is no way to it in this network",
};

/** Failures that the next moment does not mend. */
const lasting = new Set(["ENOTFOUND", "ECONNREFUSED", "ENETUNREACH", "EHOSTUNREACH"]);

function unreachable(url: string, error: unknown): Error {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = reasons[code] ?? (error instanceof Error ? error.message : String(error));
  const sentence = `${hostOf(url)} could not be reached: ${reason}`;
  return lasting.has(code)
    ? new UserError(sentence, "network", { cause: error })
    : new Passing(sentence, { cause: error });
}
