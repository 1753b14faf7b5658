import type * as Ort from "onnxruntime-web";

/** What a session can compute on. */
export const deviceNames = ["cpu", "webgpu", "cuda", "coreml", "dml"] as const;

export type Device = (typeof deviceNames)[number];

/** A build of ONNX Runtime that was found and works. */
export interface Engine {
  /** The native build, or the WebAssembly build, which is slower and runs wherever Node does and in browsers. */
  readonly build: "native" | "wasm";
  readonly Tensor: typeof Ort.Tensor;
  /** Why a device does not work here; undefined where it does. */
  absence(device: Device): Promise<string | undefined>;
  /** Whether outputs may stay on a device and be fed again. */
  keeps(device: Device): boolean;
  /** Copies a tensor that stayed on a device into memory. */
  fetch(tensor: Ort.Tensor): Promise<Ort.Tensor["data"]>;
  /** Throws a UserError with code `missing-dependency` where the device does not work here. */
  open(model: Uint8Array, options: SessionOptions): Promise<Session>;
}

/** How a session runs. */
export interface SessionOptions {
  /**
   * Threads of one operation; by default one per core, in a browser one for two cores and at most four. A page that is not
   * cross-origin isolated has one.
   */
  readonly threads?: number;
  /** Whether threads that wait for each other keep their cores busy. */
  readonly spin?: boolean;
  readonly device?: Device;
  /** Prefix of the file for a Chrome trace of every operation. */
  readonly profile?: string;
  /** Whether to refuse a graph of which the device lacks an operator, instead of running that part on the CPU. */
  readonly strict?: boolean;
  /** Outputs that stay on the device. */
  readonly kept?: readonly string[];
}

/** A model that is ready to run. */
export interface Session {
  /**
   * Computes the outputs that `into` names, into the memory of its tensors, and those that stay on the device, which are
   * returned.
   */
  run(feeds: Tensors, into: Tensors): Promise<Tensors>;
  /** Computes all outputs, into new memory. */
  compute(feeds: Tensors): Promise<Tensors>;
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  endProfiling(): void;
  release(): Promise<void>;
}

export type Tensors = Readonly<Record<string, Ort.Tensor>>;
