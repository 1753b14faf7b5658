import { noBrowser } from "./browser.ts";
import { buildStudio } from "./staticHost.ts";

/** Builds the page once for all tests, or says why they are skipped: a reporter shows no names of skipped tests. */
export default async function setup(): Promise<void> {
  if (noBrowser) {
    console.log(`The end-to-end tests of the studio are ${noBrowser}`);
    return;
  }
  await buildStudio();
  process.env.ONDELETTE_STUDIO_BUILT = "yes";
}
