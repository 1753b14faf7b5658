import { basename } from "node:path";
import { readWholeFile } from "../../data/files/readWholeFile.ts";
import { UserError } from "../../errors/userError.ts";
import { type FeatureExtractor, openOnnxFeatures, scatteringFeatures } from "../../image/index.ts";
import type { CompileOptions } from "../../runtime/index.ts";
import type { Options } from "../parser/options.ts";

/** Options that choose the features of pictures. */
export const featureOptions = {
  features: {
    type: "string",
    placeholder: "FILE.onnx",
    otherwise: "a wavelet scattering transform",
    help: "network that computes the features, from gray or RGB pictures",
  },
  layer: {
    type: "string",
    placeholder: "NAME",
    otherwise: "the only one",
    help: "output of the network that holds the features",
  },
  range: {
    type: "string",
    placeholder: "LOW,HIGH",
    default: "0,1",
    help: "what black and white are for the network",
  },
} as const satisfies Options;

/** The features that are asked for: by a network, or by scattering. */
export async function openExtractor(
  {
    features,
    layer,
    range,
    engine,
  }: {
    readonly features: string | undefined;
    readonly layer: string | undefined;
    readonly range: string;
    readonly engine: CompileOptions;
  },
  pictures: Parameters<typeof scatteringFeatures>[0],
): Promise<FeatureExtractor & AsyncDisposable> {
  if (features === undefined)
    return { ...scatteringFeatures(pictures), async [Symbol.asyncDispose]() {} };
  return openOnnxFeatures(await readWholeFile(features), {
    name: basename(features),
    range: rangeOf(range),
    ...(layer !== undefined && { output: layer }),
    ...engine,
  });
}

/** Two numbers. Throws UserError for anything else. */
export function rangeOf(text: string): readonly [number, number] {
  const [low = Number.NaN, high = Number.NaN, ...more] = text
    .split(",")
    .map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (Number.isFinite(low) && Number.isFinite(high) && low !== high && more.length === 0)
    return [low, high];
  throw new UserError(`--range must be two numbers such as 0,1 or -1,1, not ${text}`);
}
