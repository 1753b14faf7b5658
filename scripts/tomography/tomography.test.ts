import { describe, expect, test } from "vitest";
import { createRandom } from "../../src/data/index.ts";
import {
  buildField,
  coordinatesOf,
  decibels,
  openEvaluator,
  samplesOf,
  siren,
} from "../../src/field/index.ts";
import {
  drawEllipses,
  type Ellipse,
  measuredSinogram,
  sheppLogan,
  sinogramOf,
} from "./ellipses.ts";
import { fitRays } from "./fitRays.ts";
import {
  filteredBackProjection,
  parallelBeam,
  project,
  projectAdjoint,
  raySums,
} from "./parallelBeam.ts";
import { chooseSparsity, reconstruct } from "./reconstruct.ts";

const side = 32;
const beam = parallelBeam(side, 40);
const rays = raySums(beam);
const disc: Ellipse = { density: 0.7, a: 0.5, b: 0.5, x: 0.2, y: -0.1, turn: 30 };
const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0); // as many
const relative = (a: Float64Array, b: Float64Array) => {
  const difference = a.map((x, i) => x - b[i]!); // as many
  return Math.sqrt(dot(difference, difference) / dot(b, b));
};
/** In dB, of densities between 0 and 1. */
const psnrOf = (found: ArrayLike<number>, wanted: Float64Array) =>
  decibels(wanted.reduce((sum, x, i) => sum + 4 * (x - found[i]!) ** 2, 0) / wanted.length); // as many
const random = (length: number, seed: string) => {
  const { normal } = createRandom(seed);
  return Float64Array.from({ length }, normal);
};

describe("a phantom of ellipses", () => {
  test("of one disc meets rays along its chords: 2 ρ √(r² - s²)", () => {
    const sinogram = sinogramOf([disc], beam);
    for (const [j, k] of [
      [0, 25],
      [13, 20],
      [39, 30],
    ] as const) {
      const angle = (Math.PI * j) / beam.angles;
      const s = (k - (beam.detectors - 1) / 2) * (2 / side);
      const away = s - (0.2 * Math.cos(angle) - 0.1 * Math.sin(angle));
      const chord = Math.abs(away) < 0.5 ? 2 * Math.sqrt(0.25 - away ** 2) : 0;
      expect(sinogram[j * beam.detectors + k]).toBeCloseTo(0.7 * chord, 12);
    }
  });

  test("has the same mass from every side", () => {
    const mass = Math.PI * sheppLogan.reduce((sum, { density, a, b }) => sum + density * a * b, 0);
    const measured = measuredSinogram(sheppLogan, beam);
    for (let j = 0; j < beam.angles; j++) {
      const row = measured.subarray(j * beam.detectors, (j + 1) * beam.detectors);
      expect(Math.abs(row.reduce((a, b) => a + b) * (2 / side) - mass) / mass).toBeLessThan(0.01);
    }
    const drawn = drawEllipses(sheppLogan, side).reduce((a, b) => a + b) * (2 / side) ** 2;
    expect(Math.abs(drawn - mass) / mass).toBeLessThan(0.01);
  });

  test("is turned as it says, y pointing up", () => {
    const rod: Ellipse = { density: 1, a: 0.8, b: 0.05, x: 0, y: 0, turn: 45 };
    const picture = drawEllipses([rod], side);
    expect(picture[7 * side + 24]).toBeGreaterThan(0.5); // upper right
    expect(picture[7 * side + 7]).toBe(0);
  });
});

describe("ray sums", () => {
  test("have their adjoint: ⟨A x, y⟩ = ⟨x, Aᵀ y⟩", () => {
    const x = random(side * side, "x");
    const y = random(beam.angles * beam.detectors, "y");
    const left = dot(project(rays, x), y);
    expect(dot(x, projectAdjoint(rays, y, side * side))).toBeCloseTo(left, 10);
  });

  test.each([
    [32, 0.06],
    [64, 0.035],
  ])("of the drawn phantom are near its own, the nearer the finer: %d pixels", (n, most) => {
    const wide = parallelBeam(n, 12);
    const drawn = project(raySums(wide), drawEllipses(sheppLogan, n));
    const error = relative(drawn, measuredSinogram(sheppLogan, wide));
    expect(error).toBeLessThan(most);
    expect(error).toBeGreaterThan(most / 5);
  });
});

describe("a phantom from its projections", () => {
  const phantom = drawEllipses([disc], side);
  const sinogram = measuredSinogram([disc], beam);

  test("by filtered back-projection", () => {
    expect(psnrOf(filteredBackProjection(beam, sinogram), phantom)).toBeGreaterThan(28);
  });

  test("as an expansion, with few wavelets where they cost", () => {
    const [free, sparse] = [0, 0.004].map((sparsity) =>
      reconstruct(rays, sinogram, side, { sparsity, iterations: 60 }),
    );
    const count = (x: Float64Array) => x.filter((value) => value !== 0).length;
    expect(count(sparse!.coefficients)).toBeLessThan(count(free!.coefficients) / 2); // two of them
    expect(psnrOf(samplesOf(sparse!), phantom)).toBeGreaterThan(30);
  });

  test("as an expansion, more and more exactly where its projections are those of the grid", () => {
    const [some, more] = [20, 200].map((iterations) =>
      psnrOf(
        samplesOf(reconstruct(rays, project(rays, phantom), side, { sparsity: 0, iterations })),
        phantom,
      ),
    ) as [number, number]; // one for each
    expect(more).toBeGreaterThan(some + 5);
    expect(more).toBeGreaterThan(35);
  });

  test("with wavelets that cost the more, the more noise there is", () => {
    const noise = random(sinogram.length, "noise");
    const exact = project(rays, phantom);
    const [little, much] = [0.001, 0.1].map((sigma) =>
      chooseSparsity(
        rays,
        exact.map((x, i) => x + sigma * noise[i]!), // as many
        beam,
        30,
      ),
    ) as [number, number]; // one for each
    expect(much).toBeGreaterThan(little);
  });

  test("as a network", async () => {
    const family = siren();
    const size = { dimensions: 2, channels: 1, width: 24 };
    const field = buildField(family, size);
    const losses: number[] = [];
    const parameters = await fitRays(
      field,
      { beam, rays, sinogram },
      {
        ...{ steps: 60, peak: 3e-3, directions: 8, random: createRandom(1), threads: 1 },
        report: (_, loss) => losses.push(loss),
      },
    );
    expect(losses).toHaveLength(60);
    await using evaluator = await openEvaluator(field, parameters, { threads: 1 });
    const values = await evaluator.values(coordinatesOf([side, side]));
    expect(
      psnrOf(
        values.map((x) => (x + 1) / 2),
        phantom,
      ),
    ).toBeGreaterThan(20);
  });
});
