import { checkFloats, type FloatArray } from "../arrays/floatArray.ts";

/** Throws RangeError unless a band has this many coefficients and the type of the data. */
export function checkBand(band: FloatArray, data: FloatArray, name: string, size: number): void {
  if (band?.length !== size) {
    checkFloats(band, name);
    throw new RangeError(`${name} has ${band.length} coefficients instead of ${size}`);
  }
  if (band.constructor === data.constructor) return;
  checkFloats(band, name);
  throw new RangeError(`${name} is a ${band.constructor.name}, not a ${data.constructor.name}`);
}
