import { concat, input, type Tensor } from "../../../graph/index.ts";
import { freeze, type Scope } from "../../../nn/parameters.ts";
import { compile } from "../../../runtime/compile.ts";
import type { Start } from "../../family.ts";
import { pointBatches, pointsAtOnce } from "../../points.ts";
import { pointsOf, type Signal } from "../../signal/signal.ts";
import { centerUnit, matrixUnit } from "./atoms.ts";
import { type NetworkOptions, waveletFeatures } from "./network.ts";
import { type Placement, placeAtoms, samplePitch, toCoordinates } from "./placement.ts";
import { solveRidge } from "./ridge.ts";
import { fitScaling } from "./smooth.ts";

/** Writes a parameter into an arena. */
export function setParameter(
  { layout, parameters }: Pick<Start, "layout" | "parameters">,
  name: string,
  values: ArrayLike<number>,
): void {
  const found = layout.parameters.find((parameter) => parameter.name === name);
  if (!found) throw new RangeError(`there is no parameter ${name}`);
  parameters.set(values, found.offset);
}

/** Starts the scaling network in the scope `name` at its least-squares fit. */
export function startScaling(start: Start, name: string, count?: number): void {
  const { weight, bias } = fitScaling(start.signal, count);
  setParameter(start, `${name}.weight`, weight);
  setParameter(start, `${name}.bias`, bias);
}

/** Places the atoms of the wavelet network in the scope `name`. */
export function startAtoms(start: Start, name: string, options: NetworkOptions): void {
  const { size, signal, init, random } = start;
  const placements = placeAtoms(signal, size.width, init, random);
  const numbers = placements.map((placement) => matrixOf(placement, signal, options));
  const byRow = (rows: readonly (readonly number[])[], unit: number) =>
    rows[0]!.flatMap((_, row) => rows.map((column) => column[row]! / unit));
  const centers = placements.map(({ at }) => toCoordinates(at, signal.size));
  setParameter(start, `${name}.atoms.center`, byRow(centers, centerUnit));
  setParameter(start, `${name}.atoms.matrix`, byRow(numbers, matrixUnit));
}

/** Initial aspect ratio of an anisotropic atom: along the edge over across it. */
const stretch = 2;

/**
 * The matrix of an atom, row by row, or the parameters of its similarity. At scale a, the atom has the peak frequency of the
 * derivative of a Gaussian with standard deviation a: 1 radian per a.
 */
function matrixOf(
  { scale, direction }: Placement,
  { size }: Signal,
  { template, shape }: NetworkOptions,
): number[] {
  const dimensions = size.length;
  const gain = 1 / (template.frequency(dimensions) * scale * samplePitch(size));
  const first = direction.map((x) => gain * x);
  if (dimensions === 1) return first;
  const [a = 0, b = 0, c = 0] = first;
  if (dimensions === 2) {
    return shape === "isotropic" ? [a, b] : [a, b, -b / stretch, a / stretch];
  }
  if (shape === "isotropic") return quaternionTo(direction).map((x) => gain * x);
  return [...first, ...acrossOf([a, b, c]).flatMap((row) => row.map((x) => (x * gain) / stretch))];
}

/** The unit quaternion whose matrix has the given unit vector as its first row, by the shortest rotation. */
function quaternionTo([x = 1, y = 0, z = 0]: readonly number[]): number[] {
  if (x < -0.999999) return [0, 0, 0, 1];
  const real = Math.sqrt((1 + x) / 2);
  // First row of the matrix: (aa + bb - cc - dd, 2 (bc - ad), 2 (bd + ac)), with b = 0.
  return [real, 0, z / (2 * real), -y / (2 * real)];
}

/** Two unit vectors orthogonal to a vector and to each other. */
function acrossOf([x, y, z]: readonly [number, number, number]): [number[], number[]] {
  const helper = Math.abs(x) < 0.6 * Math.hypot(x, y, z) ? [1, 0, 0] : [0, 1, 0];
  const unit = (v: number[]) => v.map((w) => w / Math.hypot(...v));
  const cross = ([a, b, c]: readonly number[], [d, e, f]: readonly number[]) =>
    unit([b! * f! - c! * e!, c! * d! - a! * f!, a! * e! - b! * d!]);
  const second = cross([x, y, z], helper);
  return [second, cross([x, y, z], second)];
}

/**
 * Ridge of the read-out, relative to the mean square of the features. A smaller ridge permits large weights, which amplify
 * every change in earlier layers: at 10⁻⁵ a field of 130,000 parameters drops from 31 to 10 dB in Adam's first steps even
 * during the warmup, at 10⁻³ from 30 to 26 dB.
 */
const readOutRidge = 1e-3;

/** Maximum number of samples for solving a read-out. */
const solvedOn = 16_384;

/**
 * Solves the read-out of a wavelet network by ridge regression on random samples, for the signal minus `rest`. The network thus
 * starts at the best linear combination of its products of atoms.
 */
export async function startReadOut(
  start: Start,
  name: string,
  options: NetworkOptions,
  rest: (p: Scope, points: Tensor) => Tensor | undefined,
): Promise<void> {
  const { size, layout, parameters, signal, random } = start;
  const count = pointsOf(signal.size);
  const batch = Math.min(pointsAtOnce, count);
  const points = input("points", [batch, size.dimensions]);
  const targets = input("targets", [batch, size.channels]);
  const p = freeze(layout, parameters);
  const z = waveletFeatures(p.in(name), points, size, options);
  const features = concat([z.re, z.im.neg()], 1);
  const known = rest(p, points);
  const wanted = known ? targets.sub(known) : targets;
  const executable = await compile({
    gram: features.matmul(features, { transA: true }),
    sides: features.matmul(wanted, { transA: true }),
  });
  const units = features.shape[1] ?? 0;
  const gram = Array.from({ length: units }, () => new Float64Array(units));
  const sides = Array.from({ length: size.channels }, () => new Float64Array(units));
  try {
    const batches = pointBatches(signal, batch, random.fork("read-out"));
    for (let piece = 1; piece * batch <= Math.min(solvedOn, count); piece++) {
      const sums = await executable.run(batches(piece));
      for (let i = 0; i < units; i++) {
        for (let j = 0; j < units; j++) gram[i]![j]! += Number(sums.gram[i * units + j]);
        for (const [c, side] of sides.entries()) {
          side[i]! += Number(sums.sides[i * size.channels + c]);
        }
      }
    }
  } finally {
    await executable.close();
  }
  const solution = solveRidge(gram, sides, readOutRidge);
  const half = units / 2;
  for (const [part, from] of [
    ["re", 0],
    ["im", half],
  ] as const) {
    const weights = Array.from({ length: half }, (_, i) =>
      solution.map((x) => x[from + i]!),
    ).flat(); // units of them
    setParameter(start, `${name}.output.weight.${part}`, weights);
  }
}
