/** The thread that loads and decodes pictures for a page. */
import { failureOf } from "./failure.ts";
import { loadPicture } from "./loadPicture.ts";
import type { Answer, Request, Source } from "./messages.ts";

const running = new Map<number, AbortController>();

function answer(message: Answer, transfer: readonly Transferable[] = []): void {
  self.postMessage(message, { transfer: [...transfer] });
}

async function load(id: number, source: Source): Promise<void> {
  const stop = new AbortController();
  running.set(id, stop);
  try {
    await loadPicture(
      source,
      {
        onInfo: (info) => answer({ type: "info", id, info }),
        onPicture: (picture) => answer({ type: "picture", id, picture }, [picture.data.buffer]),
      },
      stop.signal,
      previewShare,
    );
  } catch (error) {
    if (!stop.signal.aborted) answer({ type: "failure", id, failure: failureOf(error) });
  } finally {
    running.delete(id);
  }
}

/** The share of a worker's time for coarser pictures. */
const previewShare = 0.5;

self.addEventListener("message", ({ data }: MessageEvent<Request>) => {
  if (data.type === "load") load(data.id, data.source);
  else running.get(data.id)?.abort();
});
answer({ type: "ready" });
