import { setWasmPaths } from "ondelette/runtime";
import { tellLoaded } from "./keepLoaded.ts";

/**
 * Tells the library, in a worker, where ONNX Runtime's files lie: in `ort/` beside the page. They are loaded when something is
 * first compiled, and kept for use without a network.
 */
export function locateEngine(): void {
  // The built worker lies in `assets/`.
  setWasmPaths(new URL(import.meta.env.DEV ? "/ort/" : "../ort/", self.location.href).href);
  tellLoaded();
}
