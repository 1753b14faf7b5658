import { createRandom, type Raster } from "ondelette/data";
import {
  buildField,
  expansion,
  type Field,
  type FieldSize,
  type Octaves,
  pictureSignal,
  psnrOfField,
  readExpansion,
  type Signal,
  singularitiesOf,
  solve,
  splineOf,
  viewValues,
  wholeView,
  widthFor,
} from "ondelette/field";
import type { Surface } from "./view/surface.ts";

export interface FitSettings {
  /** Real parameters. */
  readonly parameters: number;
  /** What a pixel is: the value at its center, or the mean over its square. */
  readonly samples: "points" | "means";
}

/** A picture as a field: plain values, which go from one worker to another. */
export interface Fitted {
  readonly size: FieldSize;
  readonly parameters: Float32Array<ArrayBuffer>;
  readonly signal: Signal;
  /** The fit alone, without decoding the picture. */
  readonly seconds: number;
  readonly psnr: number;
  /** Octaves of wavelets. */
  readonly octaves: number;
}

const family = expansion();

/** Fits the library's wavelet expansion to a picture. */
export async function fitted(
  raster: Raster,
  { parameters, samples }: FitSettings,
): Promise<Fitted> {
  const begun = performance.now();
  const given = pictureSignal(raster);
  const signal = family.prepare?.(given, { samples }).signal ?? given;
  const prepared = (performance.now() - begun) / 1000;
  const fit = await fittedTo(signal, parameters);
  return { ...fit, seconds: prepared + fit.seconds };
}

/** Fits an expansion of so many parameters, or as many as there are, to a signal. */
export async function fittedTo(signal: Signal, parameters: number): Promise<Fitted> {
  const begun = performance.now();
  const { size: grid, channels } = signal;
  const shape = { dimensions: grid.length, channels, grid };
  const most = family.mostParameters?.({ grid, channels }) ?? parameters;
  const width = widthFor(family, { ...shape, parameters: Math.min(parameters, most) });
  const field = buildField(family, { ...shape, width });
  const found = await solve(field, signal, createRandom(1));
  const seconds = (performance.now() - begun) / 1000;
  return {
    ...{ size: field.size, parameters: found, signal, seconds },
    psnr: await psnrOfField(field, found, signal),
    octaves: family.multiresolution?.octaves(field.size) ?? 0,
  };
}

/** A field's values at the pixels of its picture. */
export const valuesOf = (fit: Pick<Fitted, "size" | "parameters" | "signal">) =>
  viewValues(buildField(family, fit.size), fit.parameters, {
    view: wholeView(fit.signal.size),
    samples: fit.signal.size,
  });

/** The library's field of a fit. */
export const fieldOf = ({ size, parameters, signal }: Fitted): Field => ({
  ...buildField(family, size),
  ...{ parameters, signal },
});

/** Some octaves of a field, to be drawn. */
export function surfaceOf({ parameters, size }: Fitted, octaves: Octaves): Surface {
  const spline = splineOf(readExpansion(parameters, size, octaves));
  const [height = 1, width = 1] = spline.samples;
  const [rows = 1, columns = 1] = spline.size;
  return {
    ...{ kernel: "bspline", width, height, rows, columns },
    values: rgb(spline.coefficients, spline.channels),
  };
}

/** A picture as it is between pixels by another rule. */
export function pixelsOf(raster: Raster, kernel: "bicubic" | "pixels"): Surface {
  const { width, height, channels } = raster;
  return {
    ...{ kernel, width, height, rows: height, columns: width },
    values: rgb(pictureSignal(raster).values, channels),
  };
}

/** Three channels of one or three. */
function rgb(values: Float32Array | Float64Array, channels: number): Float32Array<ArrayBuffer> {
  if (channels === 3) return Float32Array.from(values);
  const result = new Float32Array(3 * values.length);
  values.forEach((value, i) => {
    result.fill(value, 3 * i, 3 * i + 3);
  });
  return result;
}

/** Scales at which singularities are found, in pixels. */
export const scales = [1, 2, 4, 8] as const;

/** The singularities of a picture at each scale, strongest first. */
export function maximaOf(signal: Signal, threshold: number) {
  const all = singularitiesOf(signal, [...scales], { threshold, exponents: [-2, 1] });
  return scales.map((scale) =>
    all.filter((each) => each.scale === scale).sort((a, b) => b.modulus - a.modulus),
  );
}
