import type { Tensor } from "../../graph/index.ts";

/** Numbers that one sum in 32 bits can take: its error is then below that of a single number. */
const fewNumbers = 4096;

/**
 * The sum of a vector in two stages: of rows about as long as there are rows, then of their sums. One long sum in 32 bits
 * loses digits, since most numbers are added to a total that is far larger: of a million squares natively 2e-5, and in ONNX
 * Runtime's WebAssembly build, which adds them one after another, 4e-4.
 */
export function longSum(x: Tensor): Tensor {
  const size = x.shape[0]!; // a vector
  if (size <= fewNumbers) return x.sum();
  const width = rowWidth(size);
  const rows = Math.floor(size / width);
  const sumOfRows = (all: Tensor) => all.reshape([rows, width]).sum(1).sum();
  const whole = rows * width;
  return whole === size
    ? sumOfRows(x)
    : sumOfRows(x.slice(0, 0, whole)).add(x.slice(0, whole).sum());
}

/** The divisor that is nearest to the square root, so that nothing has to be copied; where none is near, the root. */
function rowWidth(size: number): number {
  const root = Math.ceil(Math.sqrt(size));
  for (let width = root; width > root / 8; width--) if (size % width === 0) return width;
  return root;
}
