import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { isInside } from "../../data/files/isInside.ts";
import { type ErrorCode, UserError } from "../../errors/userError.ts";

/** An open file. */
export interface OpenFile extends Disposable {
  readonly descriptor: number;
  readonly size: number;
  /** Its number on its disk: a file that is written anew gets another. */
  readonly ino: number;
  /** Reads into `bytes` from a position on; gives how many there were. */
  readInto(bytes: Uint8Array, position: number): number;
}

/**
 * Opens a file of a folder for reading. `root` is the folder's path without links. Throws UserError where nothing is there
 * (`not-found`), a link leads out of the folder or reading is not allowed (`not-permitted`), or it is no regular file: a pipe is
 * never waited for.
 *
 * It does not wait for other work: thousands of small files are looked at again and again, and handing each to another thread
 * would take ten times as long as reading it.
 */
export function openInside(root: string, path: string): OpenFile {
  const real = orRefuse(path, () => realpathSync.native(join(root, path)));
  if (!isInside(real, root)) {
    throw new UserError(`${path} leads out of the folder`, "not-permitted");
  }
  return openFile(real, path);
}

/** Opens a regular file for reading; `name` is what messages call it. Throws UserError as {@link openInside} does. */
export function openFile(path: string, name = path): OpenFile {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants; // the latter two are unknown to Windows
  const descriptor = orRefuse(name, () => openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK));
  const found = fstatSync(descriptor);
  if (!found.isFile()) {
    closeSync(descriptor);
    throw new UserError(`${name} is not a file`, "wrong-kind");
  }
  const { size, ino } = found;
  return {
    ...{ descriptor, size, ino },
    readInto(bytes, position) {
      let read = 0;
      while (read < bytes.length) {
        const more = readSync(descriptor, bytes, read, bytes.length - read, position + read);
        if (more === 0) break;
        read += more;
      }
      return read;
    },
    [Symbol.dispose]: () => closeSync(descriptor),
  };
}

/** An error of the file system as a UserError: a file that was removed or replaced meanwhile, or is no regular file, is not a bug. */
const refusals: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ENOENT: ["not-found", "does not exist"],
  ENOTDIR: ["not-found", "does not exist"],
  ENAMETOOLONG: ["not-found", "does not exist"],
  EACCES: ["not-permitted", "may not be read"],
  EPERM: ["not-permitted", "may not be read"],
  ELOOP: ["not-permitted", "is a link that is not followed"],
  ENXIO: ["wrong-kind", "is not a file"], // a socket
};

function orRefuse<T>(name: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    const [code, words] = refusals[(error as NodeJS.ErrnoException).code ?? ""] ?? [];
    if (code === undefined) throw error;
    throw new UserError(`${name} ${words}`, code, { cause: error });
  }
}

/** The text of a file of a folder, which may have `most` bytes. */
export function readInside(root: string, path: string, most = 16e6): string {
  using file = openInside(root, path);
  const { size } = file;
  if (size > most) throw new UserError(`${path} has more than ${most} bytes`, "unsupported-file");
  const bytes = Buffer.alloc(size);
  return bytes.toString("utf8", 0, file.readInto(bytes, 0));
}
