import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";

/** What TypeDoc's navigation links to until the depth of a page is known; see `navigationLinks` in its options. */
const placeholder = /href="site:([^"]*)"/g;

/** Makes the links of the documentation's pages to the rest of the site relative, so that the site may lie at any address. */
export function withSiteLinks(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".html")) continue;
    const up = "../".repeat(name.split(sep).length);
    const path = join(folder, name);
    const html = readFileSync(path, "utf8");
    const linked = html.replaceAll(placeholder, (_, to: string) => `href="${up}${to}"`);
    if (linked !== html) writeFileSync(path, linked);
  }
}
