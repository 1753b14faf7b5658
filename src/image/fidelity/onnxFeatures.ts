import { type Raster, toGray } from "../../data/images/raster.ts";
import { UserError } from "../../errors/userError.ts";
import type { CompileOptions } from "../../runtime/compile.ts";
import type { FileValue } from "../../runtime/onnxProto.ts";
import { onnxSummary } from "../../runtime/onnxSummary.ts";
import { openOnnx } from "../../runtime/openOnnx.ts";
import type { FeatureExtractor } from "./extractor.ts";
import { matrixOf } from "./featureMatrix.ts";
import { type PlaneSize, resizeTriangle } from "./resizeTriangle.ts";

/** How a network is used as a feature extractor. */
export interface OnnxFeatureOptions extends CompileOptions {
  /** What messages call the model; "the ONNX model" by default. */
  readonly name?: string;
  /** The output that holds the features; needed where there are several. */
  readonly output?: string;
  /** What black and white are as inputs: [0, 1] by default; [-1, 1] and [0, 255] are usual too. */
  readonly range?: readonly [black: number, white: number];
}

/** Pictures that are given to the network at a time, where it leaves that open. */
const together = 32;

/** Where channels, rows and columns are among the four axes of the input. */
interface Layout {
  readonly order: "NCHW" | "NHWC";
  readonly channels: 1 | 3;
  /** Undefined where the network takes every size. */
  readonly height: number | undefined;
  readonly width: number | undefined;
  /** Undefined where the network takes any number of pictures. */
  readonly batch: number | undefined;
}

/**
 * Features by a network in ONNX: one input of four axes with gray or RGB pictures (NCHW or NHWC, told by which axis has 1 or 3
 * places), one output with as many rows as pictures; further axes are joined. Where the network has a size, pictures are
 * resized to it by {@link resizeTriangle}, which does not keep their proportions; gray is repeated for RGB, and RGB becomes
 * luma for gray. A network that takes every size gets all pictures in that of the first. Other preprocessing belongs into the network. Throws UserError where the network is of another form.
 *
 * @example
 * await using inception = await openOnnxFeatures(await readFile("inception.onnx"), { range: [-1, 1] });
 */
export async function openOnnxFeatures(
  bytes: Uint8Array,
  { name = "the ONNX model", output, range = [0, 1], ...options }: OnnxFeatureOptions = {},
): Promise<FeatureExtractor & AsyncDisposable> {
  const summary = onnxSummary(bytes);
  const [input, ...more] = summary.inputs;
  if (!input || more.length > 0)
    throw new UserError(
      `${name} has ${summary.inputs.length} inputs; a feature extractor has one, the pictures`,
      "wrong-kind",
    );
  const layout = layoutOf(input, name);
  const single = input.dtype === "float32";
  const from = outputOf(
    summary.outputs.map((value) => value.name),
    output,
    name,
  );
  const model = await openOnnx(bytes, options);
  return {
    description: `output ${from} of ${name}, pictures as ${layout.order} from ${range[0]} (black) to ${range[1]} (white)`,
    standardized: false,
    async features(rasters, onDone = () => {}) {
      const [one] = rasters;
      if (!one) throw new RangeError("there are no pictures to take features of");
      const size = { height: layout.height ?? one.height, width: layout.width ?? one.width };
      const rows: number[][] = [];
      while (rows.length < rasters.length) {
        const count = Math.min(layout.batch ?? together, rasters.length - rows.length);
        const some = rasters.slice(rows.length, rows.length + count);
        // A network for so many pictures gets so many; the surplus repeats the first.
        while (some.length < (layout.batch ?? 0)) some.push(one);
        const pixels = batchOf(some, layout, size, range);
        const { height, width } = size;
        const shape =
          layout.order === "NCHW"
            ? [some.length, layout.channels, height, width]
            : [some.length, height, width, layout.channels];
        const data = single ? Float32Array.from(pixels) : pixels;
        const result = (await model.run({ [input.name]: { data, shape } }))[from];
        if (!result || result.shape[0] !== some.length)
          throw new UserError(
            `${name} gives [${result?.shape.join(", ")}] as ${from} for ${some.length} pictures, not a row for each`,
            "wrong-kind",
          );
        const numbers = Array.from(result.data, Number);
        const dimension = numbers.length / some.length;
        for (let i = 0; i < count; i++)
          rows.push(numbers.slice(i * dimension, (i + 1) * dimension));
        onDone(rows.length);
      }
      const features = matrixOf(rows);
      const bad = features.data.find((value) => !Number.isFinite(value));
      if (bad !== undefined)
        throw new UserError(
          `${name} gives ${bad} as a feature; is the range of the pictures the one it was trained with?`,
        );
      return features;
    },
    async [Symbol.asyncDispose]() {
      await model.close();
    },
  };
}

function layoutOf({ name: input, dtype, shape }: FileValue, name: string): Layout {
  const said = `${name} has the input ${input}: ${dtype}[${shape.join(", ")}]`;
  if (dtype !== "float32" && dtype !== "float64")
    throw new UserError(`${said}; pictures are given as float32 or float64`, "wrong-kind");
  const [batch, one, two, three] = shape;
  const isChannels = (length: number | string | undefined): length is 1 | 3 =>
    length === 1 || length === 3;
  const fixed = (length: number | string | undefined) =>
    typeof length === "number" && length > 0 ? length : undefined;
  if (shape.length === 4 && isChannels(one))
    return {
      order: "NCHW",
      channels: one,
      height: fixed(two),
      width: fixed(three),
      batch: fixed(batch),
    };
  if (shape.length === 4 && isChannels(three))
    return {
      order: "NHWC",
      channels: three,
      height: fixed(one),
      width: fixed(two),
      batch: fixed(batch),
    };
  throw new UserError(
    `${said}; pictures need four axes, with 1 or 3 channels as the second (NCHW) or the last (NHWC)`,
    "wrong-kind",
  );
}

function outputOf(outputs: readonly string[], wanted: string | undefined, name: string): string {
  const [first = ""] = outputs;
  if (wanted === undefined && outputs.length === 1) return first;
  if (wanted !== undefined && outputs.includes(wanted)) return wanted;
  const known = outputs.join(", ");
  throw new UserError(
    wanted === undefined
      ? `${name} has ${outputs.length} outputs (${known}); one must be chosen`
      : `${name} has no output "${wanted}"; there are ${known}`,
    "not-found",
  );
}

/** The numbers of a batch of pictures, in the layout of the network. */
function batchOf(
  rasters: readonly Raster[],
  { order, channels }: Layout,
  size: PlaneSize,
  [black, white]: readonly [number, number],
): Float64Array {
  const area = size.height * size.width;
  const values = new Float64Array(rasters.length * channels * area);
  for (const [i, raster] of rasters.entries()) {
    for (const [c, plane] of planesOf(raster, channels).entries()) {
      const resized = resizeTriangle(plane, raster, size);
      const start = i * channels * area;
      for (let k = 0; k < area; k++) {
        const at = order === "NCHW" ? start + c * area + k : start + k * channels + c;
        values[at] = black + ((white - black) * resized[k]!) / 255;
      }
    }
  }
  return values;
}

/** Red, green and blue, or luma, from 0 to 255. */
function planesOf(raster: Raster, channels: 1 | 3): Float64Array[] {
  const { data, channels: given } = channels === 1 ? toGray(raster) : raster;
  return Array.from({ length: channels }, (_, c) =>
    Float64Array.from({ length: raster.width * raster.height }, (_, i) =>
      given === 1 ? data[i]! : data[3 * i + c]!,
    ),
  );
}
