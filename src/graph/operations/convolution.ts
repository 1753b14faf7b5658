import { type OnnxWriter, type Operation, single } from "../operation.ts";
import { describe, ShapeError, sizeOf, type TensorType } from "../types.ts";
import { matmul } from "./matmul.ts";
import {
  checkWindow,
  emitPad,
  emitReshape,
  emitTaps,
  planeOf,
  positions,
  requirePlanes,
  type Window,
} from "./window.ts";

/** A convolution: how its kernel moves, and into how many groups of channels it falls that do not see each other. */
export interface Convolution extends Window {
  readonly groups: number;
}

export interface ConvolutionAttributes {
  conv2d: Convolution;
  /** `size` is the height and width of the result. */
  convTranspose2d: Convolution & { readonly size: readonly [number, number] };
  /** `taps` is the height and width of the kernel. */
  convKernel2d: Convolution & { readonly taps: readonly [number, number] };
}

/*
 * With x `[batch, in, H, W]`, w `[out, in / groups, rows, columns]` and g `[batch, out, h, w]`, the number
 * `Σ conv2d(x, w) · g` is linear in each of the three. Its gradients are the three operations: with respect to g it is
 * conv2d(x, w), to x convTranspose2d(g, w), to w convKernel2d(x, g). So each one's gradients are the other two.
 */
export const convolution: {
  readonly [K in keyof ConvolutionAttributes]: Operation<ConvolutionAttributes[K]>;
} = {
  conv2d: {
    meaning:
      "y[o, p] = Σ w[o, i, t] x[i, stride p + dilation t - padding] over channels of a group and taps",
    infer: ([x, w], attributes) => {
      requirePlanes("conv2d", x!, w!);
      checkConvolution("conv2d", attributes, w!, x!.shape[1]!);
      const plane = positions(planeOf(x!), planeOf(w!), attributes);
      if (sizeOf(plane) === 0) {
        throw new ShapeError(`conv2d: a kernel ${describe(w!)} does not fit into ${describe(x!)}`);
      }
      return [{ dtype: x!.dtype, shape: [x!.shape[0]!, w!.shape[0]!, ...plane] }];
    },
    emit: (writer, inputs, types, attributes) => {
      const [x, w] = types.inputs as readonly [TensorType, TensorType];
      if (x.dtype === "float32") return writer.node("Conv", inputs, onnxAttributes(attributes));
      // The kernel exists for float32 only.
      const image = { name: inputs[0]!, type: x };
      return [emitProducts(writer, image, { name: inputs[1]!, type: w }, attributes)];
    },
  },
  convTranspose2d: {
    meaning: "the adjoint of conv2d: x[i, stride p + dilation t - padding] sums w[o, i, t] g[o, p]",
    infer: ([g, w], attributes) => {
      requirePlanes("convTranspose2d", g!, w!);
      const { groups, size } = attributes;
      const channels = w!.shape[1]! * groups;
      checkConvolution("convTranspose2d", attributes, w!, channels);
      const plane = positions(size, planeOf(w!), attributes);
      if (g!.shape[1] !== w!.shape[0] || `${plane}` !== `${planeOf(g!)}`) {
        throw new ShapeError(
          `convTranspose2d: a kernel ${describe(w!)} does not make ${size[0]}×${size[1]} of ${describe(g!)}`,
        );
      }
      return [{ dtype: g!.dtype, shape: [g!.shape[0]!, channels, ...size] }];
    },
    emit: (writer, inputs, types, attributes) => {
      const [g, w] = types.inputs as readonly [TensorType, TensorType];
      const { stride, padding, dilation, size } = attributes;
      const beyond = ([0, 1] as const).map((axis) => {
        const reach = dilation[axis] * (planeOf(w)[axis] - 1) + 1;
        const least = (planeOf(g)[axis] - 1) * stride[axis] + reach;
        return size[axis] + padding[axis] + padding[axis + 2]! - least;
      });
      if (g.dtype === "float32") {
        const attributesOf = { ...onnxAttributes(attributes), output_padding: beyond };
        return writer.node("ConvTranspose", inputs, attributesOf);
      }
      // Zeros between the elements, then a convolution with the kernel turned around.
      const [spread, type] = emitSpread(writer, inputs[0]!, g, stride);
      const before = ([0, 1] as const).map((a) => dilation[a] * (planeOf(w)[a] - 1) - padding[a]);
      const after = ([0, 1] as const).map((a) => {
        return dilation[a] * (planeOf(w)[a] - 1) - padding[a + 2]! + beyond[a]!;
      });
      const around = [...before, ...after];
      const [h, v] = planeOf(type);
      const plane = [h + before[0]! + after[0]!, v + before[1]! + after[1]!];
      const image = {
        name: emitPad(writer, spread, type, around),
        type: { ...type, shape: [...type.shape.slice(0, 2), ...plane] },
      };
      const plain = { ...attributes, stride: [1, 1], padding: [0, 0, 0, 0] } as const;
      return [emitProducts(writer, image, { name: inputs[1]!, type: w, turned: true }, plain)];
    },
  },
  convKernel2d: {
    meaning:
      "the gradient of conv2d for its kernel: w[o, i, t] sums g[o, p] x[i, stride p + dilation t - padding]",
    infer: ([x, g], attributes) => {
      requirePlanes("convKernel2d", x!, g!);
      const { groups, taps } = attributes;
      const [channels, results] = [x!.shape[1]!, g!.shape[1]!];
      const w = { dtype: x!.dtype, shape: [results, channels / groups, ...taps] };
      checkConvolution("convKernel2d", attributes, w, channels);
      const plane = positions(planeOf(x!), taps, attributes);
      if (g!.shape[0] !== x!.shape[0] || `${plane}` !== `${planeOf(g!)}`) {
        throw new ShapeError(
          `convKernel2d: ${describe(g!)} is no result of ${taps[0]}×${taps[1]} taps on ${describe(x!)}`,
        );
      }
      return [w];
    },
    emit: (writer, inputs, types, attributes) => [
      emitKernelSum(writer, inputs, types.inputs, attributes),
    ],
  },
};

