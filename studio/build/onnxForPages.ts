import type { Plugin } from "vite";

const name = "onnxruntime-web";

/**
 * Leaves out the build of ONNX Runtime that Node falls back to: a page never loads it, but would carry 360 kB of it. Pages import
 * `onnxruntime-web/wasm` and `onnxruntime-web/webgpu`.
 */
export function onnxForPages(): Plugin {
  const empty = "\0onnxruntime-web-of-node";
  return {
    name: "onnx-for-pages",
    enforce: "pre",
    resolveId: (id) => (id === name ? empty : undefined),
    load: (id) => (id === empty ? "export {};" : undefined),
  };
}
