import { type FileHandle, open, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../../errors/userError.ts";
import { writeFileAtomically } from "../files/atomicWrite.ts";
import { makeFolder } from "../files/makeFolder.ts";
import type { TokenNote, TokenStore } from "./tokenStore.ts";

/*
 * Tokens of many documents, one after the other, in a folder:
 * - `tokens-0000.bin`, `tokens-0001.bin`, …: unsigned 16-bit little-endian numbers, `shardTokens` in each file but the last;
 * - `index.json`: where the documents end and what the numbers mean. It is written last, so a folder without it is the
 *   remainder of an interrupted writing.
 */

/** The content of `index.json`. */
interface TokenIndex {
  readonly version: 1;
  /** Tokens are 0 … symbols - 1. */
  readonly symbols: number;
  readonly shardTokens: number;
  /** Tokens of each document, in order. */
  readonly lengths: readonly number[];
  readonly note: TokenNote;
}

/** How tokens are written. */
export interface WriteTokensOptions {
  /** Tokens are 0 … symbols - 1; at most 65,536. */
  readonly symbols: number;
  readonly note?: TokenNote;
  /** Tokens in a file. */
  readonly shardTokens?: number;
  /** Called from time to time with the number of tokens written. */
  readonly onProgress?: ((tokens: number) => void) | undefined;
  /** Aborts the writing, which then throws the reason of the signal. */
  readonly signal?: AbortSignal | undefined;
}

const indexName = "index.json";
const shardName = (shard: number) => `tokens-${`${shard}`.padStart(4, "0")}.bin`;
const shardPattern = /^tokens-\d{4,}\.bin$/;
const bytesPerToken = Uint16Array.BYTES_PER_ELEMENT;
/** 128 MiB a file: few files even for 10^9 tokens, each small enough to copy. */
const defaultShardTokens = 2 ** 26;
/** Tokens that are gathered before they are written. */
const writtenAtOnce = 2 ** 19;

/**
 * Writes the tokens of documents, each a stream of pieces of any length, into `folder` and replaces what it held. One piece
 * and one megabyte are in memory at a time. An interrupted writing leaves a folder that `openTokens` refuses.
 */
export async function writeTokens(
  folder: string,
  documents: Iterable<AsyncIterable<Uint16Array>>,
  options: WriteTokensOptions,
): Promise<void> {
  const { symbols, note = {}, shardTokens = defaultShardTokens, onProgress, signal } = options;
  await makeFolder(folder);
  await removeTokens(folder);

  const lengths: number[] = [];
  const shards = shardWriter(folder, shardTokens);
  try {
    for (const document of documents) {
      const before = shards.written();
      for await (const piece of document) {
        signal?.throwIfAborted();
        checkTokens(piece, symbols, (token) => new RangeError(`token ${token} of ${symbols}`));
        await shards.write(piece);
        onProgress?.(shards.written());
      }
      lengths.push(shards.written() - before);
    }
    await shards.finish();
  } finally {
    await shards.close();
  }
  const index: TokenIndex = { version: 1, symbols, shardTokens, lengths, note };
  await writeFileAtomically(join(folder, indexName), JSON.stringify(index));
}

/**
 * Opens what `writeTokens` wrote. Throws UserError where the writing was not finished or a file has the wrong length.
 */
export async function openTokens(folder: string): Promise<TokenStore> {
  const { symbols, shardTokens, lengths, note } = await readIndex(folder);
  const starts = startsOf(lengths);
  const total = starts[lengths.length]!; // one longer than `lengths`
  const path = (shard: number) => join(folder, shardName(shard));
  for (let shard = 0; shard * shardTokens < total; shard++) {
    const expected = Math.min(shardTokens, total - shard * shardTokens) * bytesPerToken;
    await checkSize(path(shard), expected);
  }

  const handles = new Map<number, Promise<FileHandle>>();
  const handle = (shard: number): Promise<FileHandle> => {
    const opened = handles.get(shard) ?? open(path(shard));
    handles.set(shard, opened);
    return opened;
  };

  return {
    symbols,
    starts,
    note,
    async read(start, length) {
      if (!(start >= 0 && length >= 0 && start + length <= total)) {
        throw new RangeError(`tokens ${start} + ${length} of ${total}`);
      }
      const tokens = new Uint16Array(length);
      for (let done = 0; done < length; ) {
        const shard = Math.floor((start + done) / shardTokens);
        const within = start + done - shard * shardTokens;
        const part = tokens.subarray(done, done + Math.min(length - done, shardTokens - within));
        await readWhole(await handle(shard), bytesOf(part), within * bytesPerToken, path(shard));
        checkTokens(part, symbols, (token) =>
          damaged(path(shard), `it holds token ${token}, but there are ${symbols} symbols`),
        );
        done += part.length;
      }
      return tokens;
    },
    async [Symbol.asyncDispose]() {
      for (const opened of handles.values()) {
        const file = await opened.catch(() => undefined); // its reader has the error
        await file?.close();
      }
      handles.clear();
    },
  };
}

/** Writes tokens, which come in pieces of any length, into files of `shardTokens`. */
function shardWriter(folder: string, shardTokens: number) {
  const buffer = new Uint16Array(Math.min(writtenAtOnce, shardTokens));
  let buffered = 0;
  let flushed = 0;
  let file: FileHandle | undefined;

  const endShard = async () => {
    // The index must not reach the disk before the tokens that it counts.
    await file?.datasync();
    await file?.close();
    file = undefined;
  };
  const flush = async () => {
    if (buffered === 0) return;
    const path = join(folder, shardName(Math.floor(flushed / shardTokens)));
    file ??= await open(path, "w");
    // The system names no file where the disk is full.
    await file.writeFile(bytesOf(buffer.subarray(0, buffered))).catch((error: unknown) => {
      throw error instanceof Error ? Object.assign(error, { path }) : error;
    });
    flushed += buffered;
    buffered = 0;
    if (flushed % shardTokens === 0) await endShard();
  };

  return {
    written: () => flushed + buffered,
    async write(piece: Uint16Array): Promise<void> {
      for (let taken = 0; taken < piece.length; ) {
        const room = Math.min(
          buffer.length - buffered,
          shardTokens - (flushed % shardTokens) - buffered,
        );
        const part = piece.subarray(taken, taken + room);
        buffer.set(part, buffered);
        buffered += part.length;
        taken += part.length;
        if (part.length === room) await flush();
      }
    },
    async finish(): Promise<void> {
      await flush();
      await endShard();
    },
    async close(): Promise<void> {
      await file?.close();
    },
  };
}

/** Removes the index first: without it the folder counts as unwritten. */
async function removeTokens(folder: string): Promise<void> {
  await rm(join(folder, indexName), { force: true });
  for (const name of await readdir(folder)) {
    if (shardPattern.test(name)) await rm(join(folder, name));
  }
}

async function readIndex(folder: string): Promise<TokenIndex> {
  const path = join(folder, indexName);
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    throw new UserError(`${folder} holds no finished corpus: ${indexName} is missing`, "not-found");
  });
  const index = parseIndex(text);
  if (index === undefined) throw damaged(path, "it is not an index of tokens");
  return index;
}

