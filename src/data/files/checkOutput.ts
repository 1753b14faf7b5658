import { realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { UserError } from "../../errors/userError.ts";
import { isInside } from "./isInside.ts";

/**
 * Checks, before anything is written, that `output` is apart from what is read: not one of `inputs`, not a link to one, and
 * not inside one that is a folder. Throws UserError naming both. Names that do not exist yet are fine.
 */
export async function checkOutput(output: string, inputs: readonly string[]): Promise<void> {
  const target = await realPath(output);
  const found = await stat(target).catch(() => undefined);
  for (const input of inputs) {
    const source = await realPath(input);
    const from = await stat(source).catch(() => undefined);
    if (from === undefined) continue;
    // Two names of one file (hard links) have the same number on the same disk.
    const same = found !== undefined && found.ino === from.ino && found.dev === from.dev;
    if (same || target === source) {
      throw new UserError(`${output} is the same as ${input}, which is read; name another output`);
    }
    if (from.isDirectory() && isInside(target, source)) {
      throw new UserError(`${output} lies inside ${input}, which is read; name another output`);
    }
  }
}

/** The path without links; the part of it that does not exist yet stays as it is. */
async function realPath(path: string): Promise<string> {
  const whole = resolve(path);
  const real = await realpath(whole).catch(() => undefined);
  if (real !== undefined) return real;
  const above = dirname(whole);
  return above === whole ? whole : join(await realPath(above), basename(whole));
}
