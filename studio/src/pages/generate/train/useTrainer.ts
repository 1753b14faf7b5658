import { proxy, type Remote, wrap } from "comlink";
import { useEffect, useState } from "preact/hooks";
import { modelUrls } from "../../../shared/models/urls.ts";
import type { Status, TrainWorker } from "./worker.ts";

let trainer: Remote<TrainWorker> | undefined;

/** The one trainer of this visit: it goes on while other pages are looked at. */
function theTrainer(): Remote<TrainWorker> {
  trainer ??= wrap<TrainWorker>(
    new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }),
  );
  return trainer;
}

/** The trainer and where its training is; undefined until that is known. */
export function useTrainer(): { readonly trainer: Remote<TrainWorker>; readonly status?: Status } {
  const [status, setStatus] = useState<Status>();
  const [error, setError] = useState<string>();
  useEffect(() => {
    let alive = true;
    const listen = proxy((now: Status) => {
      if (alive) setStatus(now);
    });
    theTrainer()
      .open(modelUrls(), listen)
      .catch((reason) => setError(String(reason)));
    return () => {
      alive = false;
    };
  }, []);
  return {
    trainer: theTrainer(),
    ...(status && { status: error === undefined ? status : { ...status, error } }),
  };
}
