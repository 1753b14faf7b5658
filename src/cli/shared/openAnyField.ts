import { existsSync } from "node:fs";
import { extname } from "node:path";
import { isFile } from "../../data/files/isFile.ts";
import type { Notice } from "../../data/files/notice.ts";
import { readWholeFile } from "../../data/files/readWholeFile.ts";
import { UserError } from "../../errors/userError.ts";
import { isFieldFile } from "../../field/families/expansion/bytes/fieldFile.ts";
import { gridFor } from "../../field/families/expansion/dyadicGrid.ts";
import type { Field } from "../../field/field.ts";
import { interpolatingField, openPackedField } from "../../field/packedField.ts";
import { openField } from "../../field/runFolder.ts";
import { pictureSignal } from "../../field/signal/decodedSignal.ts";
import { decodePicture, pictureInfo } from "../../image/file/decodePicture.ts";
import { isModelFile } from "../../image/file/modelFile.ts";
import { checkKind } from "./fileKinds.ts";

/** What was opened. */
export interface AnyField {
  readonly field: Field;
  /** How opaque the picture is of which the field is, from -1 to 1; the field itself lies on white. */
  readonly opacity?: Field;
}

/** The sentence where opacity cannot be kept. */
export const laidOnWhite = (path: string): string =>
  `${path} is transparent in places; it is laid on white`;

/**
 * Opens what can be evaluated anywhere: the folder of a fit, a compressed field, or a compressed picture, which has its decoded values at the
 * pixels. Of a file the beginning will do; `notice` hears what is missing. Throws UserError where there is no such thing.
 */
export async function openAnyField(path: string, notice: Notice): Promise<AnyField> {
  if (!(await isFile(path))) {
    if (extname(path).toLowerCase() === ".ondl" && !existsSync(path))
      throw new UserError(`${path} does not exist`, "not-found");
    return { field: await openField(path) };
  }
  const bytes = await readWholeFile(path);
  const { missingBytes, ...fields } = opened(bytes, path);
  if (missingBytes > 0) notice(`${path} is cut short by ${missingBytes} bytes`);
  return fields;
}

/** A field of the bytes of a file. */
function opened(bytes: Uint8Array, path: string): AnyField & { readonly missingBytes: number } {
  if (isFieldFile(bytes, path)) return openPackedField(bytes, path);
  if (isModelFile(bytes, path))
    throw new UserError(
      `${path} was coded by a trained model; "ondelette image decode --run" makes pictures of it, to which a field can be fitted`,
      "wrong-kind",
    );
  checkKind(bytes, path, ["field", "picture"]);
  checkSize(bytes, path);
  const { raster, missingBytes } = decodePicture(bytes, { name: path });
  const { alpha: data, ...opaque } = raster;
  const opacity = data && interpolatingField(pictureSignal({ ...opaque, channels: 1, data }));
  const field = interpolatingField(pictureSignal(raster));
  return { field, ...(opacity && { opacity }), missingBytes };
}

/** Throws UserError where a picture is too large for a field, before it is decoded. */
function checkSize(bytes: Uint8Array, path: string): void {
  const info = pictureInfo(bytes, { name: path });
  if (!info) return;
  const { width, height, channels } = info;
  try {
    gridFor([height, width], channels);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(
      `${path} has ${width}×${height} pixels, too many to be opened as a field; "ondelette image decode" makes a picture of it, which "ondelette field fit" reduces`,
      "sizes-do-not-fit",
    );
  }
}
