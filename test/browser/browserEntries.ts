import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** Makes the sources' entry points those of browsers, as package.json does for the package. */
export const browserEntries = (): Plugin => ({
  name: "browser-entries",
  enforce: "pre",
  async resolveId(id, importer) {
    if (!id.endsWith("/index.ts")) return undefined;
    const found = await this.resolve(id, importer, { skipSelf: true });
    const own = found?.id.replace(/\/index\.ts$/, "/browser.ts");
    return own?.startsWith(`${root}src/`) && existsSync(own) ? own : undefined;
  },
});
