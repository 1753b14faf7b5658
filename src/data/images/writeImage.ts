import { extname } from "node:path";
import { UserError } from "../../errors/userError.ts";
import { writeFileAtomically } from "../files/atomicWrite.ts";
import { encodePng } from "../formats/png.ts";
import type { Picture } from "./picture.ts";

/**
 * Writes a picture as a PNG file, of 16 bits where its samples have more than eight, atomically. Throws UserError where the name ends in anything but .png: a file must hold what
 * its name says.
 *
 * @example
 * await writeImage("black.png", blankRaster(64, 64, 1));
 */
export async function writeImage(path: string, picture: Picture): Promise<void> {
  checkPngName(path);
  await writeFileAtomically(path, encodePng(picture));
}

/** What `writeImage` would refuse, before long work. */
export function checkPngName(path: string): void {
  if (extname(path).toLowerCase() === ".png") return;
  throw new UserError(
    `${path} cannot be written: pictures are written as PNG, so end its name in .png`,
  );
}
