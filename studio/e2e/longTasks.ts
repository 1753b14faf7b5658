import type { Browser, Page } from "playwright-core";

/** Begins to note how long the page's own thread works without a pause; returns what tells the longest so far, in ms. */
export async function watchLongTasks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const seen = { longest: 0 };
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
    }).observe({ type: "longtask" });
  });
  return () =>
    page.evaluate(() => (globalThis as unknown as { seen: { longest: number } }).seen.longest);
}

/** An event of a trace, as Chromium writes it; times in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * Begins to note the processor time of every task of pages' own threads; returns what ends it and tells the longest, in ms. Unlike
 * {@link watchLongTasks} it does not count the time in which a busy machine does something else.
 */
export async function watchProcessorTime(
  browser: Browser,
  page: Page,
): Promise<() => Promise<number>> {
  await browser.startTracing(page, { categories: ["toplevel", "__metadata"] });
  return async () => {
    const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
      readonly traceEvents: readonly TraceEvent[];
    };
    const mains = new Set(
      traceEvents
        .filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain")
        .map(({ pid, tid }) => `${pid} ${tid}`),
    );
    const tasks = traceEvents.filter(
      ({ pid, tid, tdur }) => tdur !== undefined && mains.has(`${pid} ${tid}`),
    );
    if (tasks.length === 0) throw new Error("the trace holds no tasks of a page");
    return tasks.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur / 1000), 0);
  };
}
