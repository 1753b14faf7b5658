import { existsSync } from "node:fs";

/** A Chromium of this machine; undefined where there is none. */
export const chromiumPath: string | undefined = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find(existsSync);

/** Why tests that need a browser are skipped; undefined where there is one. */
export const noBrowser: string | undefined = chromiumPath
  ? undefined
  : "skipped: there is no Chromium (Debian: apt-get install chromium)";
