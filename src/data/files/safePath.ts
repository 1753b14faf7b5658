import { UserError } from "../../errors/userError.ts";

/**
 * A path inside a folder, as an archive or a server names it: words separated by `/`, without a leading `./`. Throws
 * UserError where the path could lead out of that folder (`..`, an absolute path, a drive letter, a backslash) or could
 * not be a file name; `source` is what named it, for the message.
 */
export function safePath(path: string, source: string): string {
  const words = path.split("/").filter((word) => word !== "" && word !== ".");
  const unsafe =
    words.length === 0 ||
    path.startsWith("/") ||
    words.includes("..") ||
    /^[a-z]:/i.test(path) ||
    path.includes("\\") ||
    path.includes("\0");
  if (unsafe) {
    throw new UserError(
      `${source} names a file ${JSON.stringify(path)}, which leads out of its folder; nothing of it was written`,
      "damaged-file",
    );
  }
  return words.join("/");
}
