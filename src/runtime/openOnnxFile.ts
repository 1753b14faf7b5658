import { readFile } from "node:fs/promises";
import { UserError } from "../errors/userError.ts";
import type { CompileOptions } from "./compile.ts";
import { type OnnxModel, openOnnx as openBytes } from "./openOnnx.ts";

/**
 * Opens an ONNX model, made by `exportOnnx` or by another program, from its bytes or from a file. Numbers are
 * `Float32Array` or `Float64Array`, indices `Int32Array` or `BigInt64Array`, masks `Uint8Array` of 0 and 1. Throws UserError
 * where there is no such file (`not-found`), or ONNX Runtime cannot read it (`damaged-file`).
 *
 * @example
 * ```ts
 * await using model = await openOnnx("digits.onnx");
 * const { logits } = await model.run({ x: { data: pixels, shape: [2, 784] } });
 * console.log(logits.shape); // [2, 10]
 * ```
 */
export async function openOnnx(
  model: Uint8Array | string,
  options: CompileOptions = {},
): Promise<OnnxModel> {
  return typeof model === "string"
    ? openBytes(await read(model), options, model)
    : openBytes(model, options);
}

async function read(path: string): Promise<Uint8Array> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    throw new UserError(`${path} does not exist`, "not-found");
  });
}
