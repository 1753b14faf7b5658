import { createReadStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { UserError } from "../../errors/userError.ts";
import type { Document, Parts } from "../kind.ts";

/** Names of the part that is not trained on, the preferred one first. */
const validNames = ["valid", "validation", "val", "test"] as const;

/** Of a folder's files that come in no parts, one in so many is held out. */
const heldOutEvery = 10;

/**
 * Opens what `--data` names, for a kind of corpus that reads files of the endings `reads` (with their dots, lower case;
 * all files if empty):
 * - a folder with files or folders named `train` and `valid` (or `validation`, `val`, `test`), in it or below;
 * - a JSON file of lists `train` and `valid` of pieces, or a folder with nothing else to read, where `reads` has `.json`:
 *   each piece is a document, whose contents are that piece as JSON;
 * - any other folder: each file in it or below is a document, every tenth in order of their paths is held out;
 * - any other file, whatever its ending.
 *
 * Where nothing is held out, as of a single file, `valid` is empty and the end of the tokens is to be held out (see
 * `prepareCorpus`). Files without contents are passed over. Throws UserError where nothing is left to train on.
 */
export async function openDocuments(
  path: string,
  reads: readonly string[],
): Promise<Parts<readonly Document[]>> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new UserError(`${path} does not exist`);
  if (!found.isDirectory()) {
    if (found.isFile() && found.size === 0) throw new UserError(`${path} is empty`);
    return readsPieces(path, reads)
      ? openPieces(path)
      : { train: [fileDocument(path, `${found.size} ${found.mtimeMs}`)], valid: [] };
  }

  const named = await openNamedParts(path, reads);
  if (named !== undefined) return named;
  const files = await filesBelow(path, reads);
  const [first] = files;
  if (first === undefined) {
    const wanted = reads.length === 0 ? "files" : `files ending in ${reads.join(", ")}`;
    throw new UserError(`${path} holds no ${wanted} that are not empty`);
  }
  if (files.length === 1 && readsPieces(first.name, reads)) return openPieces(first.name);
  return holdOut(files);
}

function readsPieces(path: string, reads: readonly string[]): boolean {
  return endingOf(path) === ".json" && reads.includes(".json");
}

/** The parts of a folder that holds entries of their names; `undefined` where it holds none to train on. */
async function openNamedParts(
  path: string,
  reads: readonly string[],
): Promise<Parts<readonly Document[]> | undefined> {
  const names = await readdir(path);
  const open = async (part: string): Promise<Document[]> => {
    const ofPart = names.filter((name) => name.toLowerCase().split(".")[0] === part).sort(byCode);
    const files = await Promise.all(ofPart.map((name) => filesAt(join(path, name), reads)));
    return files.flat();
  };
  const train = await open("train");
  if (train.length === 0) return undefined;
  for (const name of validNames) {
    const valid = await open(name);
    if (valid.length > 0) return { train, valid };
  }
  return { train, valid: [] };
}

/** Every tenth file, or the last of fewer. */
function holdOut(files: readonly Document[]): Parts<readonly Document[]> {
  const isHeldOut = (i: number) =>
    files.length < heldOutEvery ? i > 0 && i === files.length - 1 : (i + 1) % heldOutEvery === 0;
  return {
    train: files.filter((_, i) => !isHeldOut(i)),
    valid: files.filter((_, i) => isHeldOut(i)),
  };
}

/** The pieces of a JSON file. Such a file is made by hand or by a script, and small: it is held in memory. */
async function openPieces(path: string): Promise<Parts<readonly Document[]>> {
  const lists = parseRecord(await readFile(path, "utf8"));
  if (lists === undefined) throw new UserError(`${path} is not a JSON object with a list “train”`);
  const open = (part: string): Document[] => {
    const pieces = Object.hasOwn(lists, part) ? lists[part] : undefined;
    if (!Array.isArray(pieces)) return [];
    return pieces.map((piece: unknown, i) =>
      textDocument(`${path} ${part} ${i}`, JSON.stringify(piece)),
    );
  };
  const train = open("train");
  if (train.length === 0) throw new UserError(`${path} has no list “train” of pieces`);
  const valid = validNames.map(open).find((pieces) => pieces.length > 0) ?? [];
  return { train, valid };
}

function parseRecord(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? { ...value }
      : undefined;
  } catch {
    return undefined;
  }
}

/** The files of a folder, however deep, folder by folder in order of their names. Links to folders are not followed. */
async function filesBelow(path: string, reads: readonly string[]): Promise<Document[]> {
  const entries = await readdir(path, { withFileTypes: true });
  const files = await Promise.all(
    entries
      .filter(({ name }) => !name.startsWith("."))
      .sort((a, b) => byCode(a.name, b.name))
      .map((entry) =>
        entry.isDirectory()
          ? filesBelow(join(path, entry.name), reads)
          : fileAt(join(path, entry.name), reads),
      ),
  );
  return files.flat();
}

async function filesAt(path: string, reads: readonly string[]): Promise<Document[]> {
  const found = await stat(path);
  return found.isDirectory() ? filesBelow(path, reads) : fileAt(path, reads);
}

/** One document, or none where the ending is of another kind or nothing is in it. */
async function fileAt(path: string, reads: readonly string[]): Promise<Document[]> {
  if (reads.length > 0 && !reads.includes(endingOf(path))) return [];
  const found = await stat(path);
  if (!found.isFile() || found.size === 0) return [];
  return [fileDocument(path, `${found.size} ${found.mtimeMs}`)];
}

function fileDocument(path: string, version: string): Document {
  return {
    name: path,
    version,
    // A generator, so that the file is not open before it is read.
    async *bytes() {
      yield* createReadStream(path, { highWaterMark: 2 ** 20 });
    },
  };
}

function textDocument(name: string, text: string): Document {
  return {
    name,
    version: text,
    async *bytes() {
      yield new TextEncoder().encode(text);
    },
  };
}

function endingOf(path: string): string {
  return extname(path).toLowerCase();
}

/** By code units, not by locale: the order, and so what is held out, is the same on every machine. */
function byCode(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
