import { extname } from "node:path";
import { checkFilePath } from "../../data/files/atomicWrite.ts";
import { UserError } from "../../errors/userError.ts";
import { type Derivative, derivativeNames } from "../../field/evaluate/derivatives.ts";
import { fieldParts } from "../../field/evaluate/evaluate.ts";
import { renderField } from "../../field/evaluate/render.ts";
import type { View } from "../../field/evaluate/view.ts";
import { openField } from "../../field/run.ts";
import { saveSpectrum } from "../../field/show/saveSpectrum.ts";
import { saveSignal } from "../../field/signal/saveSignal.ts";
import type { Signal } from "../../field/signal/signal.ts";
import { defineCommand } from "../parser/command.ts";
import { outputOption } from "../parser/options.ts";

/** `ondelette field render`: looks at a field at any zoom. */
export const command = defineCommand({
  about:
    "Computes the field anew at every point of the view, so that an enlargement is no stretched picture. Derivatives are " +
    "exact, and are drawn from black, 0, or for the Laplacian from gray, up to their largest size; an array has them as " +
    "they are, for coordinates of which 2 is the longest side. A spectrum has frequency 0 in the middle and half a cycle a " +
    "point at its edges. Bands are octaves of wavelets: all of them and the smooth part sum to the whole.",
  positionals: { field: "folder that ondelette field fit made" },
  options: {
    output: outputOption("picture (.png), sound (.wav) or array (.npy) to write"),
    scale: { type: "number", min: 0.001, default: 1, help: "points for a sample along each axis" },
    region: {
      type: "string",
      placeholder: "X,Y,W,H",
      help: "part to show, in samples from the top left; of a sound START,LENGTH",
    },
    part: { type: "choice", choices: fieldParts, default: "all", help: "which part of the sum" },
    band: {
      type: "integer",
      min: 1,
      help: "show one octave of wavelets, 1 the finest, instead of a part",
    },
    show: {
      type: "choice",
      choices: ["values", ...derivativeNames, "spectrum"],
      default: "values",
      help: "the values, the size of the gradient, the Laplacian, or the power spectrum",
    },
    threads: { type: "integer", min: 1, help: "processor threads; by default one per core" },
  },
  examples: [
    "ondelette field render fields/photo -o large.png --scale 4",
    "ondelette field render fields/photo -o eye.png --region 100,80,64,64 --scale 8",
    "ondelette field render fields/photo -o details.png --band 1",
    "ondelette field render fields/photo -o edges.png --show gradient --scale 2",
  ],
  async run(args, io) {
    const { output, scale, part, band, show, threads } = args;
    await checkFilePath(output);
    if (band !== undefined && part !== "all") {
      throw new UserError("give --band or --part, not both");
    }
    const derivative = derivativeNames.find((name) => name === show);
    const begun = performance.now();
    const field = await openField(args.field);
    const view = viewOf(args.region, field.config.signal.size, scale);
    const rendered = await renderField(field, view, {
      ...{ part, band, derivative, signal: io.signal },
      ...(threads !== undefined && { threads }),
    });
    const shown = isBounded(output, rendered) ? visible(rendered, derivative) : rendered;
    await (show === "spectrum" ? saveSpectrum : saveSignal)(output, shown);
    const seconds = (performance.now() - begun) / 1000;
    const size = rendered.size.toReversed().join("×");
    io.print(`${output}: ${size} points in ${seconds.toFixed(2)} s`);
    return { out: output, size: rendered.size, seconds };
  },
});

/** A region as typed, columns before rows as in pictures; the whole signal if there is none. */
function viewOf(region: string | undefined, size: readonly number[], scale: number): View {
  if (region === undefined) return { from: size.map(() => 0), size, scale };
  const numbers = region.split(",").map(Number);
  if (numbers.length !== 2 * size.length || !numbers.every(Number.isFinite)) {
    throw new UserError(
      `--region ${region} must be ${2 * size.length} numbers with commas: first samples, then lengths, of a signal of ${size.length} axes`,
    );
  }
  const from = numbers.slice(0, size.length).reverse();
  return { from, size: numbers.slice(size.length).reverse(), scale };
}

/** Whether a file shows values from -1 to 1 alone: a picture or a sound, but neither an array nor a chart. */
const isBounded = (path: string, { size }: Signal): boolean => {
  const ending = extname(path).toLowerCase();
  return ending === ".wav" || (ending === ".png" && size.length > 1);
};

/** Derivatives brought to -1 … 1: a gradient from 0 to its largest, a Laplacian around 0. */
function visible(signal: Signal, derivative: Derivative | undefined): Signal {
  if (!derivative) return signal;
  const largest = signal.values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12);
  const shown = (value: number) =>
    derivative === "gradient" ? (2 * value) / largest - 1 : value / largest;
  return { ...signal, values: signal.values.map(shown) };
}
