import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openPage } from "./browser.ts";
import { describeInBrowser } from "./inBrowser.ts";

/** Small enough for a few seconds of training. */
const small = "layers=2&width=32&context=32&batch=4&steps=100";

/** The step that both models show. */
const steps = async (page: Page) => {
  const shown = await page.locator(".model dd:first-of-type").allTextContents();
  return shown.filter((text) => text.includes(" of ")).map((text) => Number.parseInt(text, 10));
};

describeInBrowser("the sequence page", (studio) => {
  test("shows what each mixing sees, at the channel and the letter that are pointed at", async () => {
    const { page, complaints } = await openPage(studio.browser, `${studio.address}#/sequence`);
    await page.getByText("15 tokens").waitFor(); // channel 27 of haar: a window of 16
    await page.getByRole("slider", { name: "Channel" }).fill("31");
    await page.getByText("27 tokens").waitFor(); // a window of 32, at position 27
    await page.getByRole("button", { name: "haar-8" }).click();
    await page.getByText("7 tokens", { exact: true }).waitFor();
    await page.locator(".kernel").hover({ position: { x: 400, y: 40 } });
    await page.getByText("at itself only").waitFor();
    expect(new URL(page.url()).hash).toContain("mixing=haar-8");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("trains two models, draws from both, and goes on after a reload where it was", async () => {
    const { page, complaints } = await openPage(
      studio.browser,
      `${studio.address}#/sequence?${small}`,
    );
    await page.getByRole("button", { name: "Play" }).click();
    await expect
      .poll(async () => Math.min(...(await steps(page))), { timeout: 60_000, interval: 30 })
      .toBeGreaterThan(12);
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Go on" }).waitFor();
    const before = await steps(page);
    await expect
      .poll(() => page.locator(".written").allTextContents())
      .toEqual([
        expect.stringMatching(/^The [\s\S]{240}$/),
        expect.stringMatching(/^The [\s\S]{240}$/),
      ]);

    await page.reload();
    await page.getByRole("button", { name: "Go on" }).waitFor();
    expect(await steps(page)).toEqual(before);
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("button", { name: "Done" }).waitFor({ timeout: 60_000 });
    expect(await steps(page)).toEqual([100, 100]);
    const losses = await page.getByText(/^\d\.\d{3} nats$/).allTextContents();
    for (const loss of losses) expect(Number.parseFloat(loss)).toBeLessThan(3.2);

    // As if it had not been interrupted: the same losses, to the last digit that is shown.
    await page.getByRole("button", { name: "Reset" }).click();
    await page.getByRole("button", { name: "Play" }).click();
    await page.getByRole("button", { name: "Done" }).waitFor({ timeout: 60_000 });
    expect(await page.getByText(/^\d\.\d{3} nats$/).allTextContents()).toEqual(losses);
    expect(complaints).toEqual([]);

    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download the run" }).last().click();
    expect((await downloading).suggestedFilename()).toBe("haar-8.zip");
    await page.context().close();
  });

  test("plays a piece of music and a recording", async () => {
    const { page, complaints } = await openPage(studio.browser, `${studio.address}#/sequence`);
    await page.getByRole("img", { name: /Piano roll of \d+ notes/ }).waitFor();
    await page.getByRole("button", { name: "Listen" }).click();
    const position = page.getByRole("slider", { name: "Position" }).last();
    await expect.poll(async () => Number(await position.inputValue())).toBeGreaterThan(0.3);
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByLabel("Sample", { exact: true }).selectOption("A voice, seed 2 (WAV)");
    await page.getByText("3.0 s").waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
