import { UserError } from "../../../../errors/userError.ts";
import type { FieldSize, Packing } from "../../../family.ts";
import { describeSignal, pointsOf } from "../../../signal/signal.ts";
import { gridOf, parametersOf, readExpansion } from "../expansionParameters.ts";
import type { Expansion } from "../sparseFit.ts";
import { readFieldFile } from "./fieldFile.ts";
import { packedFit, packedFitOfBytes } from "./packedFit.ts";

/** How the solutions of a wavelet expansion are kept: as a compressed field (`docs/format.md`). */
export const packing: Packing = {
  pack(parameters, size, signal) {
    const solved = readExpansion(parameters, size, [0, Number.POSITIVE_INFINITY]);
    const { file, expansion } = packedFit(signal, solved);
    return { file, size, parameters: parametersOf(expansion, size) };
  },
  solve(signal, bytes) {
    const { file, expansion } = packedFitOfBytes(signal, bytes);
    const size = sizeOf(expansion);
    return { file, size, parameters: parametersOf(expansion, size) };
  },
  unpack(file, size, name) {
    const { expansion, missingBytes } = readFieldFile(file, name);
    const wanted = { size: size.grid ?? [], channels: size.channels };
    const held = { size: expansion.grid.samples, channels: expansion.channels };
    if (describeSignal(held) !== describeSignal(wanted))
      throw new UserError(
        `${name} is a field of ${describeSignal(held)}, not of ${describeSignal(wanted)}`,
        "sizes-differ",
      );
    if (missingBytes > 0)
      throw new UserError(
        `${name} is cut short by ${missingBytes} bytes; what is left of it can be rendered by itself`,
        "damaged-file",
      );
    if (coefficientsOf(expansion) > size.width)
      throw new UserError(
        `${name} has ${coefficientsOf(expansion)} coefficients, its configuration says ${size.width}`,
        "sizes-differ",
      );
    return parametersOf(expansion, size);
  },
  usage(parameters, size) {
    const values = parameters.subarray(0, size.width);
    return {
      coefficients: values.reduce((sum, x) => sum + (x === 0 ? 0 : 1), 0),
      places: pointsOf(gridOf(size).size) * size.channels,
    };
  },
};

/** The size of a field with as many atoms as an expansion has. */
export function sizeOf(expansion: Expansion): FieldSize {
  const { grid, channels } = expansion;
  const width = Math.max(coefficientsOf(expansion), 1);
  return { dimensions: grid.samples.length, channels, width, grid: grid.samples };
}

const coefficientsOf = ({ coefficients }: Expansion): number =>
  coefficients.reduce((sum, x) => sum + (x === 0 ? 0 : 1), 0);
