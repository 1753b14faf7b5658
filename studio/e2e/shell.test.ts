import { expect, test } from "vitest";
import { pageNames, pages } from "../src/pages.ts";
import { openPage } from "./browser.ts";
import { describeInBrowser } from "./inBrowser.ts";

describeInBrowser("the studio on a host of files", (studio) => {
  test("leads from the start to every page and back, without a complaint", async () => {
    const { page, complaints } = await openPage(studio.browser, studio.address);
    for (const name of pageNames) {
      await page.getByRole("navigation").getByRole("link", { name: pages[name].title }).click();
      await page.getByRole("heading", { level: 1, name: pages[name].title }).waitFor();
      await expect.poll(() => page.title()).toBe(`${pages[name].title} · ondelette studio`);
    }
    await page.getByRole("link", { name: "ondelette" }).click();
    await page.getByRole("heading", { level: 1, name: "ondelette studio" }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("keeps the chosen colors for the next visit", async () => {
    const { page } = await openPage(studio.browser, studio.address, { colorScheme: "light" });
    await page.getByLabel("Colors").selectOption("Dark");
    await page.reload();
    const color = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(color).toBe("rgb(20, 23, 26)");
    await page.context().close();
  });

  test("opens without a network after one visit", async () => {
    const { page, complaints } = await openPage(studio.browser, studio.address);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.context().setOffline(true);
    for (const name of pageNames) {
      await page.goto(`${studio.address}#/${name}`);
      await page.reload();
      await page.getByRole("heading", { level: 1, name: pages[name].title }).waitFor();
    }
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    // ONNX Runtime and models are kept by a visit that computes with them; see quality.test.ts.
    const isLarge = (complaint: string) => /\/(ort|models)\//.test(complaint);
    expect(complaints.filter((complaint) => !isLarge(complaint))).toEqual([]);
    await page.context().close();
  });

  test("leaves the files of other copies on the same host, and those of its own version before", async () => {
    const { page } = await openPage(studio.browser, studio.address);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.evaluate(async () => {
      const { pathname } = location;
      for (const name of ["/other/ page 1", `${pathname} page 1`, `${pathname} page 2`])
        await caches.open(`ondelette ${name}`);
      await (await navigator.serviceWorker.ready).unregister();
    });
    await page.reload(); // registers and activates again
    const names = () => page.evaluate(() => caches.keys());
    await expect.poll(names).not.toContain("ondelette / page 1");
    expect(await names()).toContain("ondelette / page 2");
    expect(await names()).toContain("ondelette /other/ page 1");
    await page.context().close();
  });

  test("computes where the browser has no room to keep what it loads", async () => {
    const { page, complaints } = await openPage(studio.browser, studio.address);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    const session = await page.context().newCDPSession(page);
    const { origin } = new URL(studio.address);
    await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1 });
    await page.reload();
    const status = await page.evaluate(async () => {
      const response = await fetch("./ort/ort-wasm-simd-threaded.mjs");
      await response.text();
      return response.status;
    });
    expect(status).toBe(200);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
