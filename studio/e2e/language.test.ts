import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { readContainer } from "../../src/image/index.ts";
import { openPage } from "./browser.ts";
import { describeInBrowser } from "./inBrowser.ts";
import { longestInTests, watchTasks } from "./processorTime.ts";

/** A figure of the page as a number. */
async function fact(page: Page, name: string): Promise<number> {
  const value = page.locator(".facts div", { has: page.getByText(name, { exact: true }) });
  return Number.parseFloat((await value.locator("dd").innerText()).replaceAll(",", ""));
}

describeInBrowser("the page of the image language", (studio) => {
  test("any beginning of the file is a picture, and more bytes are a better one", async () => {
    const { page, complaints } = await openPage(
      studio.browser,
      `${studio.address}#/language?size=64`,
    );
    const slider = page.getByLabel("Read", { exact: true });
    await slider.waitFor();
    const longest = await watchTasks(studio.browser, page);
    const last = Number(await slider.getAttribute("max"));
    const seen: number[] = [];
    for (const share of [0.1, 0.3, 0.6, 1]) {
      await slider.fill(`${Math.round(last * share)}`);
      await expect.poll(() => fact(page, "Bits")).toBeLessThanOrEqual(8 * last * share + 8);
      await page.waitForTimeout(300);
      seen.push(await fact(page, "PSNR"));
    }
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen[0]).toBeGreaterThan(10);
    expect(seen[3]! - seen[0]!).toBeGreaterThan(5);
    expect((await longest()).processor).toBeLessThan(longestInTests);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("the downloaded file is what the library reads, and opens again here", async () => {
    const { page } = await openPage(
      studio.browser,
      `${studio.address}#/language?size=64&wavelet=haar&finest=-3&color=gray&vocabulary=trees`,
    );
    await page.getByLabel("Read", { exact: true }).waitFor();
    const tokens = await fact(page, "Tokens");
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download .ondl" }).click();
    const path = await (await download).path();
    const { language, tokenCount, finished } = readContainer(await readFile(path), "picture");
    expect([language.waveletName, language.tokens.vocabulary]).toEqual(["haar", "trees"]);
    expect([tokenCount, finished]).toEqual([tokens, true]);

    await page.getByLabel("Wavelet", { exact: true }).selectOption("CDF 9/7");
    await expect.poll(() => fact(page, "Tokens"), { timeout: 10_000 }).not.toBe(tokens);
    const beginning = (await readFile(path)).subarray(0, 400);
    await page.locator('input[type="file"][accept=".ondl"]').setInputFiles({
      name: "cut.ondl",
      mimeType: "application/octet-stream",
      buffer: beginning,
    });
    await page.getByText("Now: cut.ondl").waitFor();
    const cut = readContainer(new Uint8Array(beginning), "cut.ondl");
    await expect.poll(() => fact(page, "Tokens"), { timeout: 10_000 }).toBe(cut.tokenCount);
    await page.context().close();
  });

  test("plays from the start, steps by keys, and says what tokens mean", async () => {
    const { page, complaints } = await openPage(
      studio.browser,
      `${studio.address}#/language?size=28&wavelet=haar&finest=-3&color=gray&speed=5`,
    );
    const tokens = page.getByRole("slider", { name: "Tokens" });
    await tokens.waitFor();
    await tokens.press("Home");
    expect(await fact(page, "Tokens")).toBe(0);
    await tokens.press("ArrowRight");
    await expect.poll(() => fact(page, "Tokens")).toBe(1);
    await expect
      .poll(() => tokens.getAttribute("aria-valuetext"))
      .toMatch(/^NowSignificantPos: positive, and its magnitude lies between \d+ and \d+$/);
    await page.getByRole("button", { name: "Play" }).click();
    await expect.poll(() => fact(page, "Tokens"), { timeout: 10_000 }).toBeGreaterThan(100);
    await page.getByRole("button", { name: "Play" }).waitFor({ timeout: 20_000 });
    expect(await fact(page, "Tokens")).toBe(Number(await tokens.getAttribute("aria-valuemax")));
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("a model says what it expects, and needs fewer bits than the coder of files", async () => {
    const { page, complaints } = await openPage(
      studio.browser,
      `${studio.address}#/language?size=64`,
    );
    await page.getByRole("button", { name: "Show a digit as the model reads it" }).click();
    await page.getByRole("button", { name: "Ask the model" }).click();
    await page.getByText("All tokens, model").waitFor({ timeout: 30_000 });
    const asThree = await fact(page, "All tokens, model");
    expect(asThree).toBeLessThan(0.4 * (await fact(page, "All tokens, coder of files")));
    await page.getByLabel("Told that it is a").selectOption("1");
    await expect
      .poll(() => fact(page, "All tokens, model"), { timeout: 20_000 })
      .toBeGreaterThan(asThree + 10);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
