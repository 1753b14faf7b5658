import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openImageRun } from "../../src/image/index.ts";
import { memoryStore } from "../../src/train/index.ts";
import { openPage } from "./browser.ts";
import { describeInBrowser } from "./inBrowser.ts";
import { longestInTests, watchTasks } from "./processorTime.ts";

/** A figure of the page, without its unit. */
async function fact(page: Page, name: string): Promise<number> {
  const value = page.locator(".facts div", { has: page.getByText(name, { exact: true }) });
  return Number.parseFloat((await value.locator("dd").innerText()).replaceAll(",", ""));
}

/** The last loss that a training had, once it is done. */
async function lossAtEnd(page: Page): Promise<number> {
  await page.getByRole("button", { name: "Twice as long" }).waitFor({ timeout: 60_000 });
  return fact(page, "Loss");
}

describeInBrowser("the page that generates", (studio) => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ondelette-generate-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("draws from a cold click, and fills a hole in a drawing", async () => {
    const { page, complaints } = await openPage(
      studio.browser,
      `${studio.address}#/generate?count=8`,
    );
    const longest = await watchTasks(studio.browser, page);
    await page.getByRole("button", { name: "Draw", exact: true }).click();
    await page.getByRole("button", { name: "Sample 8: 7" }).waitFor({ timeout: 20_000 });
    await page
      .getByRole("button", { name: "Stop" })
      .waitFor({ state: "detached", timeout: 20_000 });
    expect(await fact(page, "Tokens")).toBeGreaterThan(8 * 400);
    await page.getByRole("button", { name: "Sample 8: 7" }).click();
    await page.getByRole("button", { name: "Make a hole in it" }).click();

    const hole = page.getByRole("application");
    await hole.focus();
    for (const key of ["ArrowLeft", "ArrowUp", "Shift+ArrowRight"]) await hole.press(key);
    await expect.poll(() => page.url()).toMatch(/x=8&y=8&width=11/);
    await page.getByRole("button", { name: "Fill the hole" }).click();
    await page.getByRole("img", { name: "The picture with its hole filled" }).waitFor();
    await page.getByRole("button", { name: "Fill the hole" }).waitFor({ timeout: 20_000 });
    expect((await longest()).processor).toBeLessThan(longestInTests);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("trains on own pictures, and after a pause and a reload goes on to the same loss", async () => {
    const pictures = await Promise.all(
      Array.from({ length: 24 }, async (_, i) => {
        const data = Uint8Array.from({ length: 256 }, (_, p) => (p % 16 < i % 12 ? 255 : 9 * i));
        const path = join(folder, `${i}.png`);
        await sharp(data, { raw: { width: 16, height: 16, channels: 1 } })
          .png()
          .toFile(path);
        return path;
      }),
    );
    const settings = "view=train&network=32&steps=12&side=16";
    const { page, complaints } = await openPage(
      studio.browser,
      `${studio.address}#/generate?${settings}`,
    );
    const train = async () => {
      await page.locator('input[type="file"][multiple]').setInputFiles(pictures);
      await page.getByRole("button", { name: "Train", exact: true }).click();
    };
    await train();
    const whole = await lossAtEnd(page);
    expect(await fact(page, "Step")).toBe(12);
    const bits = await fact(page, "Bits per image");

    const saved = async (name: string) => {
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name }).click();
      return readFile(await (await download).path());
    };
    const [folderFile, onnx] = [await saved("Run folder"), await saved("ONNX")];
    const files = Object.entries(unzipSync(folderFile)).map(
      ([path, bytes]) => [path.replace(/^run\//, ""), bytes] as const,
    );
    const run = await openImageRun(memoryStore("run", Object.fromEntries(files)));
    expect([run.step, run.config.width, run.config.data.images]).toEqual([12, 16, 22]);
    expect(onnx.length).toBeGreaterThan(50_000);

    await page.getByRole("button", { name: "Reset" }).click();
    await page.getByRole("button", { name: "Train", exact: true }).waitFor();
    await train();
    await expect.poll(() => fact(page, "Step"), { timeout: 20_000 }).toBeGreaterThan(1);
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Go on" }).waitFor();
    const step = await fact(page, "Step");
    expect(step).toBeLessThan(12);
    await page.reload();
    await page.getByRole("button", { name: "Go on" }).waitFor();
    expect(await fact(page, "Step")).toBe(step);
    await page.getByRole("button", { name: "Go on" }).click();
    expect(await lossAtEnd(page)).toBe(whole);
    expect(bits).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
