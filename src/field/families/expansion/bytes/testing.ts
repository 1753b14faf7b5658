import { UserError } from "../../../../errors/userError.ts";
import { interpolatingField, packField } from "../../../packedField.ts";
import { readFieldFile, readFieldFileHead } from "./fieldFile.ts";

/** Files of small fields of one to three axes, from which mutations start. */
export function seedFiles(): readonly Uint8Array[] {
  const sizes = [[40], [9, 12], [5, 6, 7]] as const;
  return sizes.flatMap((size) =>
    [1, 3].map((channels) => {
      const points = size.reduce<number>((product, n) => product * n, channels);
      const values = Float32Array.from({ length: points }, (_, i) => Math.sin(i * i) / 2);
      return packField(interpolatingField({ size, channels, values }), 0.05);
    }),
  );
}

/** The most places of a mutated file that are decoded. */
const mostPlaces = 2 ** 16;

/** Decodes a file as a stranger's. Throws what is a fault: any error that is not a UserError, or coefficients that are not numbers. */
export function outcomeOf(file: Uint8Array): "decoded" | "cut short" | "refused" {
  try {
    const { head } = readFieldFileHead(file, "a file");
    const places = head.grid.size.reduce((product, n) => product * n, head.channels);
    if (places > mostPlaces) return "refused";
    const { expansion, finished, missingBytes } = readFieldFile(file, "a file");
    if (expansion.coefficients.length !== places)
      throw new Error(`${expansion.coefficients.length} coefficients of ${places} places`);
    if (!expansion.coefficients.every(Number.isFinite))
      throw new Error("a coefficient is no number");
    return finished && missingBytes === 0 ? "decoded" : "cut short";
  } catch (error) {
    if (error instanceof UserError) return "refused";
    throw error;
  }
}
