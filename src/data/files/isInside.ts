import { relative, resolve, sep } from "node:path";

/** Whether a path lies inside a folder, of any depth; the folder itself does not. Both are compared as texts: links are not followed. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && resolve(way) !== way;
}
