import type * as Ort from "onnxruntime-node";
import { firstLine, isAbsent, missingPackage } from "../errors/optionalPackage.ts";
import { UserError } from "../errors/userError.ts";

/** A build of ONNX Runtime that was found and works. */
export interface Engine {
  /** The native build, or the WebAssembly build, which is slower and runs wherever Node does. */
  readonly build: "native" | "wasm";
  readonly Tensor: typeof Ort.Tensor;
  open(model: Uint8Array, options: SessionOptions): Promise<Session>;
}

/** How a session runs. */
export interface SessionOptions {
  /** Threads of one operation; by default one per core. */
  readonly threads?: number;
  /** Whether threads that wait for each other keep their cores busy. */
  readonly spin?: boolean;
  readonly device?: "cpu" | "webgpu" | "cuda";
  /** Prefix of the file for a Chrome trace of every operation. */
  readonly profile?: string;
}

/** A model that is ready to run. */
export interface Session {
  /** Computes the outputs that `into` names, into the memory of its tensors. */
  run(feeds: Tensors, into: Tensors): Promise<void>;
  /** Computes all outputs, into new memory. */
  compute(feeds: Tensors): Promise<Tensors>;
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  endProfiling(): void;
  release(): Promise<void>;
}

type Tensors = Readonly<Record<string, Ort.Tensor>>;

/** What imports each build; replaced in tests. */
export interface EngineSources {
  readonly native: () => Promise<typeof Ort>;
  readonly wasm: () => Promise<typeof Ort>;
}

const installed: EngineSources = {
  native: () => import("onnxruntime-node"),
  // Both builds share the interface of onnxruntime-common.
  wasm: () => import("onnxruntime-web") as unknown as Promise<typeof Ort>,
};

/**
 * The package's install script only downloads CUDA, and fails where that cannot be reached; an optional package that fails is
 * left out without a word by npm 11 and older. Saved as optional, so that a later `npm ci` does not fail by it.
 */
const installNative = "npm install --ignore-scripts --save-optional onnxruntime-node";

/**
 * Loads ONNX Runtime: the native build where it is installed and works, else the WebAssembly build with a warning, else
 * throws {@link UserError} with code `missing-dependency`.
 */
export async function loadEngine(sources: EngineSources = installed): Promise<Engine> {
  const native = await attempt(sources.native);
  if (native.ort) return engineOf(native.ort);
  const { error } = native;
  const isMissing = isAbsent(error, "onnxruntime-node");
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
    const name = "onnxruntime-node";
    throw missingPackage({ name, feature: "models", install: installNative }, error);
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
function engineOf(ort: typeof Ort): Engine {
  return ort.env.versions.node === undefined ? wasmEngine(ort) : nativeEngine(ort);
}

function nativeEngine({ InferenceSession, Tensor }: typeof Ort): Engine {
  return {
    build: "native",
    Tensor,
    async open(model, { threads = 0, device = "cpu", ...options }) {
      const session = await InferenceSession.create(model, {
        ...sessionOptions(options),
        executionProviders: [device],
        intraOpNumThreads: threads,
      });
      return {
        ...common(session),
        async run(feeds, into) {
          await session.run(feeds, into);
        },
        endProfiling: () => session.endProfiling(),
        release: () => session.release(),
      };
    },
  };
}

function wasmEngine({ InferenceSession, Tensor, env }: typeof Ort): Engine {
  return {
    build: "wasm",
    Tensor,
    async open(model, { threads = navigator.hardwareConcurrency, device = "cpu", ...options }) {
      if (device !== "cpu" || options.profile !== undefined) {
        const what = device === "cpu" ? "a profile" : `the device ${device}`;
        throw new UserError(
          `${what} needs the native build of ONNX Runtime; this installs it: ${installNative}`,
          "missing-dependency",
        );
      }
      // All sessions share the threads that the first one starts.
      env.wasm.numThreads = threads;
      const session = await InferenceSession.create(model, {
        ...sessionOptions(options),
        executionProviders: ["wasm"],
      });
      return {
        ...common(session),
        async run(feeds, into) {
          // This build does not write to tensors that it is given for outputs: it would leave zeros there.
          const computed = await session.run(feeds, Object.keys(into));
          for (const [name, tensor] of Object.entries(into)) {
            (tensor.data as Float32Array).set(computed[name]?.data as Float32Array);
          }
        },
        endProfiling: () => session.endProfiling(),
        release: () => session.release(),
      };
    },
  };
}

/** What both builds do alike. */
const common = (
  session: Ort.InferenceSession,
): Pick<Session, "compute" | "inputNames" | "outputNames"> => ({
  inputNames: session.inputNames,
  outputNames: session.outputNames,
  compute: async (feeds) => (await session.run(feeds)) as Tensors,
});

function sessionOptions({
  spin = false,
  profile,
}: SessionOptions): Ort.InferenceSession.SessionOptions {
  return {
    graphOptimizationLevel: "all",
    enableMemPattern: true,
    logSeverityLevel: 3,
    ...(!spin && { extra: { session: { intra_op: { allow_spinning: "0" } } } }),
    ...(profile && { enableProfiling: true, profileFilePrefix: profile }),
  };
}

/** Builds that were warned of: once in a process is enough. */
const warned = new WeakSet<typeof Ort>();

function warnOnce(ort: typeof Ort, message: string): void {
  if (warned.has(ort)) return;
  warned.add(ort);
  process.emitWarning(message, { code: "ONDELETTE_WASM" });
}
