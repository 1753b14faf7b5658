import { joinBytes } from "../../data/files/joinBytes.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
  type Safetensors,
  type StoredData,
  type StoredTensor,
} from "../../data/formats/safetensors.ts";
import { UserError } from "../../errors/userError.ts";
import { checkLinear, type IntegerLinear, strideOf } from "../../nn/integer/linear.ts";
import { plainProducts } from "../../nn/integer/products.ts";
import type { ImageRun } from "../run.ts";
import type { IntegerLayers } from "./foretelling.ts";
import { type IntegerModelConfig, integerConfig, readIntegerConfig } from "./integerConfig.ts";
import { foretell, quantize } from "./integerKinds.ts";

/**
 * A trained model in integers. What it says of a picture is the same on every machine, so it can be the model of a compressed
 * file.
 */
export interface IntegerModel {
  readonly config: IntegerModelConfig;
  readonly layers: IntegerLayers;
  /** SHA-256 of the bytes of its file, as 64 hexadecimal digits: its name. */
  readonly hash: string;
}

/** The format of the file; also that of the arithmetic, which any change of a table or of a rounding must raise. */
const version = "1";
const kind = "integer model";

/**
 * Rounds the model of a trained run to integers. Throws UserError where that cannot be: of other models than `values` and
 * `state`, of models that are told captions, and where weights are too large.
 */
export async function integerModel(
  run: Pick<ImageRun, "config" | "language" | "model" | "parameters">,
): Promise<IntegerModel> {
  const config = integerConfig(run.config, run.language);
  const { parameters } = run.model.layout;
  const layers = quantize(config.model, (name) => {
    const found = parameters.find((parameter) => parameter.name === name);
    if (!found) throw new RangeError(`the model has no parameter ${name}`);
    const length = found.shape.reduce((product, side) => product * side, 1);
    return run.parameters.subarray(found.offset, found.offset + length);
  });
  return { config, layers, hash: await hashOf(encodeIntegerModel({ config, layers })) };
}

/** The bytes of the model's file, a safetensors file; the same for the same model. */
export function encodeIntegerModel({ config, layers }: Omit<IntegerModel, "hash">): Uint8Array {
  const tensors = new Map<string, StoredTensor>();
  for (const [name, layer] of layers) {
    const { inputs, outputs, stride, weights, bias, shifts, most } = layer;
    tensors.set(`${name}.weights`, { shape: [outputs, stride], data: weights });
    tensors.set(`${name}.bias`, { shape: [outputs], data: bias });
    tensors.set(`${name}.shifts`, { shape: [outputs], data: shifts });
    tensors.set(`${name}.size`, { shape: [2], data: Int32Array.of(inputs, most) });
  }
  const metadata = { ondelette: kind, version, config: JSON.stringify(config) };
  return joinBytes(encodeSafetensors({ tensors, metadata }));
}

/**
 * Reads the file of an integer model; `name` is for messages. Throws UserError where the bytes are not one, or damaged.
 */
export async function openIntegerModel(bytes: Uint8Array, name: string): Promise<IntegerModel> {
  const { tensors, metadata } = decodeSafetensors(bytes, name);
  if (metadata.ondelette !== kind || metadata.version !== version)
    throw new UserError(`${name} is not an integer model of version ${version}`, "wrong-kind");
  const config = readIntegerConfig(metadata.config ?? "", name);
  const suffix = ".size";
  const names = [...tensors.keys()].filter((key) => key.endsWith(suffix));
  const layers = new Map(
    names.map((key) => {
      const layer = key.slice(0, -suffix.length);
      return [layer, readLayer(tensors, layer, name)] as const;
    }),
  );
  const model = { config, layers, hash: await hashOf(bytes) };
  try {
    foretell(model, config, plainProducts);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserError(`${name} is damaged: ${error.message}`, "damaged-file");
  }
  return model;
}

function readLayer(tensors: Safetensors["tensors"], layer: string, name: string): IntegerLinear {
  const part = <A extends StoredData>(key: string, kind: new (length: number) => A): A => {
    const data = tensors.get(`${layer}.${key}`)?.data;
    if (data instanceof kind) return data;
    throw new UserError(`${name} is damaged: it has no ${layer}.${key}`, "damaged-file");
  };
  const [inputs = 0, most = 0] = part("size", Int32Array);
  const bias = part("bias", Int32Array);
  const read = {
    ...{ inputs, outputs: bias.length, stride: strideOf(inputs), most, bias },
    ...{ weights: part("weights", Int16Array), shifts: part("shifts", Uint8Array) },
  };
  return checkLinear(read, name);
}

async function hashOf(bytes: Uint8Array): Promise<string> {
  const { subtle } = globalThis.crypto;
  if (!subtle) throw new UserError("integer models need a page of https, or of this machine");
  const digest = await subtle.digest("SHA-256", Uint8Array.from(bytes));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
