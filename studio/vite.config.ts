import { fileURLToPath } from "node:url";
import { defaultClientConditions, defineConfig } from "vite";
import { isolation } from "../src/server/headers.ts";
import { contentSecurityPolicy } from "./build/contentSecurityPolicy.ts";
import { library } from "./build/library.ts";
import { onnxForPages } from "./build/onnxForPages.ts";
import { ortFiles } from "./build/ortFiles.ts";
import { serviceWorker } from "./build/serviceWorker.ts";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  // The page lies at any address of a host.
  base: "./",
  plugins: [library(), onnxForPages(), contentSecurityPolicy(), ortFiles(), serviceWorker()],
  // ONNX Runtime's large files lie beside the page and not in its scripts; see ortFiles.
  resolve: { conditions: ["onnxruntime-web-use-extern-wasm", ...defaultClientConditions] },
  worker: { format: "es", plugins: () => [library(), onnxForPages()] },
  server: { headers: isolation },
  preview: { headers: isolation },
  build: {
    outDir: fileURLToPath(new URL("../dist/studio/", import.meta.url)),
    emptyOutDir: true,
    target: "es2024",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: {
        // What is kept when it is first used, and not with the page; see the service worker.
        assetFileNames: ({ names: [name = ""] }) =>
          `${/\.(safetensors|gz)$/.test(name) ? "models" : "assets"}/[name]-[hash][extname]`,
        chunkFileNames({ facadeModuleId, name }) {
          const page = /\/pages\/(\w+)\/page\.tsx$/.exec(facadeModuleId ?? "")?.[1];
          return `assets/${page ?? name}-[hash].js`;
        },
      },
    },
  },
});
