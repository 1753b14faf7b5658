import type * as Ort from "onnxruntime-web";
import { firstLine } from "../../errors/optionalPackage.ts";
import { UserError } from "../../errors/userError.ts";
import type { Device, Engine, SessionOptions } from "../engine.ts";
import { common, copyInto, keptAmong, sessionOptions } from "./session.ts";

/** What the WebAssembly build can do where it runs. */
export interface WasmSetting {
  /** The device that was asked for; throws UserError where there is no such device here. */
  device(wanted: Device): "cpu" | "webgpu";
  /** Threads, where nobody says how many, and at most. */
  readonly threads: { readonly usual: number; readonly most: number };
  /** The end of the sentence that refuses a profile. */
  readonly advice: string;
}

/** The WebAssembly build. */
export function wasmEngine(
  { InferenceSession, Tensor, env }: typeof Ort,
  { device: deviceOf, threads: limits, advice }: WasmSetting,
): Engine {
  return {
    build: "wasm",
    Tensor,
    async absence(device) {
      try {
        deviceOf(device);
        return undefined;
      } catch (error) {
        return firstLine(error);
      }
    },
    keeps: (device) => device === "webgpu",
    fetch: (tensor) => tensor.getData(),
    async open(model, options: SessionOptions) {
      const { threads = limits.usual, device = "cpu" } = options;
      const provider = deviceOf(device) === "cpu" ? "wasm" : "webgpu";
      if (options.profile !== undefined)
        throw new UserError(
          `a profile needs the native build of ONNX Runtime${advice}`,
          "missing-dependency",
        );
      // All sessions share the threads that the first one starts.
      env.wasm.numThreads = Math.min(threads, limits.most);
      const session = await InferenceSession.create(model, {
        ...sessionOptions(options),
        executionProviders: [provider],
      });
      const { kept = [] } = options;
      return {
        ...common(session),
        async run(feeds, into) {
          // This build does not write to tensors that it is given for outputs: it would leave zeros there.
          const computed = await session.run(feeds, [...Object.keys(into), ...kept]);
          copyInto(into, computed);
          return keptAmong(computed, kept);
        },
      };
    },
  };
}
