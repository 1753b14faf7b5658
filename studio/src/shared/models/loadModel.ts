import { decodeSafetensors, encodeSafetensors, type StoredTensor } from "ondelette/data";
import { buildRun, type Drawable, type ImageConfig } from "ondelette/image";
import { type Fetching, fetchBytes } from "./fetchBytes.ts";

/** A model that can be drawn from, and how far it was trained. */
export interface LoadedModel extends Drawable {
  readonly step: number;
}

/** Reads a model from one file: its weights, with the configuration of its run as metadata. */
export function decodeModel(bytes: Uint8Array, name: string): LoadedModel {
  const { tensors, metadata } = decodeSafetensors(bytes, name);
  if (metadata.config === undefined)
    throw new Error(`${name} holds no configuration of a run, so its model is not known`);
  const config: ImageConfig = JSON.parse(metadata.config);
  const { language, model } = buildRun(config);
  const parameters = new Float32Array(model.layout.size);
  for (const { name: parameter, offset } of model.layout.parameters) {
    const data = tensors.get(parameter)?.data;
    if (!(data instanceof Float32Array)) throw new Error(`${name} lacks the weights ${parameter}`);
    parameters.set(data, offset);
  }
  return { config, language, model, parameters, step: Number(metadata.step ?? 0) };
}

/** Writes a model as {@link decodeModel} reads it. */
export function encodeModel({ config, model, parameters, step }: LoadedModel): Uint8Array[] {
  const { parameters: parts, size } = model.layout;
  const tensors = new Map<string, StoredTensor>(
    parts.map(({ name, shape, offset }, i) => {
      const end = parts[i + 1]?.offset ?? size;
      return [name, { shape, data: parameters.slice(offset, end) }];
    }),
  );
  return encodeSafetensors({
    tensors,
    metadata: { config: JSON.stringify(config), step: `${step}` },
  });
}

/** Fetches a model. */
export const fetchModel = async (url: string, fetching?: Fetching): Promise<LoadedModel> =>
  decodeModel(await fetchBytes(url, fetching), "the model");
