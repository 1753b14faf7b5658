import type * as Ort from "onnxruntime-web";
import type { Tensor } from "../graph/index.ts";
import { describe, sameShape, sizeOf } from "../graph/index.ts";
import { emit } from "./emit.ts";
import type { Device } from "./engine.ts";
import { loadEngine } from "./loadEngine.ts";
import { type ValueInfo, writeModel } from "./onnxProto.ts";
import { type Resident, resident, tensorOf } from "./resident.ts";
import { allocate, arrayName, fits, type Values } from "./values.ts";

/** Where and how a graph runs. */
export interface CompileOptions {
  /**
   * Threads of one operation; by default one per core, in a browser one for two cores and at most four. A page that is not
   * cross-origin isolated has one.
   */
  readonly threads?: number;
  /**
   * Whether threads that wait for each other keep their cores busy instead of sleeping; `false` by default. On an idle
   * machine a step takes about a tenth less time with it, and several times as long where other programs want the same
   * cores. Threads of the WebAssembly build are always busy.
   */
  readonly spin?: boolean;
  /**
   * `cpu` by default. In Node the others need the native build and hardware, and `cuda` also ONNX Runtime's separate download;
   * in a browser `webgpu` needs WebGPU, and there is no other. A device that is not there is refused by a UserError with code
   * `missing-dependency`.
   */
  readonly device?: Device;
  /** Whether to refuse a graph of which the device lacks an operator, instead of running that part on the CPU. */
  readonly strict?: boolean;
  /** Prefix of the file for a Chrome trace of every operation; needs the native build. */
  readonly profile?: string;
}

/** Arrays by the name of an input or output. */
export type Arrays = Readonly<Record<string, Values>>;

/** What inputs are fed with: arrays, and outputs that stayed on the device. */
export type Feeds = Readonly<Record<string, Values | Resident>>;

/** A compiled graph; `await using` or `close` frees its session. */
export interface Executable<Outputs extends string> extends AsyncDisposable {
  /** Name and type of every input that an output depends on. */
  readonly inputs: readonly ValueInfo[];
  /**
   * Feeds every input and computes every output, into the arrays of `into` where given (no copy, nothing
   * allocated), else into new ones. Do not feed an array that is also written.
   *
   * Throws a TypeError that names the input or output where an array is missing, has the wrong type or length, or
   * belongs to no input (`inputsAmong` leaves such out).
   */
  run(feeds: Feeds, into?: Partial<Record<Outputs, Values>>): Promise<Record<Outputs, Values>>;
  /**
   * As `run`, but the outputs that `compile` was told to keep stay on the device and are returned apart; what is fed may be
   * such outputs of an earlier run. Release those that are needed no more.
   */
  runKeeping(
    feeds: Feeds,
    into?: Partial<Record<Outputs, Values>>,
  ): Promise<{
    readonly arrays: Partial<Record<Outputs, Values>>;
    readonly kept: Readonly<Record<string, Resident>>;
  }>;
  /** Ends the profile, if one is being taken, and frees the session. */
  close(): Promise<void>;
}

/**
 * Compiles the graph of `outputs` into one ONNX Runtime session. Floating-point arrays are `Float32Array` or
 * `Float64Array`, indices `Int32Array` or `BigInt64Array`, masks `Uint8Array` of 0 and 1; all in row-major order.
 *
 * @example
 * ```ts
 * const x = input("x", [3]);
 * await using square = await compile({ y: x.square() });
 * const { y } = await square.run({ x: Float32Array.of(1, 2, 3) }); // 1, 4, 9
 * ```
 */
