import { setWasmPaths } from "ondelette/runtime";
import { shown } from "./shown.ts";

/** In the worker of a program, before it: finds ONNX Runtime, and sends what is printed to the page. */
export function begin(engine: string): void {
  setWasmPaths(engine);
  const print =
    (isError: boolean) =>
    (...values: readonly unknown[]) => {
      const text = values.map((value) => shown(value)).join(" ");
      for (const line of text.split("\n")) postMessage({ line, isError });
    };
  Object.assign(console, {
    log: print(false),
    info: print(false),
    warn: print(true),
    error: print(true),
  });
}
