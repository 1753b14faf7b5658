import { randomUUID } from "node:crypto";
import { open, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { UserError } from "../../errors/userError.ts";

/**
 * Writes a file so that a reader sees either the old content or all of the new: under a temporary name in the same folder,
 * flushed to the disk, then renamed. A failure leaves nothing behind. Throws UserError, naming `path`, where it is a folder
 * or its folder does not exist.
 */
export async function writeFileAtomically(
  path: string,
  content: string | Uint8Array | Iterable<Uint8Array>,
): Promise<void> {
  const chunks = typeof content === "string" || content instanceof Uint8Array ? [content] : content;
  // Replaces what a link points to, not the link.
  const target = await realpath(path).catch(() => path);
  const existing = await stat(target).catch(() => undefined);
  if (existing?.isDirectory()) throw isAFolder(path);
  // A device or a pipe (/dev/null, /dev/stdout) is written to, never renamed over.
  if (existing !== undefined && !existing.isFile()) {
    for (const chunk of chunks) await naming(path, () => writeFile(target, chunk, { flag: "a" }));
    return;
  }

  const temporary = join(dirname(target), `.${basename(target)}.${randomUUID().slice(0, 8)}.tmp`);
  await naming(path, async () => {
    try {
      const file = await open(temporary, "wx");
      try {
        for (const chunk of chunks) await file.writeFile(chunk);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, target);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  });
}

/** Throws before long work what `writeFileAtomically` would throw after it: `path` is a folder, or its folder is missing. */
export async function checkFilePath(path: string): Promise<void> {
  const isFolder = async (name: string) =>
    (await stat(name).catch(() => undefined))?.isDirectory() ?? false;
  if (await isFolder(path)) throw isAFolder(path);
  if (!(await isFolder(dirname(path)))) throw hasNoFolder(path);
}

const isAFolder = (path: string) =>
  new UserError(`${path} is a folder; name a file to write`, "wrong-kind");
const hasNoFolder = (path: string) =>
  new UserError(
    `${path} cannot be written: the folder ${dirname(path)} does not exist`,
    "not-found",
  );

/** Makes system errors name `path`: they name the temporary file or, for a full disk, no file at all. */
async function naming<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    if (error.code === "ENOENT") throw hasNoFolder(path);
    throw Object.assign(error, { path, dest: undefined });
  }
}
