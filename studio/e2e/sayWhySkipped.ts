import { noBrowser } from "./browser.ts";

/** Says once, before the tests, why they are skipped: a reporter shows no names of skipped tests. */
export default function sayWhySkipped(): void {
  if (noBrowser) console.log(`The end-to-end tests of the studio are ${noBrowser}`);
}
