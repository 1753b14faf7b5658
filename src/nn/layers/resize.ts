import { constant, ShapeError, sizeOf, type Tensor } from "../../graph/index.ts";

/** Height and width. */
type Size = readonly [number, number];

/**
 * Planes of another size: `[…, height, width]` to `[…, ...size]`. `nearest` takes element ⌊i old / new⌋, `bilinear` the line
 * between the two nearest centers, edges held (as PyTorch's `interpolate` and ONNX's `half_pixel`; nothing is averaged, so a
 * picture that is made much smaller loses what lies between).
 */
export function resize(x: Tensor, size: Size, how: "nearest" | "bilinear"): Tensor {
  const weights = how === "nearest" ? nearest : linear;
  return resample(x, size, weights);
}

/** Means of rectangles of `window` (rows, columns) side by side: `[…, height, width]` to `[…, height / rows, width / columns]`. */
export function averagePool2d(x: Tensor, window: number | Size): Tensor {
  const [rows, columns] = typeof window === "number" ? [window, window] : window;
  const [height, width] = planeOf(x);
  if (height % rows !== 0 || width % columns !== 0) {
    throw new ShapeError(`averagePool2d: windows of ${rows}×${columns} do not fill ${x}`);
  }
  const mean: Weights = (i, from, to) => {
    const length = from / to;
    return Array.from({ length }, (_, k) => [i * length + k, 1 / length]);
  };
  return resample(x, [height / rows, width / columns], mean);
}

/** What element `i` of `to` takes from elements of `from`, along one axis. */
type Weights = (i: number, from: number, to: number) => readonly (readonly [number, number])[];

const nearest: Weights = (i, from, to) => [[Math.floor((i * from) / to), 1]];

const linear: Weights = (i, from, to) => {
  const at = Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5));
  const before = Math.min(from - 1, Math.floor(at));
  const part = at - before;
  const all: [number, number][] = [
    [before, 1 - part],
    [before + 1, part],
  ];
  return all.filter(([, weight]) => weight > 0);
};

/**
 * Along each axis a product with a small constant matrix. That is as fast as ONNX Runtime's own operators, and has a gradient
 * as it stands.
 */
function resample(x: Tensor, [height, width]: Size, weights: Weights): Tensor {
  const [h, w] = planeOf(x);
  const lead = x.shape.slice(0, -2);
  // Where an axis shrinks, it goes first; else the rows, which are the more expensive product.
  const acrossOf = (plane: Tensor, rows: number) =>
    w === width
      ? plane
      : plane
          .reshape([sizeOf(lead) * rows, w])
          .matmul(matrix(w, width, weights, x))
          .reshape([...lead, rows, width]);
  const downOf = (plane: Tensor) =>
    h === height ? plane : matrix(h, height, weights, x).matmul(plane, { transA: true });
  return width < w ? downOf(acrossOf(x, h)) : acrossOf(downOf(x), height);
}

function planeOf(x: Tensor): Size {
  if (x.shape.length < 2) throw new ShapeError(`planes need two axes or more, ${x} has fewer`);
  return x.shape.slice(-2) as [number, number];
}

/** `[from, to]`: column i holds what element i of the result takes. */
function matrix(from: number, to: number, weights: Weights, { dtype }: Tensor): Tensor {
  const values = new Float64Array(from * to);
  for (let i = 0; i < to; i++) {
    for (const [k, weight] of weights(i, from, to)) values[k * to + i]! += weight;
  }
  return constant(values, [from, to], dtype);
}
