import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const sources = fileURLToPath(new URL("../../src/", import.meta.url));

/** `ondelette/NAME` as a page in a browser gets it: from the sources, by the browser's entry point where there is one. */
export function library(): Plugin {
  return {
    name: "ondelette",
    enforce: "pre",
    resolveId(id) {
      const name = /^ondelette\/(\w+)$/.exec(id)?.[1];
      if (name === undefined) return undefined;
      // A file above the layers goes before the layer of its name.
      return [`${name}.ts`, `${name}/browser.ts`, `${name}/index.ts`]
        .map((file) => join(sources, file))
        .find(existsSync);
    },
  };
}
