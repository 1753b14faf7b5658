import { stat } from "node:fs/promises";

/** Whether `path` is a regular file, or a link to one. A pipe, a device, a folder and a missing name are not. */
export async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
