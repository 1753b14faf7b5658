/**
 * Measures what the page that generates promises, from a cold start and by clicks alone: how long 64 samples take, and how many bits
 * a training of 60 seconds comes to. For an idle machine; it takes a minute and a half.
 *
 *   node studio/measure.ts
 */
import type { Page } from "playwright-core";
import { openBrowser, openPage } from "./e2e/browser.ts";
import { buildStudio, openStaticHost } from "./e2e/staticHost.ts";

const seconds = 60;

/** Figures of the page, by their names, in one line. */
const facts = async (page: Page): Promise<string> =>
  (await page.locator(".facts").first().innerText()).replaceAll(/\s+/g, " ");

await buildStudio();
const [browser, host] = await Promise.all([openBrowser(), openStaticHost()]);
try {
  const drawing = (await openPage(browser, `${host.address}#/generate?count=64`)).page;
  const draw = drawing.getByRole("button", { name: "Draw", exact: true });
  await draw.waitFor();
  const begun = performance.now();
  const since = () => `${((performance.now() - begun) / 1000).toFixed(1)} s`;
  await draw.click();
  await drawing.locator(".samples button").first().waitFor({ timeout: 60_000 });
  const first = since();
  await draw.waitFor({ timeout: 120_000 });
  console.log(`64 samples: the first frame after ${first}, all after ${since()}`);
  await drawing.context().close();

  const training = (await openPage(browser, `${host.address}#/generate?view=train`)).page;
  await training.getByRole("button", { name: "Train", exact: true }).click();
  await training.waitForTimeout(1000 * seconds);
  console.log(`trained for ${seconds} s: ${await facts(training)}`);
  await training.reload();
  await training.getByRole("button", { name: "Go on" }).waitFor();
  console.log(`after a reload: ${await facts(training)}`);
} finally {
  await browser.close();
  host.close();
}