function checkConvolution(
  name: string,
  attributes: Convolution,
  w: TensorType,
  channels: number,
): void {
  checkWindow(name, attributes);
  const { groups } = attributes;
  if (w.shape[0]! % groups !== 0 || w.shape[1]! * groups !== channels) {
    throw new ShapeError(
      `${name}: a kernel [out, in / groups, rows, columns] = ${describe(w)} with ${groups} groups does not fit ${channels} channels`,
    );
  }
}

const onnxAttributes = ({ stride, padding, dilation, groups }: Convolution) => ({
  ...{ strides: stride, pads: padding, dilations: dilation, group: groups },
});

interface Named {
  readonly name: string;
  readonly type: TensorType;
}

/** A convolution as one product of matrices for each tap; `turned` takes the kernel as its adjoint does. */
function emitProducts(
  writer: OnnxWriter,
  x: Named,
  w: Named & { readonly turned?: boolean },
  attributes: Convolution,
): string {
  const { groups } = attributes;
  const [results, channels] = [w.type.shape[0]! / groups, w.type.shape[1]!];
  const taps = planeOf(w.type);
  const [rows, columns] = positions(planeOf(x.type), taps, attributes);
  const [batch, inside] = [x.type.shape[0]!, w.turned ? results : channels];
  const seen = emitTaps(writer, x, taps, attributes).map((tap) =>
    emitReshape(writer, tap, [batch, groups, inside, rows * columns]),
  );
  const flat = emitReshape(writer, w.name, [groups, results, channels, taps[0] * taps[1]]);
  const tapFirst = single(writer, "Transpose", [flat], {
    perm: w.turned ? [3, 0, 2, 1] : [3, 0, 1, 2],
  });
  const split = { attributes: { axis: 0, num_outputs: seen.length }, outputs: seen.length };
  const inOrder = writer.node("Split", [tapFirst], split.attributes, split);
  const matrices = w.turned ? inOrder.toReversed() : inOrder;
  const sum = seen
    .map((tap, t) => single(writer, "MatMul", [matrices[t]!, tap])) // a matrix a tap
    .reduce((total, term) => single(writer, "Add", [total, term]));
  const outside = w.turned ? channels : results;
  return emitReshape(writer, sum, [batch, groups * outside, rows, columns]);
}

/** `stride - 1` zeros between the elements of each plane. */
function emitSpread(
  writer: OnnxWriter,
  x: string,
  type: TensorType,
  [down, right]: readonly [number, number],
): [string, TensorType] {
  const [batch, channels, h, w] = type.shape as readonly [number, number, number, number];
  const cells = emitReshape(writer, x, [batch * channels * h, w, 1, 1]);
  const wide = emitPad(writer, cells, type, [0, 0, 0, right - 1]);
  const lines = emitReshape(writer, wide, [batch * channels, h, 1, w * right]);
  const tall = emitPad(writer, lines, type, [0, 0, down - 1, 0]);
  const whole = emitReshape(writer, tall, [batch, channels, h * down, w * right]);
  const spread = emitPad(writer, whole, type, [0, 0, 1 - down, 1 - right]);
  const shape = [batch, channels, (h - 1) * down + 1, (w - 1) * right + 1];
  return [spread, { ...type, shape }];
}

/** Columns of a product from which more of them are no faster. */
const fullColumns = 32;

/**
 * The gradient of a kernel, for every image a product with what its taps see, summed over the images. Taps are taken
 * together where there are few channels. As a convolution of x with g, it takes twice as long.
 */
function emitKernelSum(
  writer: OnnxWriter,
  [x, g]: readonly string[],
  [typeX, typeG]: readonly TensorType[],
  attributes: ConvolutionAttributes["convKernel2d"],
): string {
  const { groups, taps } = attributes;
  const [batch, results] = [typeG!.shape[0]!, typeG!.shape[1]! / groups];
  const channels = typeX!.shape[1]! / groups;
  const places = sizeOf(planeOf(typeG!));
  const grouped = emitReshape(writer, g!, [batch, groups, results, places]);
  const seen = emitTaps(writer, { name: x!, type: typeX! }, taps, attributes).map((tap) =>
    emitReshape(writer, tap, [batch, groups, channels, places]),
  );
  const together = Math.ceil(fullColumns / channels);
  const parts: string[] = [];
  for (let first = 0; first < seen.length; first += together) {
    const some = seen.slice(first, first + together);
    const columns = some.length === 1 ? some[0]! : single(writer, "Concat", some, { axis: 2 });
    const matrix = (rows: number) => ({ ...typeG!, shape: [batch, groups, rows, places] });
    const types = { inputs: [matrix(results), matrix(some.length * channels)], outputs: [] };
    const options = { transA: false, transB: true, alpha: 1 };
    const [product] = matmul.emit(writer, [grouped, columns], types, options);
    const size = groups * results * some.length * channels;
    const ones = writer.constant(typeG!.dtype, [1, batch], Array(batch).fill(1));
    const sum = single(writer, "MatMul", [ones, emitReshape(writer, product!, [batch, size])]);
    parts.push(emitReshape(writer, sum, [groups * results, some.length, channels]));
  }
  const all = parts.length === 1 ? parts[0]! : single(writer, "Concat", parts, { axis: 1 });
  const channelFirst = single(writer, "Transpose", [all], { perm: [0, 2, 1] });
  return emitReshape(writer, channelFirst, [groups * results, channels, ...taps]);
}
