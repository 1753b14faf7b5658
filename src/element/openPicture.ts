import type { Listeners, Source } from "./messages.ts";
import { openWorkers, type Workers } from "./workers.ts";

/** The address of this module; of a script of another host its threads start differently. */
const here = import.meta.url;

let workers: Workers | undefined;

/** Loads a picture in a thread of its own where the page has some, else in the page's; the result stops that. */
export function openPicture(source: Source, listeners: Listeners): () => void {
  workers ??= openWorkers(Math.min(navigator.hardwareConcurrency || 1, 4), openWorker);
  const stopHere = new AbortController();
  const stopThere = workers.load(source, listeners, () => {
    loadHere(source, listeners, stopHere.signal);
  });
  return () => {
    stopThere();
    stopHere.abort();
  };
}

function openWorker(): Worker | undefined {
  try {
    // As it stands here bundlers know it.
    return new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  } catch {
    try {
      // The script is another host's, whose threads a page may not start, but import.
      const url = new URL("./worker.js", here).href;
      const source = new Blob([`import ${JSON.stringify(url)};`], { type: "text/javascript" });
      return new Worker(URL.createObjectURL(source), { type: "module" });
    } catch {
      return undefined;
    }
  }
}

/** The share of the page's time for coarser pictures. */
const previewShare = 0.2;

async function loadHere(source: Source, listeners: Listeners, signal: AbortSignal): Promise<void> {
  try {
    const { loadPicture } = await import("./loadPicture.ts");
    if (!signal.aborted) await loadPicture(source, listeners, signal, previewShare);
  } catch (error) {
    if (signal.aborted) return;
    const { failureOf } = await import("./failure.ts");
    listeners.onFailure(failureOf(error));
  }
}
