/**
 * Takes pictures of a page of the studio as a person sees it: desk and phone, light and dark.
 *
 *   node studio/e2e/look.ts wavelets FOLDER [milliseconds to wait]
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { openBrowser, openPage, screens } from "./browser.ts";
import { buildStudio, openStaticHost } from "./staticHost.ts";

const [name = "", folder = "shots", wait = "1500"] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
await buildStudio();
const host = await openStaticHost();
const browser = await openBrowser();
for (const [size, viewport] of Object.entries(screens))
  for (const colorScheme of ["light", "dark"] as const) {
    const { page, complaints } = await openPage(browser, `${host.address}#/${name}`, {
      viewport,
      colorScheme,
    });
    await page.waitForTimeout(Number(wait));
    const path = join(folder, `${name.split("?")[0] || "start"}-${size}-${colorScheme}.png`);
    await page.screenshot({ path, fullPage: size === "phone" });
    console.log(path, ...complaints);
    await page.context().close();
  }
await browser.close();
host.close();
