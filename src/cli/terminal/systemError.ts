/** What went wrong, for the operating system's error codes that a person can do something about. */
const sentences: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `${path} does not exist`,
  EACCES: (path) => `no permission to use ${path}`,
  EPERM: (path) => `no permission to use ${path}`,
  EROFS: (path) => `${path} is on a read-only disk`,
  ENOSPC: (path) => `the disk is full: ${path} could not be written; free some space and try again`,
  EDQUOT: (path) => `your disk quota is used up: ${path} could not be written`,
  EFBIG: (path) => `${path} grew larger than this disk allows`,
  ENOTDIR: (path) => `${path} leads through a file where a folder is expected`,
  EISDIR: (path) => `${path} is a folder where a file is expected`,
  EEXIST: (path) => `${path} is already there`,
  ENOTEMPTY: (path) => `${path} is a folder that is not empty`,
  ENAMETOOLONG: (path) => `${path} is too long a name for this disk`,
  ELOOP: (path) => `${path} is a link that leads back to itself`,
  EMFILE: (path) => `too many files are open at once, so ${path} could not be opened`,
  EIO: (path) => `the disk reported a fault while using ${path}`,
};

/** One sentence for a file-system error, or `undefined` when `error` is something else. */
export function explainSystemError(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, path, dest } = error as NodeJS.ErrnoException & { readonly dest?: string };
  return code === undefined ? undefined : sentences[code]?.(dest ?? path ?? "a file");
}
