import { single } from "../../../graph/operation.ts";
import { planeOf, positions, tapsOf, type Window } from "../../../graph/operations/window.ts";
import { asItIs, type Rewrite, typesOf } from "../lowering.ts";

/** Below every number: it never wins against one of the plane. */
const lowest = -3.4028234663852886e38;

/** MaxPool with its places, as int32: tap after tap, the largest so far and where it is. */
export const tapMaxPool: Rewrite = (writer, node) => {
  const [x] = node.inputs as [string];
  const type = typesOf(node)[0]!; // one input
  if (type.dtype !== "float32") return asItIs(writer, node);
  const list = (name: string) => node.attributes[name] as readonly number[];
  const window = {
    ...{ stride: list("strides"), padding: list("pads"), dilation: list("dilations") },
  } as unknown as Window; // written by maxPool2d
  const taps = list("kernel_shape") as unknown as readonly [number, number];
  const { stride, padding, dilation } = window;
  const [height, width] = planeOf(type);
  const [rows, columns] = positions(planeOf(type), taps, window);
  const int64 = (values: readonly number[]) => writer.constant("int64", [values.length], values);
  const axes = int64([2, 3]);
  const floor = writer.constant("float32", [], [lowest]);
  const padded = padding.some((n) => n !== 0)
    ? single(writer, "Pad", [x, int64(padding), floor, axes])
    : x;

  const [first, ...others] = tapsOf(taps).map(([i, j]) => {
    const [top, left] = [i * dilation[0], j * dilation[1]];
    const end = [top + (rows - 1) * stride[0] + 1, left + (columns - 1) * stride[1] + 1];
    const given = [padded, int64([top, left]), int64(end), axes, int64(stride)];
    return {
      seen: single(writer, "Slice", given),
      offset: writer.constant("int32", [], [top * width + left]),
    };
  });
  let { seen: largest, offset } = first!; // a window has a tap
  for (const tap of others) {
    const larger = single(writer, "Greater", [tap.seen, largest]);
    largest = single(writer, "Where", [larger, tap.seen, largest]);
    offset = single(writer, "Where", [larger, tap.offset, offset]);
  }
  const corners = Array.from(
    { length: (type.shape[0] ?? 0) * (type.shape[1] ?? 0) * rows * columns },
    (_, i) => {
      const [plane, place] = [Math.floor(i / (rows * columns)), i % (rows * columns)];
      const row = Math.floor(place / columns) * stride[0] - padding[0];
      const column = (place % columns) * stride[1] - padding[1];
      return (plane * height + row) * width + column;
    },
  );
  const shape = [...type.shape.slice(0, 2), rows, columns];
  return [largest, single(writer, "Add", [offset, writer.constant("int32", shape, corners)])];
};
