import { type Remote, wrap } from "comlink";
import { useEffect, useState } from "preact/hooks";

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
