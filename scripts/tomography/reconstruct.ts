import {
  type DyadicGrid,
  dyadicGrid,
  type Expansion,
  forEachPlace,
  levelAt,
  synthesizeAtoms as synthesize,
  synthesizeAtomsAdjoint as synthesizeAdjoint,
} from "../../src/field/index.ts";
import { type ParallelBeam, project, projectAdjoint, type RaySums } from "./parallelBeam.ts";

export interface ReconstructOptions {
  /** How much a wavelet's coefficient costs, as a fraction of the largest that the rays ask for at first. */
  readonly sparsity: number;
  readonly iterations: number;
  /** Called after each. */
  report?(iteration: number): void;
}

/**
 * A picture of `side` x `side` pixels from what rays meet of it, as an expansion with few wavelets:
 *
 *     minimize ½ ‖A S c - y‖² + λ Σ |c_n| over wavelets n
 *
 * S sums atoms, A projects, y is the sinogram. By FISTA (Beck & Teboulle 2009) with steps of 1/‖A S‖² and a restart
 * where the step points uphill (O'Donoghue & Candès 2015). Scaling functions cost nothing.
 */
export function reconstruct(
  rays: RaySums,
  sinogram: Float64Array,
  side: number,
  { sparsity, iterations, report = () => {} }: ReconstructOptions,
): Expansion {
  const grid = dyadicGrid([side, side]);
  const problem: Problem = { grid, rays, side };
  const costs = costsOf(grid);
  const step = 1 / squaredNorm(problem);
  let x = new Float64Array(costs.length);
  let ahead = x;
  let momentum = 1;
  let threshold = 0;
  for (let iteration = 1; iteration <= iterations; iteration++) {
    const slope = gradient(problem, ahead, sinogram);
    if (iteration === 1) threshold = step * sparsity * largest(slope, costs);
    const next = ahead.map(
      (value, i) => shrunk(value - step * slope[i]!, threshold * costs[i]!), // as many
    );
    let uphill = 0;
    for (let i = 0; i < x.length; i++) uphill += (ahead[i]! - next[i]!) * (next[i]! - x[i]!); // as many
    const following = uphill > 0 ? 1 : (1 + Math.sqrt(1 + 4 * momentum ** 2)) / 2;
    const carried = uphill > 0 ? 0 : (momentum - 1) / following;
    const last = x;
    ahead = next.map((value, i) => value + carried * (value - last[i]!)); // as many
    [x, momentum] = [next, following];
    report(iteration);
  }
  return { grid, channels: 1, coefficients: x };
}

/** Costs that are tried, from the least on. */
const sparsities = [5e-4, 1e-3, 2e-3, 4e-3, 8e-3];
/** One direction of so many is left out to judge them by. */
const judgedEvery = 10;

/** The cost of a wavelet with which some directions say most of the others, which nothing but the sinogram is needed for. */
export function chooseSparsity(
  rays: RaySums,
  sinogram: Float64Array,
  { side, detectors }: ParallelBeam,
  iterations: number,
): number {
  const isJudged = (ray: number) => Math.floor(ray / detectors) % judgedEvery === judgedEvery >> 1;
  const { perRay } = rays;
  // Rays of no weight ask for nothing.
  const weights = rays.weights.map((weight, i) => (isJudged(Math.floor(i / perRay)) ? 0 : weight));
  const tried = sparsities.map((sparsity) => {
    const found = reconstruct({ ...rays, weights }, sinogram, side, { sparsity, iterations });
    const foreseen = sinogramBy({ grid: found.grid, rays, side }, found.coefficients);
    const error = foreseen.reduce(
      (sum, value, ray) => sum + (isJudged(ray) ? (value - sinogram[ray]!) ** 2 : 0), // as many
      0,
    );
    return { sparsity, error };
  });
  return tried.reduce((best, other) => (other.error < best.error ? other : best)).sparsity;
}

interface Problem {
  readonly grid: DyadicGrid;
  readonly rays: RaySums;
  readonly side: number;
}

/** `A S c`. */
function sinogramBy({ grid, rays, side }: Problem, coefficients: Float64Array): Float64Array {
  const values = coefficients.slice();
  synthesize(values, grid, 1);
  return project(rays, cropped(values, grid, side));
}

/** `Sᵀ Aᵀ (A S c - y)`. */
function gradient(problem: Problem, c: Float64Array, sinogram: Float64Array): Float64Array {
  const { grid, rays, side } = problem;
  const error = sinogramBy(problem, c).map((value, i) => value - sinogram[i]!); // as many
  const values = new Float64Array(c.length);
  const picture = projectAdjoint(rays, error, side * side);
  const [, width = 0] = grid.size;
  for (let row = 0; row < side; row++) {
    values.set(picture.subarray(row * side, (row + 1) * side), row * width);
  }
  synthesizeAdjoint(values, grid, 1);
  return values;
}

/** The samples of a picture on its grid. */
function cropped(values: Float64Array, { size }: DyadicGrid, side: number): Float64Array {
  const [, width = 0] = size;
  const picture = new Float64Array(side * side);
  for (let row = 0; row < side; row++) {
    picture.set(values.subarray(row * width, row * width + side), row * side);
  }
  return picture;
}

/** Iterations that find a norm to about a per cent. */
const powerIterations = 12;

/** `‖A S‖²` by the power iteration, and a little more. */
function squaredNorm(problem: Problem): number {
  const none = new Float64Array(problem.rays.pixels.length / problem.rays.perRay);
  const [height = 0, width = 0] = problem.grid.size;
  let x = new Float64Array(height * width).fill(1);
  let norm = 0;
  for (let k = 0; k < powerIterations; k++) {
    const y = gradient(problem, x, none);
    norm = Math.sqrt(y.reduce((sum, value) => sum + value ** 2, 0));
    x = Float64Array.from(y, (value) => value / norm);
  }
  return 1.05 * norm;
}

/** 1 for wavelets, 0 for scaling functions. */
function costsOf(grid: DyadicGrid): Float64Array {
  const costs = new Float64Array(grid.size.reduce((a, b) => a * b, 1));
  forEachPlace(grid, (place, index) => {
    costs[index] = levelAt(place, grid) < grid.depth ? 1 : 0;
  });
  return costs;
}

const largest = (slope: Float64Array, costs: Float64Array): number =>
  slope.reduce((most, value, i) => Math.max(most, Math.abs(value) * costs[i]!), 0); // as many

const shrunk = (value: number, threshold: number): number =>
  Math.sign(value) * Math.max(0, Math.abs(value) - threshold);
