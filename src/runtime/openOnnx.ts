import { firstLine } from "../errors/optionalPackage.ts";
import { UserError } from "../errors/userError.ts";
import { type Shape, sizeOf } from "../graph/index.ts";
import type { CompileOptions } from "./compile.ts";
import type { Session } from "./engine.ts";
import { loadEngine } from "./loadEngine.ts";
import { dtypeOf, type Values } from "./values.ts";

/** Numbers and their shape, row-major. */
export interface ShapedValues {
  readonly data: Values;
  readonly shape: Shape;
}

/** An ONNX model that is ready to run; `await using` or `close` frees it. */
export interface OnnxModel extends AsyncDisposable {
  /** Names of the inputs. */
  readonly inputs: readonly string[];
  /** Names of the outputs. */
  readonly outputs: readonly string[];
  /** Computes all outputs. Throws TypeError, naming the input, where one is missing, unknown, or has another shape than numbers. */
  run(feeds: Readonly<Record<string, ShapedValues>>): Promise<Record<string, ShapedValues>>;
  close(): Promise<void>;
}

/**
 * Opens an ONNX model, made by `exportOnnx` or by another program, from its bytes; `name` is for messages. Numbers are
 * `Float32Array` or `Float64Array`, indices `Int32Array` or `BigInt64Array`, masks `Uint8Array` of 0 and 1. Throws UserError
 * where ONNX Runtime cannot read it (`damaged-file`).
 *
 * @example
 * ```ts
 * await using model = await openOnnx(bytes);
 * const { logits } = await model.run({ x: { data: pixels, shape: [2, 784] } });
 * console.log(logits.shape); // [2, 10]
 * ```
 */
export async function openOnnx(
  bytes: Uint8Array,
  options: CompileOptions = {},
  name = "the ONNX model",
): Promise<OnnxModel> {
  const engine = await loadEngine(options.device);
  let session: Session;
  try {
    session = await engine.open(bytes, options);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${name} cannot be opened: ${firstLine(error)}`, "damaged-file", {
      cause: error,
    });
  }
  const { inputNames, outputNames } = session;
  const close = () => session.release();
  return {
    inputs: inputNames,
    outputs: outputNames,
    async run(feeds) {
      const stray = Object.keys(feeds).find((input) => !inputNames.includes(input));
      if (stray !== undefined)
        throw new TypeError(
          `run: there is no input "${stray}"; the inputs are ${inputNames.join(", ")}`,
        );
      const given = inputNames.map((input) => {
        const values = feeds[input];
        if (values === undefined) throw new TypeError(`run: the input "${input}" is missing`);
        const { data, shape } = values;
        if (data.length !== sizeOf(shape))
          throw new TypeError(
            `run: "${input}" has ${data.length} numbers, and a shape of [${shape.join(", ")}] needs ${sizeOf(shape)}`,
          );
        return [input, new engine.Tensor(dtypeOf(data), data, shape)] as const;
      });
      const results = await session.compute(Object.fromEntries(given));
      return Object.fromEntries(
        Object.entries(results).map(([output, { data, dims }]) => [
          output,
          { data: data as Values, shape: dims },
        ]),
      );
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
