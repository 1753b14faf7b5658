import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectedLines, type Program } from "../examples/programs.ts";
import { noBrowser, openBrowser, openPage } from "./browser.ts";
import { buildExamples, openStaticHost } from "./staticHost.ts";

describe.skipIf(noBrowser)(`the page of examples${noBrowser ? ` (${noBrowser})` : ""}`, () => {
  // Not in site/, which may be built at the same time.
  const folder = mkdtempSync(join(tmpdir(), "ondelette-examples-"));
  let browser: Browser;
  let host: Awaited<ReturnType<typeof openStaticHost>>;
  beforeAll(async () => {
    await buildExamples(join(folder, "examples"));
    [browser, host] = await Promise.all([openBrowser(), openStaticHost(folder)]);
  });
  afterAll(async () => {
    await browser.close();
    host.close();
    rmSync(folder, { recursive: true });
  });

  // More than thirty programs, one after the other, each of which loads the library anew.
  const timeout = 300_000;
  test("runs every program, which prints what stands behind its arrows", { timeout }, async () => {
    const programs: Program[] = JSON.parse(
      readFileSync(join(folder, "examples/programs.json"), "utf8"),
    );
    expect(programs.length).toBeGreaterThan(25);
    const { page, complaints } = await openPage(browser, `${host.address}examples/`);
    for (const program of programs) {
      await page.goto(`${host.address}examples/#/${program.id}`);
      await page.locator(`a[href="#/${program.id}"][aria-current]`).waitFor();
      await page.getByRole("button", { name: "Run" }).click();
      const printed = page.getByLabel("What it prints");
      const lines = async () => (await printed.textContent())?.split("\n").slice(0, -1);
      await expect
        .poll(lines, { timeout: 120_000, message: program.id })
        .toEqual(expectedLines(program));
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
