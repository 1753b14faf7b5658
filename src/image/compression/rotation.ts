/**
 * A rotation of three channels, after which they are uncorrelated (the Karhunen–Loève transform of the picture's colors), as a file
 * names it: a quaternion of whole numbers, from which every machine computes the same matrix by arithmetic alone.
 */
export interface Rotation {
  /** Four numbers from −32,767 to 32,767, not all 0. */
  readonly quaternion: readonly [number, number, number, number];
  /** Whether the third axis points the other way, which no rotation alone can do. */
  readonly isMirrored: boolean;
}

/** Rows are the new channels, columns red, green and blue. */
export type Matrix3 = readonly [Row3, Row3, Row3];
type Row3 = readonly [number, number, number];

/** The orthogonal matrix of a rotation; its transpose turns back. */
export function matrixOf({ quaternion: [a, b, c, d], isMirrored }: Rotation): Matrix3 {
  const norm = a * a + b * b + c * c + d * d;
  const third = (isMirrored ? -1 : 1) / norm;
  return [
    [
      (a * a + b * b - c * c - d * d) / norm,
      (2 * (b * c - a * d)) / norm,
      (2 * (b * d + a * c)) / norm,
    ],
    [
      (2 * (b * c + a * d)) / norm,
      (a * a - b * b + c * c - d * d) / norm,
      (2 * (c * d - a * b)) / norm,
    ],
    [
      2 * (b * d - a * c) * third,
      2 * (c * d + a * b) * third,
      (a * a - b * b - c * c + d * d) * third,
    ],
  ];
}

/** How much a typical photograph's axes count against the picture's own, which could have one color alone. */
const prior = 0.01;
const typical: Matrix3 = [
  [1, 0.93, 0.87],
  [0.93, 1, 0.95],
  [0.87, 0.95, 1],
];

/**
 * The rotation that makes the differences of neighboring pixels uncorrelated, of samples with three channels side by side: they
 * are what a codec spends its bits on. The first channel is brightness, positive in all; the second is positive in blue and the third in red.
 */
export const rotationOf = (data: ArrayLike<number>, width: number): Rotation =>
  rotationOfAll([{ data, width }]);

/** The same of several pictures together. */
export function rotationOfAll(
  pictures: Iterable<{ readonly data: ArrayLike<number>; readonly width: number }>,
): Rotation {
  const covariance = [0, 1, 2].map(() => [0, 0, 0]);
  for (const { data, width } of pictures) addDifferences(data, width, covariance);
  const power = (covariance[0]![0]! + covariance[1]![1]! + covariance[2]![2]!) / 3 + 1;
  const symmetric = [0, 1, 2].map((i) =>
    [0, 1, 2].map(
      (j) => covariance[Math.min(i, j)]![Math.max(i, j)]! + prior * power * typical[i]![j]!,
    ),
  );
  return nameOf(axesOf(symmetric));
}

/** Adds the products of the differences of neighbors to the upper half of a matrix. */
function addDifferences(samples: ArrayLike<number>, width: number, sums: number[][]): void {
  const rows = Math.floor(samples.length / 3 / width);
  for (let row = 0; row < rows; row++)
    for (let i = 3 * row * width + 3, end = 3 * (row + 1) * width; i < end; i += 3) {
      const red = samples[i]! - samples[i - 3]!;
      const green = samples[i + 1]! - samples[i - 2]!;
      const blue = samples[i + 2]! - samples[i - 1]!;
      sums[0]![0]! += red * red;
      sums[0]![1]! += red * green;
      sums[0]![2]! += red * blue;
      sums[1]![1]! += green * green;
      sums[1]![2]! += green * blue;
      sums[2]![2]! += blue * blue;
    }
}

/** The eigenvectors of a symmetric matrix, the largest eigenvalue first (Jacobi 1846). */
function axesOf(matrix: readonly (readonly number[])[]): Matrix3 {
  const a = matrix.map((row) => [...row]);
  const v = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  for (let sweep = 0; sweep < 30; sweep++)
    for (const [p, q] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      const off = a[p]![q]!;
      if (off === 0) continue;
      const half = (a[q]![q]! - a[p]![p]!) / (2 * off);
      const tangent = (half >= 0 ? 1 : -1) / (Math.abs(half) + Math.sqrt(half * half + 1));
      const cosine = 1 / Math.sqrt(tangent * tangent + 1);
      const sine = tangent * cosine;
      for (const rows of [a, v])
        for (const row of rows) {
          const [x, y] = [row[p]!, row[q]!];
          row[p] = cosine * x - sine * y;
          row[q] = sine * x + cosine * y;
        }
      const [x, y] = [a[p]!, a[q]!];
      for (let k = 0; k < 3; k++) {
        const [above, below] = [x[k]!, y[k]!];
        x[k] = cosine * above - sine * below;
        y[k] = sine * above + cosine * below;
      }
    }
  const order = [0, 1, 2].sort((i, j) => a[j]![j]! - a[i]![i]!);
  const axes = order.map((k) => v.map((row) => row[k]!));
  const signs = [axes[0]!.reduce((sum, x) => sum + x, 0), axes[1]![2]!, axes[2]![0]!];
  return axes.map((axis, k) => axis.map((x) => (signs[k]! < 0 ? -x : x))) as unknown as Matrix3; // three of three
}

/** The nearest rotation that a file can name. */
function nameOf(axes: Matrix3): Rotation {
  const [[a, b, c], [d, e, f], [g, h, i]] = axes;
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  const isMirrored = determinant < 0;
  const m = isMirrored ? [axes[0], axes[1], [-g, -h, -i]] : axes;
  const at = (row: number, column: number) => m[row]![column]!;
  const [x, y, z] = [at(0, 0), at(1, 1), at(2, 2)];
  // Four times the squares of the components; the largest is the safest to divide by.
  const squares = [1 + x + y + z, 1 + x - y - z, 1 - x + y - z, 1 - x - y + z];
  const largest = squares.indexOf(Math.max(...squares));
  const products = [
    [squares[0]!, at(2, 1) - at(1, 2), at(0, 2) - at(2, 0), at(1, 0) - at(0, 1)],
    [at(2, 1) - at(1, 2), squares[1]!, at(1, 0) + at(0, 1), at(0, 2) + at(2, 0)],
    [at(0, 2) - at(2, 0), at(1, 0) + at(0, 1), squares[2]!, at(2, 1) + at(1, 2)],
    [at(1, 0) - at(0, 1), at(0, 2) + at(2, 0), at(2, 1) + at(1, 2), squares[3]!],
  ][largest]!;
  const unit = 32767 / 2 / Math.sqrt(squares[largest]!);
  const [p, q, r, s] = products.map((value) => Math.round(value * unit));
  return { quaternion: [p ?? 0, q ?? 0, r ?? 0, s ?? 0], isMirrored };
}
