import { extname } from "node:path";
import { UserError } from "../../errors/userError.ts";
import { writeFileAtomically } from "../files/atomicWrite.ts";
import { encodePng } from "../formats/png.ts";
import type { Raster } from "./raster.ts";

/**
 * Writes a picture as a PNG file, atomically. Throws UserError where the name ends in anything but .png: a file must hold what
 * its name says.
 *
 * @example
 * await writeImage("black.png", blankRaster(64, 64, 1));
 */
export async function writeImage(path: string, raster: Raster): Promise<void> {
  checkPngName(path);
  await writeFileAtomically(path, encodePng(raster));
}

/** What `writeImage` would refuse, before long work. */
export function checkPngName(path: string): void {
  if (extname(path).toLowerCase() === ".png") return;
  throw new UserError(
    `${path} cannot be written: pictures are written as PNG, so end its name in .png`,
  );
}
