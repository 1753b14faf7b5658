import { UserError } from "../errors/userError.ts";
import { decodeProgressively } from "../image/file/decodeProgressively.ts";
import { toRgba } from "../image/file/rgba.ts";
import type { Listeners } from "./messages.ts";

/**
 * Fetches a compressed picture and decodes it while it arrives. The last call of `onPicture` has the whole picture, with `isLast`. Throws UserError
 * where it cannot be fetched or decoded, and the reason of the signal.
 */
export async function loadPicture(
  url: string,
  { onInfo, onPicture }: Pick<Listeners, "onInfo" | "onPicture">,
  signal: AbortSignal,
  previewShare: number,
): Promise<void> {
  const failed = (reason: unknown) =>
    new UserError(`${url} could not be loaded: ${reason}`, "network");
  let loaded = 0;
  let isEnded = false;
  async function* body() {
    try {
      const response = await fetch(url, { signal });
      if (!response.ok) throw failed(`the server answered ${response.status}`);
      const reader = response.body?.getReader();
      if (!reader) return;
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        loaded += value.length;
        yield value;
      }
      isEnded = true;
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof UserError ? error : failed(error);
    }
  }
  await decodeProgressively(
    body(),
    ({ raster, missingBytes }) =>
      onPicture({ ...toRgba(raster), loaded, total: loaded + missingBytes, isLast: isEnded }),
    { name: url, onInfo, signal, previewShare },
  );
}
