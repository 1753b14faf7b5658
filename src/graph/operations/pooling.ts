import type { Operation } from "../operation.ts";
import { describe, ShapeError, sizeOf } from "../types.ts";
import { checkWindow, planeOf, positions, requirePlanes, type Window } from "./window.ts";

export interface PoolingAttributes {
  /** `taps` is the height and width of the window. */
  maxPool2d: Window & { readonly taps: readonly [number, number] };
}

export const pooling: {
  readonly [K in keyof PoolingAttributes]: Operation<PoolingAttributes[K]>;
} = {
  maxPool2d: {
    meaning:
      "largest value under a window that moves over each plane; also where it is, the first of equal ones",
    infer: ([x], attributes) => {
      requirePlanes("maxPool2d", x!);
      checkWindow("maxPool2d", attributes);
      const plane = positions(planeOf(x!), attributes.taps, attributes);
      const { padding, taps } = attributes;
      if (sizeOf(plane) === 0 || padding.some((n, side) => n >= taps[side % 2]!)) {
        throw new ShapeError(
          `maxPool2d: a window of ${taps[0]}×${taps[1]} with padding ${padding} does not fit ${describe(x!)}`,
        );
      }
      const shape = [...x!.shape.slice(0, 2), ...plane];
      return [
        { dtype: x!.dtype, shape },
        { dtype: "int64", shape },
      ];
    },
    emit: (writer, inputs, types, { taps, stride, padding, dilation }) =>
      writer.node(
        "MaxPool",
        inputs,
        { kernel_shape: taps, strides: stride, pads: padding, dilations: dilation },
        { outputs: 2, types: types.inputs },
      ),
  },
};
