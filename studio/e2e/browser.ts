import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { chromiumPath, noBrowser } from "../../test/chromium.ts";

export { noBrowser };

/** A headless Chromium; asks for nothing on any other host. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    ...(chromiumPath && { executablePath: chromiumPath }),
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic"],
      ...["--no-first-run", "--disable-background-networking", "--disable-component-update"],
      "--disable-sync",
    ],
  });

/** The sizes at which every page is looked at. */
export const screens = {
  desk: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
} as const;

/** A page, and what it complained of: errors, warnings of its policy, and requests to other hosts. */
export interface Watched {
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** Opens an address in a fresh profile and listens to its complaints. */
export async function openPage(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({ viewport: screens.desk, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") {
      complaints.push(`console: ${message.text()} ${message.location().url}`.trim());
    }
  });
  const { origin } = new URL(address);
  page.on("request", (request) => {
    const url = request.url();
    if (/^https?:/.test(url) && new URL(url).origin !== origin) complaints.push(`request: ${url}`);
  });
  await page.goto(address);
  return { page, complaints };
}
