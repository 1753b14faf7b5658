import type { Answer, Failure, Listeners, Request, Source } from "./messages.ts";

/** Threads that load pictures, shared by all elements of a page. */
export interface Workers {
  /** Loads a picture; the result stops that. `onNoWorker` is called instead of the listeners where no thread can start. */
  load(source: Source, listeners: Listeners, onNoWorker: () => void): () => void;
}

/** A thread and what it is at. */
interface Crew {
  readonly worker: Worker;
  readonly tasks: Map<number, Task>;
  isReady: boolean;
  retirement: ReturnType<typeof setTimeout> | undefined;
}

interface Task {
  readonly listeners: Listeners;
  readonly onNoWorker: () => void;
}

/** Milliseconds after which a thread without work ends. */
const patience = 10_000;

/** Opens threads as they are needed, at most `limit`. */
export function openWorkers(limit: number, open: () => Worker | undefined): Workers {
  const crews = new Set<Crew>();
  let lastId = 0;
  let isPossible = true;

  function hire(): Crew | undefined {
    const worker = open();
    if (!worker) return undefined;
    const crew: Crew = { worker, tasks: new Map(), isReady: false, retirement: undefined };
    worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => hear(crew, data));
    worker.addEventListener("error", ({ message }) => {
      dismiss(crew);
      if (!crew.isReady) isPossible = false;
      const failure: Failure = { message: `the decoder ended: ${message}`, isOfFile: true };
      for (const { listeners, onNoWorker } of crew.tasks.values())
        crew.isReady ? listeners.onFailure(failure) : onNoWorker();
    });
    crews.add(crew);
    return crew;
  }
  function hear(crew: Crew, answer: Answer): void {
    if (answer.type === "ready") {
      crew.isReady = true;
      return;
    }
    const listeners = crew.tasks.get(answer.id)?.listeners;
    const isLast =
      answer.type === "failure" || (answer.type === "picture" && answer.picture.isLast);
    if (isLast) finish(crew, answer.id);
    if (answer.type === "info") listeners?.onInfo(answer.info);
    else if (answer.type === "picture") listeners?.onPicture(answer.picture);
    else listeners?.onFailure(answer.failure);
  }
  function finish(crew: Crew, id: number): void {
    crew.tasks.delete(id);
    if (crew.tasks.size === 0) crew.retirement ??= setTimeout(dismiss, patience, crew);
  }
  function dismiss(crew: Crew): void {
    crew.worker.terminate();
    crews.delete(crew);
  }
  const ask = ({ worker }: Crew, request: Request) => worker.postMessage(request);

  return {
    load(source, listeners, onNoWorker) {
      const [least] = [...crews].sort((a, b) => a.tasks.size - b.tasks.size);
      const mayHire = isPossible && crews.size < limit && least?.tasks.size !== 0;
      const crew = (mayHire ? hire() : undefined) ?? least;
      if (!crew) {
        onNoWorker();
        return () => {};
      }
      clearTimeout(crew.retirement);
      crew.retirement = undefined;
      const id = ++lastId;
      crew.tasks.set(id, { listeners, onNoWorker });
      ask(crew, { type: "load", id, source });
      return () => {
        if (!crew.tasks.has(id)) return;
        ask(crew, { type: "stop", id });
        finish(crew, id);
      };
    },
  };
}
