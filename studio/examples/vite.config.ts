import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defaultClientConditions, defineConfig } from "vite";
import { contentSecurityPolicy } from "../build/contentSecurityPolicy.ts";
import { library } from "../build/library.ts";

const root = fileURLToPath(new URL(".", import.meta.url));
const sources = fileURLToPath(new URL("../../src/", import.meta.url));

/** The library's entry points for browsers, which programs of the page import: `library/wavelets.js`. */
const entries = Object.fromEntries(
  readdirSync(sources).flatMap((name) => {
    if (name === "codec.ts") return [["library/codec", join(sources, name)]];
    const files = name.includes(".") ? [] : readdirSync(join(sources, name));
    const isPure = ["wavelets", "graph", "nn", "errors"].includes(name);
    const file = files.includes("browser.ts") ? "browser.ts" : isPure ? "index.ts" : undefined;
    return file ? [[`library/${name}`, join(sources, name, file)]] : [];
  }),
);

// The page of examples, with the library beside it as modules of its own.
export default defineConfig({
  root,
  base: "./",
  plugins: [library(), contentSecurityPolicy()],
  resolve: { conditions: ["onnxruntime-web-use-extern-wasm", ...defaultClientConditions] },
  build: {
    outDir: fileURLToPath(new URL("../../site/examples/", import.meta.url)),
    emptyOutDir: true,
    target: "es2024",
    // Programs import the library in workers, which have no document for preloading.
    modulePreload: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      input: {
        index: join(root, "index.html"),
        "library/programConsole": join(root, "programConsole.ts"),
        ...entries,
      },
      preserveEntrySignatures: "strict",
      output: {
        entryFileNames: ({ name }) =>
          name.startsWith("library/") ? "[name].js" : "assets/[name]-[hash].js",
      },
    },
  },
});
