import { isFile } from "../../data/files/isFile.ts";
import type { Notice } from "../../data/files/notice.ts";
import { readWholeFile } from "../../data/files/readWholeFile.ts";
import { UserError } from "../../errors/userError.ts";
import { isFieldFile } from "../../field/families/expansion/bytes/fieldFile.ts";
import type { Field } from "../../field/field.ts";
import { interpolatingField, openPackedField } from "../../field/packedField.ts";
import { openField } from "../../field/runFolder.ts";
import { pictureSignal } from "../../field/signal/decodedSignal.ts";
import { decodePicture } from "../../image/file/decodePicture.ts";
import { isModelFile } from "../../image/file/modelFile.ts";

/**
 * Opens what can be evaluated anywhere: the folder of a fit, a compressed field, or a compressed picture, which has its decoded values at the
 * pixels. Of a file the beginning will do; `notice` hears what is missing. Throws UserError where there is no such thing.
 */
export async function openAnyField(path: string, notice: Notice): Promise<Field> {
  if (!(await isFile(path))) return openField(path);
  const bytes = await readWholeFile(path);
  const { field, missingBytes } = opened(bytes, path);
  if (missingBytes > 0) notice(`${path} is cut short by ${missingBytes} bytes`);
  return field;
}

/** A field of the bytes of a file. */
function opened(
  bytes: Uint8Array,
  path: string,
): { readonly field: Field; readonly missingBytes: number } {
  if (isFieldFile(bytes, path)) return openPackedField(bytes, path);
  if (isModelFile(bytes, path))
    throw new UserError(
      `${path} was coded by a trained model; "ondelette image decode --run" makes pictures of it, to which a field can be fitted`,
      "wrong-kind",
    );
  const { raster, missingBytes } = decodePicture(bytes, { name: path });
  return { field: interpolatingField(pictureSignal(raster)), missingBytes };
}
