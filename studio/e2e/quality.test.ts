import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import axe, { type AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pageNames } from "../src/pages.ts";
import { noBrowser, openBrowser, openPage } from "./browser.ts";
import { longestInTests, longestTask } from "./processorTime.ts";
import { buildStudio, openStaticHost } from "./staticHost.ts";

/** Bytes that a page may load, compressed, before ONNX Runtime. */
const largestLoad = 300_000;

/** ONNX Runtime, which loads on demand: its WebAssembly and the scripts around it. */
const isEngine = (path: string) => /\/ort\/|\/assets\/ort\./.test(path);

/** Until everything on a page has been computed. */
const settled = async (page: Page) => {
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForFunction(
    () => !document.querySelector('[aria-busy="true"], .waiting'),
    undefined,
    { timeout: 30_000 },
  );
};

/** The serious and critical findings of axe-core, with the elements. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
}

describe.skipIf(noBrowser)(`the quality of pages${noBrowser ? ` (${noBrowser})` : ""}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    await buildStudio();
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  describe.each(["", ...pageNames])("#/%s", (name) => {
    test("is small, does not hold up its thread, and is accessible in both themes", async () => {
      const host = await openStaticHost();
      const { page, complaints } = await openPage(browser, "about:blank", {
        serviceWorkers: "block",
        colorScheme: "light",
      });
      const { wall, processor } = await longestTask(browser, page, async () => {
        await page.goto(`${host.address}#/${name}`);
        await settled(page);
      });
      const loaded = [...host.sent].filter(([path]) => !isEngine(path));
      const bytes = loaded.reduce((sum, [, file]) => sum + gzipSync(readFileSync(file)).length, 0);
      console.log(
        `#/${name}: ${(bytes / 1000).toFixed(0)} kB in ${loaded.length} files; longest task ${processor.toFixed(0)} ms of the processor, ${wall.toFixed(0)} ms in all`,
      );
      const light = await findings(page);
      await page.emulateMedia({ colorScheme: "dark" });
      const dark = await findings(page);
      await page.context().close();
      host.close();
      expect(light).toEqual([]);
      expect(dark).toEqual([]);
      expect(bytes).toBeLessThanOrEqual(largestLoad);
      expect(processor).toBeLessThan(longestInTests);
      expect(complaints.filter((complaint) => !complaint.includes(host.address))).toEqual([]);
    });

    test("works without a network after one visit, and asks no other host", async () => {
      const host = await openStaticHost();
      const { page, complaints } = await openPage(browser, `${host.address}#/${name}`);
      await settled(page);
      const large = [...host.sent.keys()].filter((path) => /\/(ort|models)\//.test(path));
      // What the page has loaded is kept once the service worker answers.
      await page.waitForFunction(
        async (files) => {
          await navigator.serviceWorker.ready;
          const kept = [document.baseURI, ...files].map((file) => caches.match(file));
          return (await Promise.all(kept)).every((response) => response !== undefined);
        },
        large,
        { timeout: 30_000 },
      );
      host.close();
      await page.reload();
      await settled(page);
      expect(await page.locator(".failure").allTextContents()).toEqual([]);
      expect(complaints).toEqual([]);
      await page.context().close();
    });
  });
});