function parseIndex(text: string): TokenIndex | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isIndex(value) ? value : undefined;
}

function isIndex(value: unknown): value is TokenIndex {
  if (!isRecord(value)) return false;
  const { version, symbols, shardTokens, lengths, note } = value;
  return (
    version === 1 &&
    isCount(symbols) &&
    isCount(shardTokens) &&
    shardTokens > 0 &&
    Array.isArray(lengths) &&
    lengths.every(isCount) &&
    isRecord(note) &&
    Object.values(note).every((entry) => typeof entry === "string" || typeof entry === "number")
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/** Where each document begins, and where the last ends. */
function startsOf(lengths: readonly number[]): Float64Array {
  const starts = new Float64Array(lengths.length + 1);
  let reached = 0;
  lengths.forEach((length, document) => {
    reached += length;
    starts[document + 1] = reached;
  });
  return starts;
}

async function checkSize(path: string, expected: number): Promise<void> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    throw damaged(path, "it is missing");
  });
  if (found.size !== expected) {
    throw damaged(path, `it has ${found.size} bytes instead of ${expected}`);
  }
}

async function readWhole(
  file: FileHandle,
  bytes: Uint8Array,
  position: number,
  path: string,
): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, position + done);
    if (bytesRead === 0) throw damaged(path, "it ends too early");
    done += bytesRead;
  }
}

function checkTokens(tokens: Uint16Array, symbols: number, failure: (token: number) => Error) {
  // A plain loop for speed: every token of a corpus passes here.
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!; // i < length
    if (token >= symbols) throw failure(token);
  }
}

function damaged(path: string, reason: string): UserError {
  return new UserError(`${path} is damaged: ${reason}`, "damaged-file");
}

/** The memory of the array, which is also the file's form: all machines that ONNX Runtime supports are little-endian. */
function bytesOf(tokens: Uint16Array): Uint8Array {
  return new Uint8Array(tokens.buffer, tokens.byteOffset, tokens.byteLength);
}
