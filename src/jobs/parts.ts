import { readdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { makeFolder } from "../data/files/makeFolder.ts";
import { UserError } from "../errors/userError.ts";
import { checkSettings, gather } from "./gather.ts";
import {
  createPartFile,
  isOwnName,
  isPartName,
  openPartWriter,
  type PartFile,
  type PartHead,
  partName,
  readEntry,
  scanPartFile,
} from "./partFile.ts";
import { piecesOf, type Share } from "./share.ts";
import { pieceCount, spanOf, type Work } from "./work.ts";

/** What a person can see of a work and stop. */
export interface Watch {
  /** Hears how much is done in all, in the unit of `Work.compute`'s reports. */
  report(amount: number): void;
  readonly signal: AbortSignal;
}

/** The part files in a folder, in the order of their names; none where there is no folder. Throws UserError where one is damaged. */
export async function partsIn(folder: string): Promise<PartFile[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return Promise.all(
    names
      .filter(isPartName)
      .sort()
      .map((name) => scanPartFile(join(folder, name))),
  );
}

/**
 * Removes parts that are of other work or damaged from a folder, and what killed processes left half-written. Files that are no
 * parts by their names stay.
 */
export async function removeForeignParts(
  folder: string,
  wanted: Pick<PartHead, "settings" | "pieces">,
): Promise<void> {
  for (const name of await ownNames(folder)) {
    const path = join(folder, name);
    try {
      if (!isPartName(name)) throw new UserError(`${path} is half-written`);
      checkSettings(await scanPartFile(path), wanted);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      await rm(path, { force: true });
    }
  }
}

/** Removes the parts in a folder, and the folder where nothing else is in it. */
export async function removeParts(folder: string): Promise<void> {
  for (const name of await ownNames(folder)) await rm(join(folder, name), { force: true });
  await rmdir(folder).catch(() => {}); // it holds other things, or another process has removed it
}

const ownNames = async (folder: string): Promise<string[]> =>
  (await readdir(folder).catch(() => [])).filter(isOwnName);

/** Where parts are kept, and what made them. */
export interface PartPlace {
  readonly folder: string;
  /** See `PartHead.words`. */
  readonly words: readonly string[];
}

/**
 * Computes those pieces of a share that no file in the folder has, and keeps each as soon as it is done, so that a share that
 * was killed goes on where it was. Gives the share's file. Throws UserError where the file is of other settings.
 */
export async function computeShare<Part>(
  work: Work<Part>,
  share: Share,
  { folder, words }: PartPlace,
  { report, signal }: Watch,
): Promise<PartFile> {
  const pieces = pieceCount(work);
  const path = join(folder, partName(share));
  await makeFolder(folder);
  const files = await partsIn(folder);
  let own = files.find((file) => file.path === path);
  if (own) checkSettings(own, { ...work, pieces });
  else {
    await createPartFile(path, { words, share, pieces, settings: work.settings });
    own = await scanPartFile(path);
  }
  const alike = files.filter(({ head }) => isOf(head, { ...work, pieces }));
  let amount = 0;
  const missing = piecesOf(share, pieces).filter((piece) => {
    const known = alike.map(({ entries }) => entries.get(piece)).find((entry) => entry);
    amount += known?.amount ?? 0;
    return !known;
  });
  report(amount);
  if (missing.length === 0) return own;
  {
    await using writer = await openPartWriter(own);
    for (const piece of missing) {
      signal.throwIfAborted();
      let done = 0;
      const part = await work.compute(spanOf(work, piece), (now) => {
        done = now;
        report(amount + done);
      });
      signal.throwIfAborted(); // it may have ended early
      await writer.add(piece, done, serialize(part));
      amount += done;
    }
  }
  return scanPartFile(path);
}

function isOf(head: PartHead, wanted: Pick<PartHead, "settings" | "pieces">): boolean {
  try {
    checkSettings({ path: "", head }, wanted);
    return true;
  } catch {
    return false;
  }
}

/**
 * The results of all pieces in order, read one by one from files. Throws UserError where the files do not make the whole work: see
 * {@link gather}.
 */
export function gathered<Part>(
  work: Work<Part>,
  files: readonly PartFile[],
): AsyncGenerator<Part, void> {
  const holders = gather(files, { ...work, pieces: pieceCount(work) });
  async function* parts(): AsyncGenerator<Part, void> {
    for (const [piece, file] of holders.entries()) {
      yield deserialize(await readEntry(file, file.entries.get(piece)!)); // it has the piece
    }
  }
  return parts();
}

/** The results of all pieces in order, computed one by one as they are asked for; ends early where the signal is aborted. */
export async function* computed<Part>(
  work: Work<Part>,
  { report, signal }: Watch,
): AsyncGenerator<Part, void> {
  let amount = 0;
  for (let piece = 0; piece < pieceCount(work); piece++) {
    if (signal.aborted) return;
    let done = 0;
    yield await work.compute(spanOf(work, piece), (now) => {
      done = now;
      report(amount + done);
    });
    amount += done;
  }
}
