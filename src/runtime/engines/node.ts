import type * as Ort from "onnxruntime-web";
import { firstLine, isAbsent, missingPackage } from "../../errors/optionalPackage.ts";
import { UserError } from "../../errors/userError.ts";
import type { Engine } from "../engine.ts";
import { warn } from "../environment.ts";
import { nativeEngine } from "./native.ts";
import { wasmEngine } from "./wasm.ts";

/** What imports each build; replaced in tests. All builds have the interface of onnxruntime-common. */
export interface NodeSources {
  readonly native: () => Promise<typeof Ort>;
  readonly wasm: () => Promise<typeof Ort>;
}

/** By a name that bundlers do not follow: in a page it is never imported, and they could not bundle it. */
const nativePackage = "onnxruntime-node";

const installed: NodeSources = {
  native: () => import(/* @vite-ignore */ /* webpackIgnore: true */ nativePackage),
  wasm: () => import("onnxruntime-web"),
};

/**
 * The package's install script only downloads CUDA, and fails where that cannot be reached; an optional package that fails is
 * left out without a word by npm 11 and older. Saved as optional, so that a later `npm ci` does not fail by it.
 */
const installNative = "npm install --ignore-scripts --save-optional onnxruntime-node";

/**
 * Loads ONNX Runtime in Node: the native build where it is installed and works, else the WebAssembly build with a warning,
 * else throws UserError with code `missing-dependency`.
 */
export async function loadNodeEngine(sources: NodeSources = installed): Promise<Engine> {
  const native = await attempt(sources.native);
  if (native.ort) return engineOf(native.ort);
  const { error } = native;
  const isMissing = isAbsent(error, nativePackage);
  const wasm = await attempt(sources.wasm);
  if (wasm.ort) {
    const state = isMissing ? "is not installed" : `does not work here (${firstLine(error)})`;
    const advice = isMissing ? `; this installs the native build: ${installNative}` : "";
    warnOnce(
      wasm.ort,
      `the native build of ONNX Runtime ${state}, so its WebAssembly build is used, which takes two to three times as long${advice}`,
    );
    return engineOf(wasm.ort);
  }
  if (isMissing) {
    throw missingPackage({ name: nativePackage, feature: "models", install: installNative }, error);
  }
  // Where the native build cannot run (Alpine Linux, Macs with Intel), installing it again would not help.
  throw new UserError(
    `models need ONNX Runtime, whose native build does not work here (${firstLine(error)}); this installs its ` +
      "WebAssembly build: npm install onnxruntime-web",
    "missing-dependency",
    { cause: error },
  );
}

type Attempt =
  | { readonly ort: typeof Ort; readonly error?: undefined }
  | { readonly ort?: undefined; readonly error: unknown };

async function attempt(load: () => Promise<typeof Ort>): Promise<Attempt> {
  try {
    return { ort: await load() };
  } catch (error) {
    return { error };
  }
}

/** Told by what the build says of itself and not by its package: bundlers put one in the other's place. */
const engineOf = (ort: typeof Ort): Engine =>
  ort.env.versions.node === undefined ? wasmEngine(ort, wasmInNode()) : nativeEngine(ort);

function wasmInNode(): Parameters<typeof wasmEngine>[1] {
  const advice = `; this installs it: ${installNative}`;
  return {
    device(wanted) {
      if (wanted === "cpu") return wanted;
      throw new UserError(
        `the device ${wanted} needs the native build of ONNX Runtime${advice}`,
        "missing-dependency",
      );
    },
    threads: { usual: navigator.hardwareConcurrency, most: Number.POSITIVE_INFINITY },
    advice,
  };
}

/** Builds that were warned of: once in a process is enough. */
const warned = new WeakSet<typeof Ort>();

function warnOnce(ort: typeof Ort, message: string): void {
  if (warned.has(ort)) return;
  warned.add(ort);
  warn(message, "ONDELETTE_WASM");
}
