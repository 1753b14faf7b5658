import { createReadStream } from "node:fs";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { statInput } from "../../data/files/statInput.ts";
import { UserError } from "../../errors/userError.ts";
import type { Document, Parts } from "../kind.ts";

/** Names of the part for validation, the preferred one first. */
const validNames = ["valid", "validation", "val", "dev", "test"] as const;

/** Of the files of a folder without named parts, one in so many is for validation. */
const heldOutEvery = 10;

/** The documents of a corpus, and what of its folder is not used. */
export interface OpenedDocuments extends Parts<readonly Document[]> {
  /** One sentence for each thing that was left out although it might have been meant. */
  readonly notices: readonly string[];
}

/**
 * Opens a corpus of text, sound or music, for a kind that reads files of the endings `reads` (with their dots, lower case;
 * all files if empty). `path` is
 * - a folder with files or folders named `train` and `valid` (or `validation`, `val`, `dev`, `test`), in it or below;
 * - a JSON file of lists `train` and `valid` of pieces, or a folder with nothing else to read, where `reads` has `.json`:
 *   each piece is a document, whose contents are that piece as JSON;
 * - any other folder: each file in it or below is a document, every tenth in order of their paths is for validation;
 * - any other file, whatever its ending.
 *
 * Links to files and folders are followed, but not in a circle. Empty files, pipes and devices are passed over. Where no
 * document is for validation, as of a single file, `valid` is empty and the end of the tokens serves (see
 * `prepareCorpus`). Throws UserError where nothing is left to train on.
 */
export async function openDocuments(
  path: string,
  reads: readonly string[],
): Promise<OpenedDocuments> {
  const found = await statInput(path);
  if (!found.isDirectory()) {
    if (!found.isFile()) {
      throw new UserError(`${path} is neither a file nor a folder`, "unsupported-file");
    }
    if (found.size === 0) throw new UserError(`${path} is empty`);
    return readsPieces(path, reads)
      ? openPieces(path)
      : {
          train: [fileDocument(path, `${found.size} ${found.mtimeMs}`)],
          valid: [],
          notices: [],
        };
  }

  const notices: string[] = [];
  const root: Place = { reads, notices, above: [await realpath(path)] };
  const named = await openNamedParts(path, root);
  if (named !== undefined) return { ...named, notices };
  const files = await filesBelow(path, root);
  const [first] = files;
  if (first === undefined) {
    const wanted = reads.length === 0 ? "files" : `files ending in ${reads.join(", ")}`;
    throw new UserError(`${path} holds no ${wanted} that are not empty`, "not-found");
  }
  if (files.length === 1 && readsPieces(first.name, reads)) return openPieces(first.name);
  return { ...holdOut(files), notices };
}

/** What holds for a folder while it is searched. */
interface Place {
  readonly reads: readonly string[];
  /** Receives what is left out. */
  readonly notices: string[];
  /** Real paths of the folders that lead here, so that no link leads in a circle. */
  readonly above: readonly string[];
}

function readsPieces(path: string, reads: readonly string[]): boolean {
  return endingOf(path) === ".json" && reads.includes(".json");
}

/** The parts of a folder that holds entries of their names; `undefined` where it holds none to train on. */
async function openNamedParts(
  path: string,
  place: Place,
): Promise<Parts<readonly Document[]> | undefined> {
  const names = (await readdir(path)).filter((name) => !name.startsWith(".")).sort(byCode);
  const namesOf = (part: string) =>
    names.filter((name) => name.toLowerCase().split(".")[0] === part);
  const open = async (part: string): Promise<Document[]> => {
    const files = await Promise.all(
      namesOf(part).map((name) => documentsAt(join(path, name), place)),
    );
    return files.flat();
  };
  const train = await open("train");
  if (train.length === 0) return undefined;
  let used: string | undefined;
  let valid: Document[] = [];
  for (const name of validNames) {
    valid = await open(name);
    if (valid.length === 0) continue;
    used = name;
    break;
  }
  const others = names.filter(
    (name) => ![...namesOf("train"), ...namesOf(used ?? "")].includes(name),
  );
  const candidates = await Promise.all(
    others.map((name) => documentsAt(join(path, name), { ...place, notices: [] })),
  );
  const unused = others.filter((_, i) => candidates[i]?.length);
  if (unused.length > 0) {
    const parts = used === undefined ? "“train”" : `“train” and “${used}”`;
    place.notices.push(`of ${path} only ${parts} are used, not ${listed(unused)}`);
  }
  return { train, valid };
}

/** The first few of many names. */
function listed(names: readonly string[]): string {
  const more = names.length > 5 ? ` and ${names.length - 5} more` : "";
  return `${names.slice(0, 5).join(", ")}${more}`;
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

/** The pieces of a JSON file. Such a file is written by hand or by a script, and small: it is held in memory. */
async function openPieces(path: string): Promise<OpenedDocuments> {
  const lists = parseRecord(await readFile(path, "utf8"));
  if (lists === undefined) {
    throw new UserError(`${path} is not a JSON object with a list “train”`, "unsupported-file");
  }
  const open = (part: string): Document[] => {
    const pieces = Object.hasOwn(lists, part) ? lists[part] : undefined;
    if (!Array.isArray(pieces)) return [];
    return pieces.map((piece: unknown, i) =>
      textDocument(`${path} ${part} ${i}`, JSON.stringify(piece)),
    );
  };
  const train = open("train");
  if (train.length === 0) {
    throw new UserError(`${path} has no list “train” of pieces`, "unsupported-file");
  }
  const used = validNames.find((name) => open(name).length > 0);
  const unused = validNames.filter((name) => name !== used && open(name).length > 0);
  const notices =
    unused.length > 0
      ? [`of ${path} only “train” and “${used}” are used, not ${listed(unused)}`]
      : [];
  return { train, valid: used === undefined ? [] : open(used), notices };
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

/** The documents of a folder, however deep, folder by folder in order of their names. Hidden entries are passed over. */
async function filesBelow(path: string, place: Place): Promise<Document[]> {
  const names = (await readdir(path)).filter((name) => !name.startsWith(".")).sort(byCode);
  const files = await Promise.all(names.map((name) => documentsAt(join(path, name), place)));
  return files.flat();
}

/** The documents of a folder; one of a file, or none where its ending is of another kind or it is empty. */
async function documentsAt(path: string, place: Place): Promise<Document[]> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error) {
    const reason =
      found.code === "ENOENT" ? "is a link to nothing" : `cannot be read (${found.code})`;
    place.notices.push(`${path} ${reason}`);
    return [];
  }
  if (found.isDirectory()) {
    const real = await realpath(path);
    if (place.above.includes(real)) return [];
    return filesBelow(path, { ...place, above: [...place.above, real] });
  }
  const { reads } = place;
  if (reads.length > 0 && !reads.includes(endingOf(path))) return [];
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

/** By code units, not by locale: the order, and so what is for validation, is the same on every machine. */
function byCode(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
