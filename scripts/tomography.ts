/**
 * A section of a head from X-rays: the Shepp-Logan phantom from its exact projections, by filtered back-projection, as a sparse
 * expansion (`expansion`) and as a network (`siren`). Writes a sheet of pictures and their errors.
 *
 *   node scripts/tomography.ts -o tomography.png --side 128 --angles 180
 */

import { defineCommand } from "../src/cli/parser/command.ts";
import { seedOption } from "../src/cli/shared/commonOptions.ts";
import { runOptions } from "../src/cli/shared/trainingOptions.ts";
import { createRandom, type Raster, writeImage } from "../src/data/index.ts";
import {
  type BuiltField,
  buildField,
  comparisonSheet,
  coordinatesOf,
  drawPicture,
  type Expansion,
  expansion,
  openEvaluator,
  quality,
  type Signal,
  siren,
  widthFor,
  writeExpansion,
} from "../src/field/index.ts";
import { runScript } from "./runScript.ts";
import { drawEllipses, measuredSinogram, sheppLogan } from "./tomography/ellipses.ts";
import { fitRays } from "./tomography/fitRays.ts";
import { filteredBackProjection, parallelBeam, raySums } from "./tomography/parallelBeam.ts";
import { chooseSparsity, reconstruct } from "./tomography/reconstruct.ts";

/** Errors are drawn so much stronger, in gray. */
const exaggeration = 4;
/** Directions of a step of the network. */
const directions = 6;

/** A field's samples, and how many parameters it has. */
interface Reconstruction {
  readonly name: string;
  readonly signal: Signal;
  readonly seconds: number;
  readonly parameters?: number;
}

const command = defineCommand({
  options: {
    output: { type: "string", short: "o", placeholder: "FILE", required: true, help: "sheet" },
    side: { type: "integer", min: 16, default: 128, help: "pixels along each side" },
    angles: { type: "integer", min: directions, default: 180, help: "directions over half a turn" },
    noise: { type: "number", min: 0, default: 0, help: "σ of noise in the projections" },
    sparsity: {
      type: "number",
      min: 0,
      help: "cost of a wavelet; by default the one that predicts left-out directions best",
    },
    iterations: { type: "integer", min: 1, default: 60, help: "of the expansion" },
    params: { type: "integer", min: 1, default: 16_000, help: "real parameters of the network" },
    rate: { type: "number", min: 0, default: 1e-3, help: "highest learning rate of the network" },
    steps: { type: "integer", min: 1, default: 1000, help: "of the network" },
    seed: seedOption,
    threads: runOptions.threads,
  },
  examples: ["scripts/tomography.ts -o tomography.png --angles 100 --noise 0.01"],
  async run({ output, side, angles, noise, sparsity, iterations, params, rate, ...rest }, io) {
    const { steps, seed, threads } = rest;
    const engine = threads === undefined ? {} : { threads };
    const random = createRandom(seed);
    const beam = parallelBeam(side, angles);
    const size = [side, side];
    const pictureOf = (values: Float32Array): Signal => ({ size, channels: 1, values });
    const ofDensities = (densities: ArrayLike<number>) =>
      pictureOf(Float32Array.from(densities, (density) => 2 * density - 1));
    const phantom = ofDensities(drawEllipses(sheppLogan, side));
    const noisy = random.fork("noise");
    const sinogram = measuredSinogram(sheppLogan, beam).map((x) => x + noise * noisy.normal());

    const found: Reconstruction[] = [];
    const timed = async (
      name: string,
      work: () => Promise<Omit<Reconstruction, "name" | "seconds">>,
    ) => {
      const begun = performance.now();
      const result = await work();
      const seconds = (performance.now() - begun) / 1000;
      found.push({ name, seconds, ...result });
      const { psnr } = quality(phantom, result.signal);
      const count = result.parameters === undefined ? "" : `, ${result.parameters} parameters`;
      io.print(`${name}: ${psnr.toFixed(2)} dB in ${seconds.toFixed(1)} s${count}`);
    };
    const rendered = async (field: BuiltField, parameters: Float32Array) => {
      await using evaluator = await openEvaluator(field, parameters, engine);
      const values = await evaluator.values(coordinatesOf(size));
      return { values, parameters: field.layout.size };
    };

    await timed("filtered back-projection", async () => ({
      signal: ofDensities(filteredBackProjection(beam, sinogram)),
    }));
    const rays = raySums(beam);
    await timed("expansion", async () => {
      const chosen = sparsity ?? chooseSparsity(rays, sinogram, beam, iterations);
      io.log(`a wavelet costs ${chosen}`);
      const progress = io.progress({ label: "expansion", unit: "iterations", total: iterations });
      const found = reconstruct(rays, sinogram, side, {
        ...{ sparsity: chosen, iterations, report: (k: number) => progress.update(k) },
      });
      progress.finish();
      const { field, parameters } = fieldOf(found, size);
      const { values, parameters: count } = await rendered(field, parameters);
      return { signal: ofDensities(values), parameters: count };
    });
    await timed("siren", async () => {
      const family = siren();
      const wish = { dimensions: 2, channels: 1, grid: size };
      const width = widthFor(family, { ...wish, parameters: params });
      const field = buildField(family, { ...wish, width });
      const progress = io.progress({ label: "siren", unit: "steps", total: steps });
      const parameters = await fitRays(
        field,
        { beam, rays, sinogram },
        {
          ...{ ...engine, steps, peak: rate, directions, random: random.fork("siren") },
          report: (step) => progress.update(step),
        },
      );
      progress.finish();
      const { values, parameters: count } = await rendered(field, parameters);
      return { signal: pictureOf(values), parameters: count };
    });

    const pictures = found.map(({ signal }) => drawPicture(signal));
    const errors = found.map(({ signal }) => errorPicture(phantom, signal));
    const columns = ["phantom", ...found.map(({ name }) => name)];
    await writeImage(
      output,
      comparisonSheet(columns, [
        { name: "density", pictures: [drawPicture(phantom), ...pictures] },
        { name: `error x ${exaggeration}`, pictures: [undefined, ...errors] },
      ]),
    );
    const psnrOf = ({ name, seconds, signal, parameters }: Reconstruction) => {
      return { name, seconds, psnr: quality(phantom, signal).psnr, parameters };
    };
    return { output, reconstructions: found.map(psnrOf) };
  },
});

/** The field that holds an expansion. */
function fieldOf(of: Expansion, grid: readonly number[]) {
  const { channels, coefficients } = of;
  const width = coefficients.reduce((count, x) => count + (x === 0 ? 0 : 1), 0);
  const field = buildField(expansion(), { dimensions: 2, channels, grid, width });
  const parameters = new Float32Array(field.layout.size);
  writeExpansion({ ...field, parameters }, of);
  return { field, parameters };
}

/** What a reconstruction adds or misses: gray where nothing, white and black where much. */
const errorPicture = (original: Signal, { values, ...signal }: Signal): Raster =>
  drawPicture({
    ...signal,
    values: values.map((x, i) => exaggeration * (x - original.values[i]!)), // as many
  });

await runScript("scripts/tomography.ts", "a phantom from its projections", command);
