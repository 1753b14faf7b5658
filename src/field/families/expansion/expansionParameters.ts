import { UserError } from "../../../errors/userError.ts";
import type { FieldSize, Octaves, Start } from "../../family.ts";
import { pointsOf } from "../../signal/signal.ts";
import { type DyadicGrid, forEachPlace, gridFor, mosaicPlace, placeAt } from "./dyadicGrid.ts";
import type { Expansion } from "./sparseFit.ts";

/** Writes an expansion with at most `width` nonzero coefficients into the parameters of a field. */
export function writeExpansion(
  {
    size,
    layout,
    parameters,
  }: Pick<Start, "size" | "parameters"> & {
    readonly layout: { readonly parameters: readonly { readonly offset: number }[] };
  },
  expansion: Expansion,
): void {
  const { grid, channels, coefficients } = expansion;
  const [values, places] = layout.parameters.map(({ offset }) =>
    parameters.subarray(offset, offset + size.width),
  ) as [Float32Array, Float32Array]; // as `mosaicOf` asks for them
  values.fill(0);
  places.fill(0);
  let kept = 0;
  forEachPlace(grid, (place, index) => {
    const row = mosaicPlace(place, grid).reduce((at, i, axis) => at * grid.size[axis]! + i, 0);
    for (let c = 0; c < channels; c++) {
      const value = coefficients[index * channels + c]!;
      if (value === 0) continue;
      values[kept] = value;
      places[kept++] = row * channels + c;
    }
  });
}

/** The parameters of a field with `width` atoms for an expansion with at most so many nonzero coefficients. */
export function parametersOf(expansion: Expansion, size: FieldSize): Float32Array<ArrayBuffer> {
  const parameters = new Float32Array(2 * size.width);
  const offsets = [0, size.width]; // as `mosaicOf` asks for them
  const layout = { parameters: offsets.map((offset) => ({ offset })) };
  writeExpansion({ size, layout, parameters }, expansion);
  return parameters;
}

/** The expansion that the parameters of a field hold, restricted to some octaves: the inverse of `writeExpansion`. */
export function readExpansion(
  parameters: Float32Array,
  size: FieldSize,
  [from, to]: Octaves,
): Expansion {
  const grid = gridOf(size);
  const { channels, width } = size;
  const coefficients = new Float64Array(pointsOf(grid.size) * channels);
  const axes = [...grid.size.keys()].reverse();
  const inMosaic = grid.size.map(() => 0);
  for (let n = 0; n < width; n++) {
    const [value, at] = [parameters[n]!, parameters[width + n]!]; // as `mosaicOf` asks for them
    let row = Math.floor(at / channels);
    for (const axis of axes) {
      inMosaic[axis] = row % grid.size[axis]!;
      row = Math.floor(row / grid.size[axis]!);
    }
    const { place, level } = placeAt(inMosaic, grid);
    if (level < from || level >= to) continue;
    const index = place.reduce((sum, i, axis) => sum * grid.size[axis]! + i, 0);
    coefficients[index * channels + (at % channels)]! += value;
  }
  return { grid, channels, coefficients };
}

/** The grid of the signal that a field is fitted to. Throws UserError if it is missing or too large. */
export function gridOf({ grid: samples, channels }: FieldSize): DyadicGrid {
  if (!samples) throw new UserError("a wavelet expansion needs the size of the signal it is for");
  return gridFor(samples, channels);
}
