import { proxy, type Remote } from "comlink";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { messageOf } from "../../../shared/latest.ts";
import { useWorker } from "../../../shared/remote.ts";
import { upTo } from "./aligned.ts";
import type { Point, Progress } from "./learner.ts";
import type { TrainingRequest } from "./request.ts";
import type { Opened, TrainingWorker } from "./worker.ts";

/** A model of the page that learns, as it is seen. */
export interface LearnerView {
  readonly phase: "opening" | "ready" | "training" | "finished";
  readonly parameters: number;
  readonly points: readonly Point[];
  readonly progress: Progress;
  /** Whether it outlives the page. */
  readonly isKept: boolean;
  readonly error?: string;
  readonly remote: Remote<TrainingWorker> | undefined;
  readonly play: () => void;
  readonly pause: () => void;
  readonly reset: () => void;
}

interface State {
  readonly phase: LearnerView["phase"];
  readonly parameters: number;
  readonly points: readonly Point[];
  readonly progress: Progress;
  readonly isKept: boolean;
  readonly error?: string;
}

const nothing: State = {
  phase: "opening",
  parameters: 0,
  points: [],
  progress: { step: 0, seconds: 0, finished: false },
  isKept: true,
};

const openWorker = () =>
  new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "training" });

const ended = ({ finished }: Progress) => (finished ? "finished" : "ready");

/** One of the two models, in a worker of its own. Other settings open another training; the one before is kept. */
export function useLearner(request: TrainingRequest): LearnerView {
  const remote = useWorker<TrainingWorker>(openWorker);
  const [state, setState] = useState<State>(nothing);
  const newest = useRef(request);
  newest.current = request;
  const key = JSON.stringify(request);

  /** Opens or resets; what another opening has overtaken is dropped. */
  const turn = useRef(0);
  const take = useCallback((opening: () => Promise<Opened>) => {
    const mine = ++turn.current;
    setState((last) => ({ ...nothing, points: last.points }));
    opening().then(
      (opened) => mine === turn.current && setState({ ...opened, phase: ended(opened.progress) }),
      (reason) =>
        mine === turn.current && setState({ ...nothing, phase: "ready", error: messageOf(reason) }),
    );
  }, []);

  // A slider that moves opens nothing until it rests.
  useEffect(() => {
    if (!remote) return;
    const timer = setTimeout(() => take(() => remote.open(newest.current)), 250);
    return () => clearTimeout(timer);
  }, [remote, key, take]);

  const play = useCallback(() => {
    if (!remote) return;
    const mine = turn.current;
    const follow = (progress: Progress, fresh: readonly Point[]) => {
      if (mine !== turn.current) return;
      setState((last) => ({
        ...last,
        progress,
        points: fresh.length > 0 ? [...last.points, ...fresh] : last.points,
      }));
    };
    const begun = (from: number) =>
      mine === turn.current && setState((last) => ({ ...last, points: upTo(last.points, from) }));
    setState(({ error: _, ...last }) => ({ ...last, phase: "training" }));
    remote.train(proxy(follow), proxy(begun)).then(
      (progress) =>
        mine === turn.current &&
        setState((last) => ({ ...last, progress, phase: ended(progress) })),
      (reason) =>
        mine === turn.current &&
        setState((last) => ({ ...last, phase: "ready", error: messageOf(reason) })),
    );
  }, [remote]);

  const pause = useCallback(() => void remote?.pause(), [remote]);
  const reset = useCallback(() => {
    if (remote) take(() => remote.reset(newest.current));
  }, [remote, take]);
  return { ...state, remote, play, pause, reset };
}
