import { type Remote, wrap } from "comlink";
import { useEffect, useState } from "preact/hooks";
import { isServed } from "./served.ts";

/**
 * A worker of a page, whose functions are called as if they were here; it is ended when the page is left. `undefined` until the
 * page stands. `open` makes the worker: `() => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" })`.
 */
export function useWorker<Api>(open: () => Worker): Remote<Api> | undefined {
  const [remote, setRemote] = useState<Remote<Api>>();
  useEffect(() => {
    const worker = open();
    const wrapped = wrap<Api>(worker);
    setRemote(() => wrapped); // a remote is callable, and setState calls functions
    return () => worker.terminate();
  }, [open]);
  return remote;
}

/** The same for a worker that computes with models. ONNX Runtime, which it loads, is kept for use without a network. */
export function useModelWorker<Api>(open: () => Worker): Remote<Api> | undefined {
  useEffect(() => void keepEngine(), []);
  return useWorker<Api>(open);
}

/** The files of ONNX Runtime that compute on the CPU. */
const engineFiles = ["ort/ort-wasm-simd-threaded.mjs", "ort/ort-wasm-simd-threaded.wasm"];

/**
 * The service worker keeps what it answers. On a first visit it does not answer yet when a model is first computed, so the page asks
 * again, once it does; the files come from the browser's own cache then. `more` are addresses of other files that are used.
 */
export async function keepEngine(more: readonly string[] = []): Promise<void> {
  if (!("serviceWorker" in navigator) || isServed || !import.meta.env.PROD) return;
  await navigator.serviceWorker.ready;
  if (!navigator.serviceWorker.controller) {
    await new Promise((resolve) =>
      navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }),
    );
  }
  for (const file of [...engineFiles, ...more]) {
    const url = new URL(file, document.baseURI).href;
    if (!(await caches.match(url))) await fetch(url).catch(() => {}); // without a network nothing is kept
  }
}
