import { decodeProgressively } from "../image/file/decodeProgressively.ts";
import { toRgba } from "../image/file/rgba.ts";
import { fetchBytes } from "./fetchBytes.ts";
import type { Listeners, Source } from "./messages.ts";

/**
 * Fetches a compressed picture and decodes it while it arrives. The last call of `onPicture` has the whole picture, with `isLast`. Throws UserError
 * where it cannot be fetched or decoded, and the reason of the signal.
 */
export async function loadPicture(
  { url, model }: Source,
  { onInfo, onPicture }: Pick<Listeners, "onInfo" | "onPicture">,
  signal: AbortSignal,
  previewShare: number,
): Promise<void> {
  if (model !== "") {
    // Few pages need models, so the code for them is loaded with the first.
    const { loadByModel } = await import("./loadByModel.ts");
    return loadByModel({ url, model }, { onInfo, onPicture }, signal);
  }
  let loaded = 0;
  let isEnded = false;
  async function* body() {
    for await (const bytes of fetchBytes(url, signal)) {
      loaded += bytes.length;
      yield bytes;
    }
    isEnded = true;
  }
  await decodeProgressively(
    body(),
    ({ raster, missingBytes }) =>
      onPicture({ ...toRgba(raster), loaded, total: loaded + missingBytes, isLast: isEnded }),
    { name: url, onInfo, signal, previewShare },
  );
}
