import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectedLines, type Program } from "../examples/programs.ts";
import { noBrowser, openBrowser, openPage } from "./browser.ts";
import { buildExamples, openStaticHost } from "./staticHost.ts";

const site = fileURLToPath(new URL("../../site/", import.meta.url));

describe.skipIf(noBrowser)(`the page of examples${noBrowser ? ` (${noBrowser})` : ""}`, () => {
  let browser: Browser;
  let host: Awaited<ReturnType<typeof openStaticHost>>;
  beforeAll(async () => {
    await buildExamples();
    [browser, host] = await Promise.all([openBrowser(), openStaticHost(site)]);
  });
  afterAll(async () => {
    await browser.close();
    host.close();
  });

  test("runs every program, which prints what stands behind its arrows", async () => {
    const programs: Program[] = JSON.parse(readFileSync(`${site}examples/programs.json`, "utf8"));
    expect(programs.length).toBeGreaterThan(25);
    const { page, complaints } = await openPage(browser, `${host.address}examples/`);
    for (const program of programs) {
      await page.goto(`${host.address}examples/#/${program.id}`);
      await page.locator(`a[href="#/${program.id}"][aria-current]`).waitFor();
      await page.getByRole("button", { name: "Run" }).click();
      const printed = page.getByLabel("What it prints");
      const lines = async () => (await printed.textContent())?.split("\n").slice(0, -1);
      await expect
        .poll(lines, { timeout: 30_000, message: program.id })
        .toEqual(expectedLines(program));
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
