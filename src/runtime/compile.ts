import type * as Ort from "onnxruntime-node";
import type { Tensor } from "../graph/index.ts";
import { describe } from "../graph/index.ts";
import { emit } from "./emit.ts";
import { loadEngine } from "./engine.ts";
import { type ValueInfo, writeModel } from "./onnxProto.ts";
import { allocate, fits, type Values } from "./values.ts";

/** Where and how a graph runs. */
export interface CompileOptions {
  /** Threads of one operation; by default one per core. */
  readonly threads?: number;
  /**
   * Whether threads that wait for each other keep their cores busy instead of sleeping; `false` by default. On an idle
   * machine a step takes about a tenth less time with it, and several times as long where other programs want the same
   * cores.
   */
  readonly spin?: boolean;
  /** `cpu` by default; the others need the native build and hardware, and `cuda` also ONNX Runtime's separate download. */
  readonly device?: "cpu" | "webgpu" | "cuda";
  /** Prefix of the file for a Chrome trace of every operation; needs the native build. */
  readonly profile?: string;
}

export type Arrays = Readonly<Record<string, Values>>;

/** A compiled graph. */
export interface Executable<Outputs extends string> {
  readonly inputs: readonly ValueInfo[];
  /**
   * Feeds every input and computes every output, into the arrays of `into` where given (no copy, nothing
   * allocated), else into new ones. Do not feed an array that is also written.
   */
  run(feeds: Arrays, into?: Partial<Record<Outputs, Values>>): Promise<Record<Outputs, Values>>;
  /** Ends the profile, if one is being taken, and frees the session. */
  close(): Promise<void>;
}

/** Compiles the graph of `outputs` into one ONNX Runtime session. */
export async function compile<Outputs extends string>(
  outputs: Readonly<Record<Outputs, Tensor>>,
  options: CompileOptions = {},
): Promise<Executable<Outputs>> {
  // Loaded when something is first compiled: threads and commands that compile nothing do without.
  const engine = await loadEngine();
  const graph = emit(outputs);
  const session = await engine.open(writeModel(graph), options);
  const results = graph.outputs.map((value) => ({
    value,
    name: value.name.replace(/:out$/, "") as Outputs, // emit names outputs so
  }));

  /** The array as ONNX Runtime's view of it; shares its memory. */
  const wrap = (value: ValueInfo, name: string, values: Values | undefined): Ort.Tensor => {
    if (!values || !fits(values, value.dtype, value.shape)) {
      const given = values ? `${values.constructor.name} of ${values.length}` : "nothing";
      throw new TypeError(`run: "${name}" is ${describe(value)}, was given ${given}`);
    }
    return new engine.Tensor(value.dtype, values, value.shape);
  };

  return {
    inputs: graph.inputs,
    async run(feeds, into = {}) {
      const given: Record<string, Ort.Tensor> = {};
      for (const value of graph.inputs)
        given[value.name] = wrap(value, value.name, feeds[value.name]);
      const fetched: Record<string, Ort.Tensor> = {};
      const arrays = {} as Record<Outputs, Values>; // filled below for every output
      for (const { value, name } of results) {
        arrays[name] = into[name] ?? allocate(value.dtype, value.shape);
        fetched[value.name] = wrap(value, name, arrays[name]);
      }
      await session.run(given, fetched);
      return arrays;
    },
    async close() {
      if (options.profile) session.endProfiling();
      await session.release();
    },
  };
}
