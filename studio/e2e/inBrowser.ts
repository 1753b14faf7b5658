import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe } from "vitest";
import { noBrowser, openBrowser } from "./browser.ts";
import { buildStudio, openStaticHost } from "./staticHost.ts";

/** A browser, and a host of files that has the built studio; open while tests run. */
export interface Opened {
  readonly browser: Browser;
  /** Where the studio's start page is. */
  readonly address: string;
}

/** Tests of the built studio on a host of files; skipped, with the reason in their name, where there is no browser. */
export function describeInBrowser(name: string, tests: (studio: Opened) => void): void {
  describe.skipIf(noBrowser)(`${name}${noBrowser ? ` (${noBrowser})` : ""}`, () => {
    let browser: Browser;
    let host: Awaited<ReturnType<typeof openStaticHost>>;
    beforeAll(async () => {
      await buildStudio();
      [browser, host] = await Promise.all([openBrowser(), openStaticHost()]);
    });
    afterAll(async () => {
      await browser.close();
      host.close();
    });
    tests({
      get browser() {
        return browser;
      },
      get address() {
        return host.address;
      },
    });
  });
}
