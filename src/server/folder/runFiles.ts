import { lstat, readdir } from "node:fs/promises";
import { extname, join } from "node:path";
import type { RunFile } from "../api.ts";

/** Types of the files of a run that the page may have, by their ending. */
export const contentTypes: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".jsonl": "text/plain; charset=utf-8",
  ".md": "text/plain; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".wav": "audio/wav",
  ".mid": "audio/midi",
  ".onnx": "application/octet-stream",
  ".safetensors": "application/octet-stream",
};

/** Files that are listed, at most. */
const most = 5000;

/** The files of a run and of its sub-folders, but links, hidden ones and those of other types; by path. */
export async function filesOf(root: string, run: string): Promise<RunFile[]> {
  const files: RunFile[] = [];
  for (const folder of ["", ...(await foldersOf(join(root, run)))]) {
    const entries = await readdir(join(root, run, folder), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (files.length >= most) return files;
      if (!entry.isFile() || entry.name.startsWith(".")) continue;
      if (contentTypes[extname(entry.name).toLowerCase()] === undefined) continue;
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      const found = await lstat(join(root, run, path)).catch(() => undefined);
      if (found) files.push({ path, bytes: found.size, changed: found.mtimeMs });
    }
  }
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

async function foldersOf(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  return entries.flatMap((entry) =>
    entry.isDirectory() && !entry.name.startsWith(".") ? [entry.name] : [],
  );
}
