import { setTimeout } from "node:timers/promises";
import type { Change, Run } from "../api.ts";
import type { Found, Scan } from "./scan.ts";

/** Tells what changes in the folder while anybody listens. */
export interface Watch {
  /** What is in the folder now. */
  look(): Promise<Found>;
  /** What was in the folder a second ago, or is now. */
  recent(): Promise<Found>;
  /** Calls `changed` for every change from now on, until the returned function is called. */
  listen(changed: (change: Change) => void): () => void;
  close(): void;
}

/** Milliseconds from one look to the next, at least. */
const usualRest = 400;
/** Milliseconds for which a look is recent. */
const recently = 1000;
/** Looking takes at most this part of the time. */
const share = 0.1;

/** A watch that looks again and again, as long as there is a listener: no system tells changes of all disks. */
export function watchOf(scan: Scan, rest = usualRest): Watch {
  const listeners = new Set<(change: Change) => void>();
  let known = new Map<string, string>();
  let looking: Promise<Found> | undefined;
  let last: { readonly found: Found; readonly at: number } | undefined;
  const closing = new AbortController();
  let isLooking = false;

  const compare = ({ runs }: Found): Change | undefined => {
    const changed: Run[] = [];
    const now = new Map<string, string>();
    for (const [name, { run }] of runs) {
      const text = JSON.stringify(run);
      now.set(name, text);
      if (known.get(name) !== text) changed.push(run);
    }
    const gone = [...known.keys()].filter((name) => !now.has(name));
    known = now;
    if (changed.length === 0 && gone.length === 0) return undefined;
    return { ...(changed.length > 0 && { runs: changed }), ...(gone.length > 0 && { gone }) };
  };

  /** One look at a time: whoever asks meanwhile gets the same. */
  const look = (): Promise<Found> => {
    looking ??= scan()
      .then((found) => {
        last = { found, at: performance.now() };
        const change = compare(found);
        if (change) for (const listener of listeners) listener(change);
        return found;
      })
      .finally(() => {
        looking = undefined;
      });
    return looking;
  };

  /** Looks as long as anybody listens. */
  const keepLooking = async () => {
    if (isLooking) return;
    isLooking = true;
    let pause = rest;
    while (listeners.size > 0 && !closing.signal.aborted) {
      await setTimeout(pause, undefined, { signal: closing.signal }).catch(() => {});
      if (listeners.size === 0 || closing.signal.aborted) break;
      const begun = performance.now();
      await look().catch(() => {}); // a folder that cannot be read now is looked at again
      pause = Math.max(rest, (performance.now() - begun) / share);
    }
    isLooking = false;
  };

  return {
    look,
    recent: async () =>
      last && performance.now() - last.at < recently ? last.found : await look(),
    listen(changed) {
      listeners.add(changed);
      void keepLooking();
      return () => void listeners.delete(changed);
    },
    close() {
      listeners.clear();
      closing.abort();
    },
  };
}
