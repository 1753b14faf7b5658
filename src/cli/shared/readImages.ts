import { type LoadedImages, type LoadOptions, loadImages } from "../../data/images/loadImages.ts";
import { openImages } from "../../data/images/openImages.ts";
import { UserError } from "../../errors/userError.ts";
import type { Io } from "../parser/command.ts";

/** Decodes one part of a data set into memory, behind a progress bar. */
export async function readImages(
  path: string,
  part: "train" | "test",
  form: LoadOptions,
  io: Io,
): Promise<LoadedImages> {
  const source = await openImages(path, { part });
  const total = Math.min(source.count, form.limit ?? source.count);
  const progress = io.progress({ label: `reading ${part}`, unit: "images", total });
  const images = await loadImages(source, {
    ...form,
    signal: io.signal,
    onLoaded: (done) => progress.update(done),
  });
  progress.finish();
  return images;
}

/** Images of the test part that are enough to watch a training by. */
const watched = 500;

/** Some of the test part, of data that come in two parts; undefined of others. */
export async function readHeldOut(
  path: string,
  form: LoadOptions,
  io: Io,
): Promise<LoadedImages | undefined> {
  const source = await openImages(path, { part: "test" }).catch((error: unknown) => {
    if (error instanceof UserError) return undefined;
    throw error;
  });
  return source?.part === "test"
    ? readImages(path, "test", { ...form, limit: watched }, io)
    : undefined;
}
