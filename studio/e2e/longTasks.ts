import type { Page } from "playwright-core";

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
