import { joinBytes } from "../../../data/files/joinBytes.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
  type Safetensors,
  type StoredData,
  type StoredTensor,
} from "../../../data/formats/safetensors.ts";
import { UserError } from "../../../errors/userError.ts";
import { checkLinear, type IntegerLinear, strideOf } from "../../../nn/integer/linear.ts";
import { type IntegerMlp, quantizeMlp } from "../../../nn/integer/mlp.ts";
import type { ParameterLayout } from "../../../nn/parameters.ts";
import {
  type Check,
  CheckError,
  integer,
  like,
  list,
  object,
  oneOf,
  text,
} from "../../../train/run/checks.ts";
import type { LosslessOptions } from "../../language/language.ts";
import type { StartingPlaneCounts } from "../../language/startingPlanes.ts";
import { type ImageRun, languageCheck, planesCheck } from "../../run.ts";
import type { ValueSight } from "../describer.ts";
import { logisticsOf, type MixtureSize, mixtureWidth, points } from "../mixture.ts";
import { valueDefaults } from "../model.ts";
import { mostParts } from "./mixture.ts";

/** What an integer model is, beside its weights. */
export interface IntegerModelConfig {
  /** With its number of levels; pictures of all sizes have the same. */
  readonly language: LosslessOptions & { readonly levels: number };
  readonly classNames: readonly string[];
  /** Whether it has learned pictures whose class is not told. */
  readonly classless: boolean;
  readonly startingPlanes: StartingPlaneCounts;
  readonly sight: ValueSight;
  readonly mixture: MixtureSize;
}

/**
 * A trained model `values` in integers. What it says of a picture is the same on every machine, so it can be the model of a
 * compressed file.
 */
export interface IntegerModel {
  readonly config: IntegerModelConfig;
  readonly network: IntegerMlp;
  /** SHA-256 of the bytes of its file, as 64 hexadecimal digits: its name. */
  readonly hash: string;
}

/** The format of the file; also that of the arithmetic, which any change of a table or of a rounding must raise. */
const version = "1";
const layersOf = (depth: number): readonly string[] => [
  "site",
  ...Array.from({ length: depth - 1 }, (_, k) => `layer${k + 1}`),
  "mixture",
];

/**
 * Rounds the model of a trained run to integers. Throws UserError where the run is of another model than `values`, or its
 * weights are too large for it.
 */
export async function integerModel(
  run: Pick<ImageRun, "config" | "language" | "model" | "parameters">,
): Promise<IntegerModel> {
  const { config, language, parameters } = run;
  const { name, options } = config.model;
  if (name !== "values" || !config.language.lossless)
    throw new UserError(
      `a run of the model ${name} cannot be a codec yet: values can, which image train --lossless makes`,
    );
  const { depth, mixture, sight } = like(valueDefaults)(options, "options");
  if (points + logisticsOf(mixture) > mostParts)
    throw new UserError(`a mixture of more than ${mostParts} parts cannot be a codec`);
  const network = quantizeMlp(
    layersOf(depth).map((layer) => ({
      weight: parameterOf(run.model.layout, parameters, `${layer}.weight`),
      bias: parameterOf(run.model.layout, parameters, `${layer}.bias`),
    })),
  );
  const content = {
    language: { ...config.language, levels: language.levels },
    classNames: config.classNames,
    classless: (config.classDropout ?? 0) > 0,
    startingPlanes: config.startingPlanes,
    ...{ sight, mixture },
  };
  // As it is read, with its keys in the order of the file.
  const model = { config: readConfig(JSON.stringify(content), "the model"), network };
  return { ...model, hash: await hashOf(encodeIntegerModel(model)) };
}

function parameterOf({ parameters }: ParameterLayout, arena: Float32Array, name: string) {
  const found = parameters.find((parameter) => parameter.name === name);
  if (!found) throw new RangeError(`the model has no parameter ${name}`);
  const length = found.shape.reduce((product, side) => product * side, 1);
  return arena.subarray(found.offset, found.offset + length);
}

/** The bytes of the model's file, a safetensors file; the same for the same model. */
export function encodeIntegerModel({ config, network }: Omit<IntegerModel, "hash">): Uint8Array {
  const tensors = new Map<string, StoredTensor>();
  for (const [k, layer] of network.layers.entries()) {
    const { inputs, outputs, stride, weights, bias, shifts } = layer;
    tensors.set(`${k}.weights`, { shape: [outputs, stride], data: weights });
    tensors.set(`${k}.bias`, { shape: [outputs], data: bias });
    tensors.set(`${k}.shifts`, { shape: [outputs], data: shifts });
    tensors.set(`${k}.size`, { shape: [2], data: Int32Array.of(inputs, layer.most) });
  }
  const metadata = { ondelette: "integer model", version, config: JSON.stringify(config) };
  return joinBytes(encodeSafetensors({ tensors, metadata }));
}

/**
 * Reads the file of an integer model; `name` is for messages. Throws UserError where the bytes are not one, or damaged.
 */
export async function openIntegerModel(bytes: Uint8Array, name: string): Promise<IntegerModel> {
  const { tensors, metadata } = decodeSafetensors(bytes, name);
  if (metadata.ondelette !== "integer model" || metadata.version !== version)
    throw new UserError(`${name} is not an integer model of version ${version}`, "wrong-kind");
  const config = readConfig(metadata.config ?? "", name);
  const layers: IntegerLinear[] = [];
  for (let k = 0; tensors.has(`${k}.size`); k++) layers.push(readLayer(tensors, k, name));
  const width = mixtureWidth(config.mixture);
  const isChain = layers.every(
    ({ inputs }, k) => k === 0 || inputs === layers[k - 1]?.outputs, // of the layer before
  );
  if (!isChain || layers.at(-1)?.outputs !== width)
    throw new UserError(`${name} is damaged: its layers do not fit together`, "damaged-file");
  return { config, network: { layers }, hash: await hashOf(bytes) };
}

function readLayer(tensors: Safetensors["tensors"], k: number, name: string): IntegerLinear {
  const part = <A extends StoredData>(key: string, kind: new (length: number) => A): A => {
    const data = tensors.get(`${k}.${key}`)?.data;
    if (data instanceof kind) return data;
    throw new UserError(`${name} is damaged: it has no ${key} of layer ${k}`, "damaged-file");
  };
  const [inputs = 0, most = 0] = part("size", Int32Array);
  const bias = part("bias", Int32Array);
  const layer = {
    ...{ inputs, outputs: bias.length, stride: strideOf(inputs), most, bias },
    ...{ weights: part("weights", Int16Array), shifts: part("shifts", Uint8Array) },
  };
  return checkLinear(layer, name);
}

const configCheck: Check<IntegerModelConfig> = object({
  language: languageCheck as Check<IntegerModelConfig["language"]>,
  classNames: list(text),
  classless: oneOf([true, false]),
  startingPlanes: list(planesCheck),
  sight: like(valueDefaults.sight),
  mixture: object({ ends: integer({ min: 0, max: 32 }), middle: integer({ min: 0, max: 32 }) }),
});

function readConfig(json: string, name: string): IntegerModelConfig {
  try {
    return configCheck(JSON.parse(json), "");
  } catch (error) {
    if (!(error instanceof CheckError || error instanceof SyntaxError)) throw error;
    throw new UserError(`${name} is damaged: ${error.message}`, "damaged-file");
  }
}

async function hashOf(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", Uint8Array.from(bytes));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
