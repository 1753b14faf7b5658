import type * as Ort from "onnxruntime-web";
import { firstLine } from "../../errors/optionalPackage.ts";
import { UserError } from "../../errors/userError.ts";
import type { Device, Engine } from "../engine.ts";
import { wasmEngine } from "./wasm.ts";

/**
 * Where the files of the WebAssembly build lie: the address of their folder, with its slash at the end, or of each file. By
 * default they lie beside the script.
 */
export type WasmPaths = string | { readonly mjs?: string; readonly wasm?: string };

/** What a page offers, and what imports each build; replaced in tests. */
export interface Page {
  /** The small build, which computes on the CPU. */
  readonly wasm: () => Promise<typeof Ort>;
  /** The build that also has WebGPU, twice as large. */
  readonly webgpu: () => Promise<typeof Ort>;
  readonly hasWebGpu: boolean;
  /** Threads that may run at once; one where the page is not cross-origin isolated, since they need memory that they share. */
  readonly threads: number;
}

/**
 * Threads, where nobody says how many, of those that may run: as ONNX Runtime has it. Half of a browser's cores are often the
 * other half's second threads, and this build's threads keep a core busy while they wait.
 */
const usualThreads = (threads: number): number => Math.min(4, Math.ceil(threads / 2));

const here = (): Page => ({
  wasm: () => import("onnxruntime-web/wasm"),
  webgpu: () => import("onnxruntime-web/webgpu"),
  hasWebGpu: "gpu" in navigator && Boolean(navigator.gpu),
  threads: isIsolated() ? navigator.hardwareConcurrency : 1,
});

const isIsolated = (): boolean =>
  (globalThis as { readonly crossOriginIsolated?: boolean }).crossOriginIsolated === true;

/** Set before the first session; ONNX Runtime looks for its files once in a page. */
let wasmPaths: WasmPaths | undefined;

/**
 * Says where a page finds the files of ONNX Runtime's WebAssembly build, for all sessions. To be called before anything is
 * compiled; in Node it changes nothing.
 *
 * @example
 * ```ts
 * setWasmPaths(new URL("ort/", document.baseURI).href);
 * ```
 */
export function setWasmPaths(paths: WasmPaths): void {
  wasmPaths = paths;
}

/**
 * Loads ONNX Runtime in a browser: its WebAssembly build, with WebGPU where that is asked for. Throws UserError with code
 * `missing-dependency` where the browser has no WebGPU, or the build cannot be loaded.
 */
export async function loadBrowserEngine(device: Device, page: Page = here()): Promise<Engine> {
  const usable = deviceOf(device, page);
  const load = usable === "webgpu" ? page.webgpu : page.wasm;
  const ort = await load().catch((error: unknown) => {
    throw new UserError(
      `models need ONNX Runtime, whose WebAssembly build cannot be loaded (${firstLine(error)})`,
      "missing-dependency",
      { cause: error },
    );
  });
  if (wasmPaths !== undefined) ort.env.wasm.wasmPaths = wasmPaths;
  return wasmEngine(ort, {
    device: (wanted) => deviceOf(wanted, page),
    threads: { usual: usualThreads(page.threads), most: page.threads },
    advice: ", which browsers do not have",
  });
}

function deviceOf(wanted: Device, { hasWebGpu }: Page): "cpu" | "webgpu" {
  if (wanted === "cpu" || (wanted === "webgpu" && hasWebGpu)) return wanted;
  throw new UserError(
    wanted === "webgpu"
      ? "the device webgpu needs WebGPU, which this browser does not have or does not allow here"
      : `the device ${wanted} needs the native build of ONNX Runtime, which browsers do not have`,
    "missing-dependency",
  );
}
