import { existsSync } from "node:fs";

/** A Chromium of this machine, undefined where there is none; the one without windows takes two thirds of the time. */
export const chromiumPath: string | undefined = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find(existsSync);

/** Why tests that need a browser are skipped; undefined where there is one. */
export const noBrowser: string | undefined = chromiumPath
  ? undefined
  : "skipped: there is no Chromium (Debian: apt-get install chromium-headless-shell)";
