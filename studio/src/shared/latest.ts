import { useEffect, useRef, useState } from "preact/hooks";

/** What a computation has given so far. */
export interface Computed<T> {
  /** The last result, which stays while the next is computed. */
  readonly value?: T;
  readonly error?: string;
  readonly busy: boolean;
}

/**
 * Computes again whenever `inputs` change, one at a time: what changes meanwhile is computed once, with the newest inputs, so
 * that a slider never queues up work. `compute` may return undefined while something is missing.
 */
export function useLatest<T>(
  compute: () => Promise<T> | undefined,
  inputs: readonly unknown[],
): Computed<T> {
  const [state, setState] = useState<Computed<T>>({ busy: false });
  const newest = useRef(compute);
  const turn = useRef({ wanted: 0, running: false, alive: true });
  newest.current = compute;

  useEffect(() => {
    turn.current.alive = true;
    return () => {
      turn.current.alive = false;
    };
  }, []);

  useEffect(() => {
    const now = turn.current;
    now.wanted++;
    if (now.running) return;
    now.running = true;
    const run = async () => {
      for (let done = -1; done !== now.wanted && now.alive; ) {
        done = now.wanted;
        const work = newest.current();
        if (!work) continue;
        setState((last) => ({ ...last, busy: true }));
        try {
          const value = await work;
          if (now.alive) setState({ value, busy: done !== now.wanted });
        } catch (error) {
          if (now.alive)
            setState((last) => ({ ...last, error: messageOf(error), busy: done !== now.wanted }));
        }
      }
      now.running = false;
    };
    void run();
  }, inputs);

  return state;
}

/** An error as a sentence for a person. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
