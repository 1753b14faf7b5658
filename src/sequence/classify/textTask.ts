import { open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { statInput } from "../../data/files/statInput.ts";
import { spreadEvenly } from "../../data/random/spreadEvenly.ts";
import { UserError } from "../../errors/userError.ts";
import type { Examples } from "./examples.ts";
import { isHeldOut, type Task } from "./task.ts";
import type { TextSettings } from "./taskChoice.ts";

/** Names of the part that is not trained on, the preferred one first. */
const validNames = ["valid", "validation", "val", "test"];

/**
 * Texts byte by byte, each file one, of the class that its folder is called by. Where there is a folder `train` and one
 * named `valid`, `validation`, `val` or `test`, these are the parts; otherwise every tenth file of a class is held out, or
 * the last of fewer. A text is read when it is asked for. Throws UserError where there are no texts, or fewer than two
 * classes.
 */
export async function openTextTask({ path, longest, valid }: TextSettings): Promise<Task> {
  const names = await foldersIn(path);
  const validName = validNames.find((name) => names.includes(name));
  const parted = names.includes("train") && validName !== undefined;
  const train = await textsByClass(parted ? join(path, "train") : path);
  const classNames = [...train.keys()];
  if (classNames.length < 2) {
    throw new UserError(`${path} needs a folder of texts for each class, of two classes at least`);
  }
  const listed = parted ? await textsByClass(join(path, validName)) : undefined;
  const stray = [...(listed?.keys() ?? [])].find((name) => !train.has(name));
  if (stray !== undefined) {
    throw new UserError(`${join(path, "train")} has no texts of the class “${stray}”`);
  }
  const texts = (chosen: (all: readonly Text[], label: number) => readonly Text[]) =>
    [...train.values()].flatMap((all, label) =>
      chosen(all, label).map((text) => ({ ...text, label })),
    );
  const trained = texts((all) => all.filter((_, i) => listed || !isHeldOut(i, all.length)));
  const heldOut = texts((all, label) =>
    listed
      ? (listed.get(classNames[label]!) ?? [])
      : all.filter((_, i) => isHeldOut(i, all.length)),
  );
  if (heldOut.length === 0) throw new UserError(`${path} holds no texts that could be held out`);
  const watched = spreadEvenly(heldOut.length, valid).map((i) => heldOut[i]!); // i < length
  const part = (of: readonly (Text & { readonly label: number })[]): Examples => ({
    count: of.length,
    async at(index) {
      const { path: file, label } = of[index]!; // index < count
      return { tokens: await beginningOf(file, longest), label };
    },
  });
  const sizes = [...trained, ...watched].map(({ bytes }) => bytes);
  return {
    symbols: 256,
    classNames,
    longest: Math.min(
      longest,
      sizes.reduce((most, bytes) => Math.max(most, bytes), 0),
    ),
    train: part(trained),
    valid: part(watched),
  };
}

interface Text {
  readonly path: string;
  readonly bytes: number;
}

/** The files of each folder in a folder that are not empty, in order of their names; folders without any are left out. */
async function textsByClass(path: string): Promise<ReadonlyMap<string, readonly Text[]>> {
  const classes = new Map<string, readonly Text[]>();
  for (const name of await foldersIn(path)) {
    const files = (await readdir(join(path, name), { withFileTypes: true }))
      .filter((entry) => !entry.name.startsWith(".") && !entry.isDirectory())
      .map((entry) => join(path, name, entry.name))
      .sort(byCode);
    const texts: Text[] = [];
    for (const file of files) {
      const { size } = await stat(file);
      if (size > 0) texts.push({ path: file, bytes: size });
    }
    if (texts.length > 0) classes.set(name, texts);
  }
  return classes;
}

/** Names of the folders in a folder, in order. Throws UserError where it is none. */
async function foldersIn(path: string): Promise<string[]> {
  const found = await statInput(path);
  if (!found.isDirectory())
    throw new UserError(`${path} is no folder with a folder for each class`);
  return (await readdir(path, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .sort(byCode);
}

/** By code units, not by locale: the order, and so every run, is the same on every machine. */
const byCode = (a: string, b: string): number => (a < b ? -1 : 1);

/** The first bytes of a file. Throws UserError where it has become empty. */
async function beginningOf(path: string, length: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const bytes = new Uint8Array(length);
    let known = 0;
    while (known < length) {
      const { bytesRead } = await file.read(bytes, known, length - known);
      if (bytesRead === 0) break;
      known += bytesRead;
    }
    if (known === 0) throw new UserError(`${path} is empty`);
    return bytes.subarray(0, known);
  } finally {
    await file.close();
  }
}
