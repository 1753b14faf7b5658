import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { encodeWav } from "../../src/data/index.ts";
import { openPage, screens } from "./browser.ts";
import { describeInBrowser } from "./inBrowser.ts";
import { longestInTests, longestTask } from "./processorTime.ts";

const harbor = fileURLToPath(
  new URL("../src/shared/pictures/examples/harbor.webp", import.meta.url),
);

/** The value of a fact, such as `Level`. */
const fact = (page: Page, name: string): Locator =>
  page.locator(".facts div").filter({ hasText: name }).locator("dd").first();

describeInBrowser("the page of wavelets", (studio) => {
  const open = (query = "", options = {}) =>
    openPage(studio.browser, `${studio.address}#/wavelets${query}`, options);

  test("shows the functions and filters of a chosen wavelet, and a copied address shows the same", async () => {
    const { page, complaints } = await open();
    await fact(page, "Vanishing moments").getByText("4").waitFor();
    await page.getByRole("combobox", { name: "Wavelet" }).selectOption("bior2.4");
    await page.getByRole("heading", { name: "bior2.4: Biorthogonal" }).waitFor();
    expect(await fact(page, "Vanishing moments").textContent()).toBe("2, dual 4");
    expect(page.url()).toContain("wavelet=bior2.4");
    await page.getByText("All 10 taps").click();
    // The analysis low-pass filter of a spline: 3/128 √2 at its ends.
    await page
      .getByRole("cell", { name: `${(3 / 128) * Math.SQRT2}`.slice(0, 10) })
      .first()
      .waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "bior2.4: Biorthogonal" }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("links the cursor in the picture with coefficients, by pointer and by keys", async () => {
    const { page, complaints } = await open();
    const { processor } = await longestTask(studio.browser, page, async () => {
      await page.getByRole("tab", { name: "Functions" }).press("ArrowRight");
      const picture = page.getByRole("application", { name: /^Picture/ });
      const mosaic = page.getByRole("application", { name: /^Mosaic/ });
      await picture.click({ position: { x: 40, y: 60 } });
      // db4 of three levels: each pixel is seen in all ten bands.
      await expect.poll(() => mosaic.locator(".mark").count()).toBeGreaterThanOrEqual(10);
      // The finest diagonal band is the last quarter.
      const box = (await mosaic.boundingBox())!; // it is visible
      await mosaic.click({ position: { x: 0.8 * box.width, y: 0.7 * box.height } });
      await page.getByText("diagonal details (hh, cD)").waitFor();
      expect(await fact(page, "Sees").textContent()).toBe("8 × 8 pixels");
      await picture.locator(".mark.sees").waitFor({ state: "attached" });
      const place = async () =>
        (await fact(page, "Row, column").textContent())?.split(", ").map(Number);
      const [row = 0, column = 0] = (await place()) ?? [];
      await mosaic.press("ArrowRight");
      await mosaic.press("Shift+ArrowDown");
      await expect.poll(place).toEqual([row + 8, column + 1]);
      await page.getByLabel("Boundary mode").selectOption("symmetric");
      await page.getByRole("slider", { name: "Levels" }).fill("5");
      await page.getByRole("heading", { name: "Coefficients: db4, 5 levels" }).waitFor();
      await page.getByLabel("Picture of your own").setInputFiles(harbor);
      await page.getByText("Now: harbor.webp").waitFor();
    });
    console.log(`longest task of the page's thread: ${processor.toFixed(0)} ms of the processor`);
    expect(processor).toBeLessThan(longestInTests);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("takes noise out of a picture that is dropped on it", async () => {
    const { page, complaints } = await open("?view=denoise&levels=4");
    const gain = async () => Number.parseFloat((await fact(page, "Gain").textContent()) ?? "");
    await expect.poll(gain, { timeout: 20_000 }).toBeGreaterThan(6);
    await page.getByRole("slider", { name: "Factor" }).fill("0");
    await expect.poll(() => fact(page, "Details that are 0").textContent()).toBe("0.0 %");
    await expect.poll(gain).toBeCloseTo(0, 1);
    const dropped = await page.evaluateHandle((bytes) => {
      const data = new DataTransfer();
      const file = new Blob([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))]);
      data.items.add(new File([file], "mine.webp", { type: "image/webp" }));
      return data;
    }, readFileSync(harbor).toString("base64"));
    await page.dispatchEvent("main", "drop", { dataTransfer: dropped });
    await page.getByText("Now: mine.webp").waitFor();
    // The picture stays where another view is shown between.
    await page.getByRole("tab", { name: "Functions" }).click();
    await page.getByRole("tab", { name: "Picture" }).click();
    await page.getByText("Now: mine.webp").waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("shows a sound over time and frequency, plays it, and reads numbers", async () => {
    const { page, complaints } = await open("?view=signal", { viewport: screens.phone });
    const tone = Float32Array.from(
      { length: 16_000 },
      (_, i) => 0.3 * Math.sin((2 * Math.PI * 500 * i) / 8000),
    );
    await page.getByRole("application", { name: /^Signal over time/ }).waitFor();
    await page.getByLabel("Sound or table of your own").setInputFiles({
      ...{ name: "tone.wav", mimeType: "audio/wav" },
      buffer: Buffer.from(encodeWav({ rate: 8000, samples: tone })),
    });
    await page.getByRole("heading", { name: "tone.wav" }).waitFor();
    const plots = page.getByRole("application", { name: /^Signal over time/ });
    await plots.click({ position: { x: 150, y: 100 } });
    const time = async () => Number.parseFloat((await fact(page, "Time").textContent()) ?? "");
    const before = await time();
    await plots.press("Shift+ArrowRight");
    await expect.poll(time).toBeGreaterThan(before);
    // Up and down to the tone, where the modulus is largest.
    await expect
      .poll(
        async () => {
          const hertz = (await fact(page, "Frequency").textContent()) ?? "";
          const value = Number.parseFloat(hertz) * (hertz.includes("k") ? 1000 : 1);
          if (Math.abs(value / 500 - 1) < 0.05) return "found";
          await plots.press(value > 500 ? "ArrowDown" : "ArrowUp");
          return hertz;
        },
        { interval: 30, timeout: 10_000 },
      )
      .toBe("found");
    expect(
      Number.parseFloat((await fact(page, "Below the largest").textContent()) ?? ""),
    ).toBeLessThan(1);
    await page.getByRole("button", { name: "Play" }).click();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByLabel("Example").selectOption("Your numbers");
    await page.getByRole("heading", { name: "Your numbers" }).waitFor();
    await page.getByLabel("Numbers, or a table").fill("1, 2, 3");
    await page.getByText("at least eight numbers").waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
