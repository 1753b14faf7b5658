import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { statInput } from "./statInput.ts";

/** A fingerprint of texts and bytes in their order. */
export function fingerprint(pieces: Iterable<string | Uint8Array>): string {
  const hash = createHash("sha256");
  for (const piece of pieces) hash.update(`${piece.length}/`).update(piece);
  return shortened(hash);
}

const shortened = (hash: Hash): string => hash.digest("hex").slice(0, 16);

/** Folders of more files are known by the names and sizes of these, since pictures of other contents have other sizes. */
const fewFiles = 16;

/**
 * A fingerprint of a file's bytes, or of a folder: names and sizes of all that is in it, and the bytes where these are few files.
 * Hidden entries do not count. It is the same on every machine. Throws UserError (`not-found`) where nothing is there.
 */
export async function fingerprintOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  const add = (file: string) =>
    pipeline(createReadStream(file), async (chunks) => {
      for await (const chunk of chunks) hash.update(chunk);
    });
  if (!(await statInput(path)).isDirectory()) await add(path);
  else {
    const names = (await readdir(path, { recursive: true }))
      .map((name) => name.replaceAll("\\", "/"))
      .filter((name) => !name.split("/").some((part) => part.startsWith(".")))
      .sort((a, b) => (a < b ? -1 : 1));
    const files: string[] = [];
    for (const [i, found] of (
      await Promise.all(names.map((name) => stat(join(path, name)).catch(() => undefined)))
    ).entries()) {
      if (!found?.isFile()) continue;
      const name = names[i]!; // one each
      files.push(name);
      hash.update(`${name}\n${found.size}\n`);
    }
    if (files.length <= fewFiles) for (const name of files) await add(join(path, name));
  }
  return shortened(hash);
}
