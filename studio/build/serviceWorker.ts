import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Plugin, transformWithOxc } from "vite";
import { ortVersion } from "./ortFiles.ts";

const source = fileURLToPath(new URL("../serviceWorker/serviceWorker.ts", import.meta.url));

/**
 * Adds `serviceWorker.js`, which keeps every file of the build for use without a network. It carries their list, and a version
 * made of all their bytes, so that a new build replaces the old one whole.
 */
export function serviceWorker(): Plugin {
  return {
    name: "service-worker",
    apply: "build",
    enforce: "post",
    async generateBundle(_options, bundle) {
      const hash = createHash("sha256");
      const files = Object.values(bundle).filter(({ fileName }) => !fileName.endsWith(".map"));
      for (const file of files) hash.update(file.type === "chunk" ? file.code : file.source);
      const kept = ({ fileName }: { fileName: string }) => !/\.html$|(^|\/)models\//.test(fileName);
      const names = ["./", ...files.filter(kept).map(({ fileName }) => fileName)];
      const { code } = await transformWithOxc(readFileSync(source, "utf8"), source);
      hash.update(code);
      this.emitFile({
        type: "asset",
        fileName: "serviceWorker.js",
        source: code
          .replace("__FILES__", JSON.stringify(names))
          .replace("__ENGINE__", JSON.stringify(ortVersion))
          .replace("__VERSION__", JSON.stringify(hash.digest("hex").slice(0, 16))),
      });
    },
  };
}
