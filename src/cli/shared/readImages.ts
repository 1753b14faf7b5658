import type { ImageSource, Part } from "../../data/images/imageSource.ts";
import type { LoadedImages } from "../../data/images/loadedImages.ts";
import { type LoadOptions, loadImages } from "../../data/images/loadImages.ts";
import { openImages } from "../../data/images/openImages.ts";
import { UserError } from "../../errors/userError.ts";
import type { Io } from "../parser/command.ts";
import type { BooleanOption } from "../parser/options.ts";
import { requireData } from "./missingData.ts";

/** `--strict`: see `LoadOptions.strict`. */
export const strictOption = {
  type: "boolean",
  help: "stop at an image that cannot be read, instead of leaving it out",
} as const satisfies BooleanOption;

/** Decodes one part of a data set into memory, with a progress bar; notices go to standard error. */
export async function readImages(
  path: string,
  part: Part,
  form: LoadOptions,
  io: Io,
): Promise<LoadedImages> {
  await requireData(path);
  return load(await openImages(path, { part, notice: io.log }), part, form, io);
}

async function load(
  source: ImageSource,
  part: Part,
  form: LoadOptions,
  io: Io,
): Promise<LoadedImages> {
  const total = Math.min(source.count, form.limit ?? source.count);
  const progress = io.progress({
    label: part === "all" ? "reading" : `reading ${part}`,
    unit: "images",
    total,
  });
  const images = await loadImages(source, {
    ...form,
    notice: io.log,
    signal: io.signal,
    onLoaded: (done) => progress.update(done),
  });
  progress.finish();
  return images;
}

/** Images of the test part that are loaded for validation during training, unless more are asked for. */
const validationLimit = 500;

/**
 * Some images of the test part; undefined where the data do not come in two parts. Notices about the folder as a whole have
 * been given when the training part was read.
 */
export async function readHeldOut(
  path: string,
  form: LoadOptions,
  io: Io,
  limit = validationLimit,
): Promise<LoadedImages | undefined> {
  const source = await openImages(path, { part: "test" }).catch((error: unknown) => {
    if (error instanceof UserError && error.code === "not-found") return undefined;
    throw error;
  });
  return source?.part === "test" ? load(source, "test", { ...form, limit }, io) : undefined;
}
