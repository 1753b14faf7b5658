import { joinBytes } from "../data/files/joinBytes.ts";
import { UserError } from "../errors/userError.ts";
import { toRgba } from "../image/file/rgba.ts";
import { decodeWithModel, openModel } from "../image/file/withModel.ts";
import type { IntegerModel } from "../image/integer/integerModel.ts";
import { fetchBytes } from "./fetchBytes.ts";
import type { Listeners, Source } from "./messages.ts";

/** Models that this thread has opened, by address. */
const models = new Map<string, Promise<IntegerModel>>();

/**
 * Fetches a file that a trained model has coded, and the model, and decodes the first picture of the file. Throws UserError where one of them cannot
 * be fetched, or they do not belong together, and the reason of the signal.
 */
export async function loadByModel(
  { url, model }: Source,
  { onInfo, onPicture }: Pick<Listeners, "onInfo" | "onPicture">,
  signal: AbortSignal,
): Promise<void> {
  const opened = await Promise.all([fetchAll(url, signal), modelAt(model)]);
  signal.throwIfAborted();
  const [bytes, known] = opened;
  const { pictures, missingBytes } = decodeWithModel(bytes, known, { name: url, first: 1 });
  const [first] = pictures;
  if (!first) throw new UserError(`${url} is cut short before its picture begins`, "damaged-file");
  const { width, height, channels } = first.raster;
  const lossless = !!known.config.language.lossless;
  onInfo({ width, height, channels, bits: 8, lossless, version: 4 });
  const loaded = bytes.length;
  onPicture({ ...toRgba(first.raster), loaded, total: loaded + missingBytes, isLast: true });
}

/** The model of an address, fetched once for all pictures of the page, even if the first is canceled. */
function modelAt(url: string): Promise<IntegerModel> {
  const opened =
    models.get(url) ??
    fetchAll(url, new AbortController().signal).then((bytes) => openModel(bytes, { name: url }));
  models.set(url, opened);
  opened.catch(() => models.delete(url));
  return opened;
}

async function fetchAll(url: string, signal: AbortSignal): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of fetchBytes(url, signal)) pieces.push(piece);
  return joinBytes(pieces);
}
