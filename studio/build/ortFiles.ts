import { createReadStream, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Connect, Plugin } from "vite";

/** The files of ONNX Runtime that a page loads when it first computes with a model, and their folder. */
export const ortNames = [
  "ort-wasm-simd-threaded.mjs",
  "ort-wasm-simd-threaded.wasm",
  "ort-wasm-simd-threaded.asyncify.mjs",
  "ort-wasm-simd-threaded.asyncify.wasm",
] as const;

export const ortFolder = dirname(
  createRequire(import.meta.url).resolve("onnxruntime-web/ort-wasm-simd-threaded.wasm"),
);

export const ortVersion: string = JSON.parse(
  readFileSync(join(ortFolder, "../package.json"), "utf8"),
).version;

/**
 * Serves ONNX Runtime's files at `ort/` while the page is developed. They are not part of the build: 40 MB that the package has
 * already as a dependency. `ondelette studio` serves them from there, and `npm run site` copies them.
 */
export function ortFiles(): Plugin {
  const serve: Connect.NextHandleFunction = (request, response, next) => {
    const name = ortNames.find((file) => request.url?.split("?")[0]?.endsWith(`/ort/${file}`));
    if (!name) return next();
    response.setHeader(
      "content-type",
      name.endsWith(".mjs") ? "text/javascript" : "application/wasm",
    );
    createReadStream(join(ortFolder, name)).pipe(response);
  };
  return {
    name: "ort-files",
    configureServer: (server) => void server.middlewares.use(serve),
    configurePreviewServer: (server) => void server.middlewares.use(serve),
  };
}
