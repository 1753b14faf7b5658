import { dirname, join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { checkFilePath } from "../../data/files/atomicWrite.ts";
import { checkOutput } from "../../data/files/checkOutput.ts";
import { makeFolder } from "../../data/files/makeFolder.ts";
import type { Picture } from "../../data/images/picture.ts";
import { checkPngName, writeImage } from "../../data/images/writeImage.ts";
import { UserError } from "../../errors/userError.ts";
import type { Io, Result } from "../parser/command.ts";
import type { Options } from "../parser/options.ts";

export const onlyOption = {
  only: {
    type: "string",
    placeholder: "NAME",
    otherwise: "all",
    help: "of a file of several pictures only the one of this name, or number from 0; --out is a picture",
  },
} as const satisfies Options;

/** Pictures of a file, in their order, and what is wanted of them. */
export interface DecodedPictures {
  readonly file: string;
  readonly out: string;
  /** Pictures of the whole file. */
  readonly count: number;
  readonly names: readonly string[] | undefined;
  readonly missingBytes: number;
  readonly only: string | undefined;
  readonly rasters: Iterable<Picture>;
}

/**
 * Writes the pictures of a file: into a folder, each by its name, or the only one, or the one that is wanted, as a picture. Throws UserError where there
 * is no picture of that name, or the file was cut short before it.
 */
export async function writePictures(
  { file, out, count, names, missingBytes, only, rasters }: DecodedPictures,
  io: Io,
): Promise<Result> {
  const chosen = only === undefined ? (count === 1 ? 0 : undefined) : indexOf(only, count, names);
  if (chosen === undefined && only !== undefined)
    throw new UserError(`${file} has no picture ${only}; it has ${count} pictures`, "not-found");
  await checkOutput(out, [file]);
  if (chosen === undefined) await makeFolder(out);
  else {
    checkPngName(out);
    await checkFilePath(out);
  }
  if (missingBytes > 0) io.log(`${file} is cut short by ${missingBytes} bytes`);
  const pathOf = (i: number) => join(out, `${names?.[i] ?? `${i}`.padStart(6, "0")}.png`);
  let seen = 0;
  for (const raster of rasters) {
    io.signal.throwIfAborted();
    const i = seen++;
    if (chosen === undefined) {
      const path = pathOf(i);
      if (dirname(path) !== out) await makeFolder(dirname(path));
      await writeImage(path, raster);
    } else if (i === chosen) {
      await writeImage(out, raster);
      break;
    }
    await setImmediate(); // for Ctrl-C
  }
  if (chosen === undefined) {
    const missing = count - seen;
    io.print(
      `${out}: ${seen} of ${count} pictures${missing > 0 ? `, ${missing} ${missing === 1 ? "is" : "are"} missing` : ""}`,
    );
    return { file: out, pictures: count, decoded: seen, missingBytes };
  }
  if (seen <= chosen)
    throw new UserError(
      `${file} is cut short before its picture ${only ?? ""}`.trimEnd(),
      "damaged-file",
    );
  io.print(`${out}: ${count === 1 ? "1 of 1 picture" : `picture ${only} of ${count}`}`);
  return { file: out, pictures: count, decoded: 1, missingBytes };
}

function indexOf(
  only: string,
  count: number,
  names: readonly string[] | undefined,
): number | undefined {
  const named = names?.indexOf(only) ?? -1;
  if (named >= 0) return named;
  const number = /^\d+$/.test(only) ? Number(only) : Number.NaN;
  return number < count ? number : undefined;
}
