import { accessSync, constants, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { printable } from "../../errors/printable.ts";

/** What went wrong, for the operating system's error codes that a person can do something about. */
const sentences: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `${path} does not exist`,
  EACCES: withoutPermission,
  EPERM: withoutPermission,
  EROFS: (path) => `${path} is on a read-only disk`,
  ENOSPC: (path) => `the disk is full: ${path} could not be written; free some space and try again`,
  EDQUOT: (path) => `your disk quota is used up: ${path} could not be written`,
  EFBIG: (path) => `${path} grew larger than this disk allows`,
  ENOTDIR: throughFile,
  EISDIR: (path) => `${path} is a folder where a file is expected`,
  EEXIST: (path) => `${path} is already there`,
  ENOTEMPTY: (path) => `${path} is a folder that is not empty`,
  EBUSY: (path) => `${path} is in use by another program`,
  ENAMETOOLONG: (path) => `${path} is too long a name for this disk`,
  ELOOP: (path) => `${path} is a link that leads back to itself`,
  EXDEV: (path) => `${path} is on another disk`,
  EMFILE: tooManyFiles,
  ENFILE: tooManyFiles,
  EIO: (path) => `the disk reported a fault while using ${path}`,
  ERR_FS_FILE_TOO_LARGE: (path) => `${path} is too large to be read at once (2 GiB at most)`,
};

/**
 * One sentence for a file-system error, naming the file that is to blame, or for arrays larger than the memory; `undefined`
 * when `error` is something else.
 *
 * @example
 * explainSystemError(await readFile("a.png").catch((error) => error)); // "a.png does not exist"
 */
export function explainSystemError(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (isTooLarge(error))
    return "there is not enough memory for arrays of this size; choose smaller sizes";
  const { code, syscall, path, dest } = error as NodeJS.ErrnoException & { readonly dest?: string };
  if (code === undefined) return undefined;
  const name = dest ?? path;
  const reason = syscall === "mkdir" && name !== undefined ? reasonOfMkdir(name, code) : code;
  const sentence = Object.hasOwn(sentences, reason) ? sentences[reason] : undefined;
  return sentence && printable(sentence(name ?? "a file"));
}

/** Whether an array could not be made because of its size; a length that is not a size, such as -1, is a bug. */
function isTooLarge(error: Error): boolean {
  if (!(error instanceof RangeError)) return false;
  const [, length] =
    /^Invalid (?:typed )?array (?:buffer )?length: (\d+)$/.exec(error.message) ?? [];
  return Number(length) >= 2 ** 32 || error.message === "Array buffer allocation failed";
}

/** Node says ENOENT of a folder, made with those above it, that is on a read-only disk: asks the disk itself. */
function reasonOfMkdir(path: string, code: string): string {
  const above = code === "ENOENT" ? nearestThere(path) : undefined;
  if (above === undefined) return code;
  try {
    accessSync(above, constants.W_OK);
    return code;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? code;
  }
}

function withoutPermission(path: string): string {
  const above = nearestThere(path);
  return above === undefined || above === resolve(path)
    ? `no permission to use ${path}`
    : `no permission to use ${path}: the folder ${above} does not allow it`;
}

function throughFile(path: string): string {
  const above = nearestThere(path);
  return above === undefined || above === resolve(path)
    ? `${path} is a file where a folder is expected`
    : `${path} cannot be used: ${above} is a file, not a folder`;
}

function tooManyFiles(path: string): string {
  return `too many files are open at once, so ${path} could not be opened; \`ulimit -n\` shows and raises the limit`;
}

/** The path itself or the nearest one above it that is there. */
function nearestThere(path: string): string | undefined {
  for (let at = resolve(path); ; at = dirname(at)) {
    try {
      if (statSync(at, { throwIfNoEntry: false })) return at;
    } catch {
      // Through a file, or without permission: the next one above.
    }
    if (dirname(at) === at) return undefined;
  }
}
