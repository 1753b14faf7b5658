import { proxy, type Remote, wrap } from "comlink";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { messageOf } from "../../../shared/latest.ts";
import { modelUrls } from "../../../shared/models/urls.ts";
import type { DrawWorker, Frame, ModelFacts } from "./worker.ts";

type View = "draw" | "fill";

/** Frames of a drawing as they come. */
export interface Drawing {
  /** Which part of the page asked for it. */
  readonly view?: View;
  readonly frame?: Frame;
  readonly busy: boolean;
  /** What is waited for before the first frame. */
  readonly waiting?: string;
  readonly error?: string;
}

/** What draws: asked to do something, it says what has come of it so far. */
export interface Drawer {
  readonly drawing: Drawing;
  readonly facts: ModelFacts | undefined;
  /** Does something with the worker and a loaded model; its frames and its last one become the drawing. */
  run(
    view: View,
    work: (worker: Remote<DrawWorker>, onFrame: (frame: Frame) => void) => Promise<Frame>,
  ): void;
  /** Ends what is being drawn. */
  stop(): void;
  /** The worker with a loaded model. */
  ready(): Promise<Remote<DrawWorker>>;
}

/** What a part of the page asked for; nothing where another part asked last. */
export const drawingOf = ({ drawing }: Drawer, view: View): Drawing =>
  drawing.view === view ? drawing : { busy: false };

/**
 * A worker that draws with the shipped model, or with one that was trained here, whose file `trained` gives. The worker does not
 * listen while it draws, so that to stop it is to end it.
 */
export function useDrawing(trained: (() => Promise<Uint8Array | undefined>) | undefined): Drawer {
  const [drawing, setDrawing] = useState<Drawing>({ busy: false });
  const [facts, setFacts] = useState<ModelFacts>();
  const worker = useRef<{ thread: Worker; remote: Promise<Remote<DrawWorker>> } | undefined>(
    undefined,
  );
  const turn = useRef(0);

  const end = useCallback(() => {
    turn.current++;
    worker.current?.thread.terminate();
    worker.current = undefined;
  }, []);
  // Another model needs another worker.
  useEffect(() => {
    setFacts(undefined);
    setDrawing({ busy: false });
    return end;
  }, [trained, end]);

  const ready = useCallback(() => {
    if (worker.current) return worker.current.remote;
    const thread = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    const opening = async () => {
      const remote = wrap<DrawWorker>(thread);
      setFacts(await remote.load(modelUrls(), await trained?.()));
      return () => remote; // a remote would be asked whether it can be waited for
    };
    const opened = opening();
    const remote = opened.then((get) => get());
    worker.current = { thread, remote };
    return remote;
  }, [trained]);

  const run = useCallback<Drawer["run"]>(
    (view, work) => {
      const mine = ++turn.current;
      const isMine = () => mine === turn.current;
      setDrawing((last) => ({
        ...(last.view === view && last),
        ...{ view, busy: true, waiting: "Loading the model" },
      }));
      const go = async () => {
        const remote = await ready();
        const frame = await work(
          remote,
          proxy((frame: Frame) => {
            if (isMine()) setDrawing({ view, frame, busy: true });
          }),
        );
        if (isMine()) setDrawing({ view, frame, busy: false });
      };
      go().catch((error) => {
        if (!isMine()) return;
        end();
        setDrawing({ view, busy: false, error: messageOf(error) });
      });
    },
    [ready, end],
  );

  const stop = useCallback(() => {
    end();
    setDrawing((last) => ({ ...last, busy: false }));
  }, [end]);

  return { drawing, facts, run, stop, ready };
}