export async function compile<Outputs extends string>(
  outputs: Readonly<Record<Outputs, Tensor>>,
  { keep = [], ...options }: CompileOptions & { readonly keep?: readonly NoInfer<Outputs>[] } = {},
): Promise<Executable<Outputs>> {
  // Loaded when something is first compiled: threads and commands that compile nothing do without.
  const engine = await loadEngine(options.device);
  const graph = emit(outputs, options.device);
  const kept = keep.map((name) => `${name}:out`);
  const stays = engine.keeps(options.device ?? "cpu");
  const session = await engine.open(writeModel(graph), { ...options, ...(stays && { kept }) });
  const results = graph.outputs.map((value) => ({
    value,
    name: value.name.replace(/:out$/, "") as Outputs, // emit names outputs so
  }));

  /** The array as ONNX Runtime's view of it; shares its memory. */
  const wrap = (
    value: ValueInfo,
    name: string,
    values: Values | Resident | undefined,
  ): Ort.Tensor => {
    const held = values && tensorOf(values);
    if (held && fitsType(values as Resident, value)) return held;
    if (!values || !ArrayBuffer.isView(values) || !fits(values, value.dtype, value.shape)) {
      const expected = arrayOf(arrayName(value.dtype), sizeOf(value.shape));
      throw new TypeError(
        `run: "${name}", ${describe(value)}, needs ${expected}, not ${shown(values)}`,
      );
    }
    return new engine.Tensor(value.dtype, values, value.shape);
  };

  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    if (options.profile) session.endProfiling();
    await session.release();
  };

  const inputNames = new Set(graph.inputs.map(({ name }) => name));

  const execute = async (feeds: Feeds, into: Partial<Record<Outputs, Values>>) => {
    if (closed) throw new TypeError("run: this executable is closed");
    for (const name of Object.keys(feeds)) {
      if (inputNames.has(name)) continue;
      const known = [...inputNames].map((input) => `"${input}"`).join(", ") || "none";
      throw new TypeError(`run: no output depends on an input "${name}"; the inputs are ${known}`);
    }
    const given: Record<string, Ort.Tensor> = {};
    for (const value of graph.inputs)
      given[value.name] = wrap(value, value.name, feeds[value.name]);
    const fetched: Record<string, Ort.Tensor> = {};
    const arrays = {} as Record<Outputs, Values>; // filled below for every output that does not stay
    for (const { value, name } of results) {
      if (stays && keep.includes(name)) continue;
      arrays[name] = into[name] ?? allocate(value.dtype, value.shape);
      fetched[value.name] = wrap(value, name, arrays[name]);
    }
    const held = await session.run(given, fetched);
    const kept: Record<string, Resident> = {};
    for (const { value, name } of results) {
      if (!keep.includes(name)) continue;
      const tensor = held[value.name] ?? fetched[value.name]!; // it stayed, or was computed into memory
      kept[name] = resident(engine, value, tensor);
      delete arrays[name];
    }
    return { arrays, kept };
  };
  return {
    inputs: graph.inputs,
    async run(feeds, into = {}) {
      if (keep.length > 0) throw new TypeError("run: outputs are kept; use runKeeping");
      return (await execute(feeds, into)).arrays;
    },
    runKeeping: (feeds, into = {}) => execute(feeds, into),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** What of some options says where a graph runs. */
export function placeOf({ threads, spin, device }: CompileOptions): CompileOptions {
  return {
    ...(threads !== undefined && { threads }),
    ...(spin !== undefined && { spin }),
    ...(device !== undefined && { device }),
  };
}

/** Those of `arrays` that are inputs of a graph, for a model that need not depend on everything that it is offered. */
export function inputsAmong<Fed extends Values | Resident>(
  executable: Pick<Executable<string>, "inputs">,
  arrays: Readonly<Record<string, Fed>>,
): Readonly<Record<string, Fed>> {
  const names = new Set(executable.inputs.map(({ name }) => name));
  return Object.fromEntries(Object.entries(arrays).filter(([name]) => names.has(name)));
}

const fitsType = ({ type }: Resident, { dtype, shape }: ValueInfo): boolean =>
  type.dtype === dtype && sameShape(type.shape, shape);

/** What was given in place of an array, for messages. */
function shown(given: unknown): string {
  if (given === undefined) return "nothing";
  if (!ArrayBuffer.isView(given) && !Array.isArray(given)) return String(given);
  return arrayOf(given.constructor.name, (given as unknown as ArrayLike<unknown>).length);
}

const arrayOf = (name: string, length: number): string =>
  `${/^[AI]/.test(name) ? "an" : "a"} ${name} of length ${length}`;
