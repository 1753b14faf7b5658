import { constants } from "node:fs";
import { type FileHandle, open, realpath } from "node:fs/promises";
import { join } from "node:path";
import { isInside } from "../../data/files/isInside.ts";
import { UserError } from "../../errors/userError.ts";

/**
 * Opens a file of a folder for reading. `root` is the folder's path without links. Throws UserError where nothing is there
 * (`not-found`), a link leads out of the folder (`not-permitted`), or it is no regular file: a pipe is never waited for.
 */
export async function openInside(root: string, path: string): Promise<FileHandle> {
  const real = await realpath(join(root, path)).catch(() => {
    throw new UserError(`${path} does not exist`, "not-found");
  });
  if (!isInside(real, root)) {
    throw new UserError(`${path} leads out of the folder`, "not-permitted");
  }
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants; // the latter two are unknown to Windows
  const file = await open(real, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  const found = await file.stat();
  if (found.isFile()) return file;
  await file.close();
  throw new UserError(`${path} is not a file`, "wrong-kind");
}

/** The text of a file of a folder, which may have `most` bytes. */
export async function readInside(root: string, path: string, most = 16e6): Promise<string> {
  await using file = await openInside(root, path);
  const { size } = await file.stat();
  if (size > most) throw new UserError(`${path} has more than ${most} bytes`, "unsupported-file");
  return await file.readFile("utf8");
}
