import { extname } from "node:path";
import { checkFilePath } from "../../data/files/atomicWrite.ts";
import { checkOutput } from "../../data/files/checkOutput.ts";
import { isFile } from "../../data/files/isFile.ts";
import { writePicture } from "../../data/images/writePicture.ts";
import { UserError } from "../../errors/userError.ts";
import { type Derivative, derivativeNames } from "../../field/evaluate/derivatives.ts";
import { fieldParts } from "../../field/evaluate/evaluate.ts";
import { renderField } from "../../field/evaluate/render.ts";
import type { View } from "../../field/evaluate/view.ts";
import { fieldFiles } from "../../field/runFolder.ts";
import { drawTransparent } from "../../field/show/drawTransparent.ts";
import { saveSignal } from "../../field/show/saveSignal.ts";
import { saveSpectrum } from "../../field/show/saveSpectrum.ts";
import type { Signal } from "../../field/signal/signal.ts";
import { defineCommand } from "../parser/command.ts";
import { outputOption } from "../parser/options.ts";
import { engineOf, engineOptions } from "../shared/engineOptions.ts";
import { laidOnWhite, openAnyField } from "../shared/openAnyField.ts";

/** `ondelette field render`: renders a field at any zoom. */
export const command = defineCommand({
  about:
    "Evaluates the field at every point of the view, so an enlargement is computed and not interpolated. Derivatives are " +
    "exact. In pictures, black is zero and white the maximum (the Laplacian is centered on gray); arrays hold raw values " +
    "per unit coordinate, where the longest side has length 2. A spectrum has frequency 0 in the middle and half a cycle " +
    "per point at its edges. A compressed picture is continued between its pixels by cubic splines; its opacity is kept in pictures of its values, and else it lies on white. Bands are octaves of wavelets: all bands and the smooth part sum to the whole.",
  positionals: {
    field:
      "folder made by `ondelette field fit`, or compressed field or picture (.ondl) or the beginning of one",
  },
  options: {
    out: outputOption("picture (.png), sound (.wav) or array (.npy) to write"),
    scale: {
      type: "number",
      min: 0.001,
      max: 1e6,
      default: 1,
      help: "points per sample along each axis",
    },
    region: {
      type: "string",
      placeholder: "X,Y,W,H",
      otherwise: "the whole",
      help: "part to render, in samples from the top left; START,LENGTH for a sound",
    },
    part: {
      type: "choice",
      choices: fieldParts,
      default: "all",
      help: "part of the sum to render",
    },
    band: {
      type: "integer",
      min: 1,
      max: 64,
      help: "octave of wavelets to render instead of a part; 1 is the finest",
    },
    show: {
      type: "choice",
      choices: ["values", ...derivativeNames, "spectrum"],
      default: "values",
      help: "values, magnitude of the gradient, Laplacian, or power spectrum",
    },
    ...engineOptions,
  },
  examples: [
    "ondelette field render fields/photo -o large.png --scale 4",
    "ondelette field render fields/photo -o eye.png --region 100,80,64,64 --scale 8",
    "ondelette field render photo.ondl -o large.png --scale 4",
    "ondelette field render fields/photo -o details.png --band 1",
    "ondelette field render fields/photo -o edges.png --show gradient --scale 2",
  ],
  advice: {
    "no-checkpoint": "`ondelette field fit --resume` completes the fit",
  },
  async run(args, io) {
    const { out, scale, part, band, show } = args;
    const engine = await engineOf(args, io);
    await checkFilePath(out);
    const { config, latest, packed } = fieldFiles(args.field);
    await checkOutput(out, (await isFile(args.field)) ? [args.field] : [config, latest, packed]);
    if (band !== undefined && part !== "all") {
      throw new UserError("give --band or --part, not both");
    }
    const derivative = derivativeNames.find((name) => name === show);
    const begun = performance.now();
    const { field, opacity } = await openAnyField(args.field, io.log);
    const view = viewOf(args.region, field.signal.size, scale);
    const options = { ...{ part, band, derivative, signal: io.signal }, ...engine };
    const rendered = await renderField(field, view, options);
    const keepsOpacity =
      show === "values" &&
      part === "all" &&
      band === undefined &&
      extname(out).toLowerCase() === ".png";
    if (opacity && keepsOpacity) {
      const picture = drawTransparent(rendered, await renderField(opacity, view, options));
      await writePicture(out, picture);
    } else {
      if (opacity) io.log(laidOnWhite(args.field));
      const shown = isBounded(out, rendered) ? visible(rendered, derivative) : rendered;
      await (show === "spectrum" ? saveSpectrum : saveSignal)(out, shown);
    }
    const seconds = (performance.now() - begun) / 1000;
    const size = rendered.size.toReversed().join("×");
    io.print(`${out}: ${size} points in ${seconds.toFixed(2)} s`);
    return { out, size: rendered.size, seconds };
  },
});

/** A region as typed, columns before rows as in pictures; the whole signal if none is given. */
function viewOf(region: string | undefined, size: readonly number[], scale: number): View {
  if (region === undefined) return { from: size.map(() => 0), size, scale };
  const numbers = region.split(",").map((text) => (text.trim() === "" ? Number.NaN : Number(text)));
  const axes = size.length;
  if (numbers.length !== 2 * axes || !numbers.every(Number.isFinite)) {
    throw new UserError(
      `--region ${region} must be ${2 * axes} numbers separated by commas: ${axes} positions, then ${axes} lengths`,
    );
  }
  const from = numbers.slice(0, axes).reverse();
  const lengths = numbers.slice(axes).reverse();
  const isInside = size.every((samples, axis) => {
    const [start, length] = [from[axis] ?? 0, lengths[axis] ?? 0];
    return start >= 0 && length > 0 && start + length <= samples;
  });
  if (!isInside) {
    const whole = size.toReversed().join("×");
    throw new UserError(`--region ${region} does not lie within the ${whole} samples of the field`);
  }
  return { from, size: lengths, scale };
}

/** Whether a file can hold values from -1 to 1 only: a picture or a sound, but neither an array nor a chart. */
const isBounded = (path: string, { size }: Signal): boolean => {
  const ending = extname(path).toLowerCase();
  return ending === ".wav" || (ending === ".png" && size.length > 1);
};

/** Derivatives scaled to -1 … 1: a gradient from 0 to its maximum, a Laplacian around 0. */
function visible(signal: Signal, derivative: Derivative | undefined): Signal {
  if (!derivative) return signal;
  const largest = signal.values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12);
  const shown = (value: number) =>
    derivative === "gradient" ? (2 * value) / largest - 1 : value / largest;
  return { ...signal, values: signal.values.map(shown) };
}
