import type { Random } from "../../data/random.ts";
import { concat, input, type Tensor } from "../../graph/index.ts";
import { freeze, type Scope } from "../../nn/parameters.ts";
import { compile } from "../../runtime/index.ts";
import { pointsAtOnce } from "../evaluate.ts";
import type { Start } from "../family.ts";
import { solveRidge } from "../ridge.ts";
import { coordinatesOf, pointsOf, type Signal } from "../signal.ts";
import { centreUnit, matrixUnit } from "./atoms.ts";
import { type NetworkOptions, waveletFeatures } from "./network.ts";
import { type Placement, placeAtoms, samplePitch, toCoordinates } from "./placement.ts";
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

/** Starts a scaling network, whose parameters are named `prefix…`, at its best. */
export function startScaling(start: Start, prefix: string, count?: number): void {
  const { weight, bias } = fitScaling(start.signal, count);
  setParameter(start, `${prefix}weight`, weight);
  setParameter(start, `${prefix}bias`, bias);
}

/** Places the atoms of a wavelet network whose parameters are named `prefix…`. */
export function startAtoms(start: Start, prefix: string, options: NetworkOptions): void {
  const { size, signal, init, random } = start;
  const { dimensions, width } = size;
  const placements = placeAtoms(signal, width, init, random);
  const numbers = placements.map((placement) => matrixOf(placement, signal, options));
  const byRow = (rows: readonly (readonly number[])[], unit: number) =>
    rows[0]!.flatMap((_, row) => rows.map((column) => column[row]! / unit)); // as many rows each
  const centres = placements.map(({ at }) => toCoordinates(at, signal.size));
  setParameter(start, `${prefix}atoms.centre`, byRow(centres, centreUnit));
  setParameter(start, `${prefix}atoms.matrix`, byRow(numbers, matrixUnit));
  if (centres[0]?.length !== dimensions) throw new RangeError("the signal has other dimensions");
}

/** How much longer an anisotropic atom starts across its direction, along the edge, than in it. */
const stretch = 2;

/**
 * An atom's matrix, row by row, or the numbers of its similarity: at scale a it waves as often as the derivative of a
 * Gaussian of deviation a does most, 1 radian per a.
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

/** The unit quaternion whose matrix has the unit vector as its first row: that of the shortest turn. */
function quaternionTo([x = 1, y = 0, z = 0]: readonly number[]): number[] {
  if (x < -0.999999) return [0, 0, 0, 1];
  const real = Math.sqrt((1 + x) / 2);
  // First row of the matrix: (aa + bb - cc - dd, 2 (bc - ad), 2 (bd + ac)), with b = 0.
  return [real, 0, z / (2 * real), -y / (2 * real)];
}

/** Two unit vectors across a vector and one another. */
function acrossOf([x, y, z]: readonly [number, number, number]): [number[], number[]] {
  const helper = Math.abs(x) < 0.6 * Math.hypot(x, y, z) ? [1, 0, 0] : [0, 1, 0];
  const unit = (v: number[]) => v.map((w) => w / Math.hypot(...v));
  const cross = ([a, b, c]: readonly number[], [d, e, f]: readonly number[]) =>
    unit([b! * f! - c! * e!, c! * d! - a! * f!, a! * e! - b! * d!]); // three numbers each
  const second = cross([x, y, z], helper);
  return [second, cross([x, y, z], second)];
}

/** Samples that a read-out is solved on at most. */
const solvedOn = 16_384;

/**
 * Solves the read-out of a wavelet network for what `rest` leaves of the signal, by ridge regression on samples drawn at
 * random: the network starts where its products of atoms serve best.
 */
export async function startReadOut(
  start: Start,
  prefix: string,
  options: NetworkOptions,
  rest: (p: Scope, points: Tensor) => Tensor | undefined,
): Promise<void> {
  const { size, layout, parameters, signal, random } = start;
  const points = input("points", [pointsAtOnce, size.dimensions]);
  const targets = input("targets", [pointsAtOnce, size.channels]);
  const p = freeze(layout, parameters);
  const z = waveletFeatures(scopeIn(p, prefix), points, size, options);
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
    for (const feeds of samplesOf(signal, random.fork("read-out"))) {
      const sums = await executable.run(feeds);
      for (let i = 0; i < units; i++) {
        for (let j = 0; j < units; j++) gram[i]![j]! += Number(sums.gram[i * units + j]); // square
        for (const [c, side] of sides.entries()) {
          side[i]! += Number(sums.sides[i * size.channels + c]); // a row for each unit
        }
      }
    }
  } finally {
    await executable.close();
  }
  const solution = solveRidge(gram, sides, 1e-5);
  const half = units / 2;
  for (const [part, from] of [
    ["re", 0],
    ["im", half],
  ] as const) {
    const weights = Array.from({ length: half }, (_, i) =>
      solution.map((x) => x[from + i]!),
    ).flat(); // units of them
    setParameter(start, `${prefix}output.weight.${part}`, weights);
  }
}

const scopeIn = (p: Scope, prefix: string): Scope =>
  prefix === "" ? p : p.in(prefix.replace(/\.$/, ""));

/** Pieces of `pointsAtOnce` samples drawn at random, without repetition as long as there are more. */
function* samplesOf({ size, channels, values }: Signal, random: Random) {
  const coordinates = coordinatesOf(size);
  const [count, dimensions] = [pointsOf(size), size.length];
  const order = random.permutation(count);
  const pieces = Math.max(1, Math.floor(Math.min(solvedOn, count) / pointsAtOnce));
  for (let piece = 0; piece < pieces; piece++) {
    const points = new Float32Array(pointsAtOnce * dimensions);
    const targets = new Float32Array(pointsAtOnce * channels);
    for (let i = 0; i < pointsAtOnce; i++) {
      const at = order[(piece * pointsAtOnce + i) % count]!; // below count
      points.set(coordinates.subarray(at * dimensions, (at + 1) * dimensions), i * dimensions);
      targets.set(values.subarray(at * channels, (at + 1) * channels), i * channels);
    }
    yield { points, targets };
  }
}
