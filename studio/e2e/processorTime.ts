import type { Browser, Page } from "playwright-core";

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of the wall's clock, and of the thread's processor time. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** The longest task of a page's own thread, in ms: by the wall's clock, and of its processor. */
export interface LongestTask {
  readonly wall: number;
  readonly processor: number;
}

/**
 * Milliseconds of the processor that no task of a page's thread may take in a test. The aim is 100, which tests print and
 * `studio/measure.ts` measures: a loaded machine stretches processor time too. A task as long as this is a fault, not load.
 */
export const longestInTests = 500;

/**
 * Begins to note the tasks of the page's own thread; returns what ends that and tells the longest. A machine that is busy with other
 * things stretches tasks; the time of the processor is what the page itself takes.
 */
export async function watchTasks(
  browser: Browser,
  page: Page,
): Promise<() => Promise<LongestTask>> {
  await browser.startTracing(page, {
    categories: ["toplevel", "disabled-by-default-devtools.timeline", "devtools.timeline"],
  });
  return async () => {
    const { traceEvents }: { traceEvents: readonly TraceEvent[] } = JSON.parse(
      (await browser.stopTracing()).toString(),
    );
    const threads = new Set(
      traceEvents
        .filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain")
        .map(({ pid, tid }) => `${pid} ${tid}`),
    );
    const tasks = traceEvents.filter(
      ({ name, ph, pid, tid }) =>
        ph === "X" && name.endsWith("RunTask") && threads.has(`${pid} ${tid}`),
    );
    if (tasks.length === 0) throw new Error("the trace holds no task of the page");
    const longest = (times: readonly (number | undefined)[]) =>
      Math.max(...times.map((t) => t ?? 0)) / 1000;
    return {
      wall: longest(tasks.map(({ dur }) => dur)),
      processor: longest(tasks.map(({ tdur }) => tdur)),
    };
  };
}

/** The longest task of the page's own thread while `work` is done. */
export async function longestTask(
  browser: Browser,
  page: Page,
  work: () => Promise<void>,
): Promise<LongestTask> {
  const end = await watchTasks(browser, page);
  let done: LongestTask;
  try {
    await work();
  } finally {
    done = await end();
  }
  return done;
}
