import fc from "fast-check";
import { readSections, writeSections } from "../codec/file/sections.ts";
import type { NpyArray, NpyType } from "../data/formats/npy.ts";
import { createRandom } from "../data/random/random.ts";
import { UserError } from "../errors/userError.ts";
import { sampleCount } from "./axes.ts";
import { decodeArray } from "./decodeArray.ts";
import { elementTypes, rounderOf } from "./elements.ts";
import { encodeArray } from "./encodeArray.ts";

/** Shapes of no axis to four, with empty and single ones, of few samples. */
export const anyShape: fc.Arbitrary<readonly number[]> = fc.oneof(
  fc.constant([]),
  fc.tuple(fc.integer({ min: 0, max: 300 })),
  fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 20 })),
  fc.tuple(...[9, 9, 9].map((max) => fc.integer({ min: 1, max }))),
  fc.tuple(...[4, 5, 5, 5].map((max) => fc.integer({ min: 1, max }))),
);

/** How samples of an array follow one another. */
export type Texture = "smooth" | "rough" | "steps" | "few" | "constant";
const textures: readonly Texture[] = ["smooth", "rough", "steps", "few", "constant"];

/** An array with samples between ±size (whole types: what of it fits) around an offset. */
export function arrayOf(
  type: NpyType,
  shape: readonly number[],
  { texture, size, offset, seed }: Recipe,
): NpyArray {
  const random = createRandom(seed);
  const element = elementTypes[type];
  const round = rounderOf(element);
  const data = element.zeros(sampleCount(shape));
  const width = shape.at(-1) ?? 1;
  const values = [random.uniform(), random.uniform(), -random.uniform()];
  for (let i = 0; i < data.length; i++) {
    const [row, column] = [Math.floor(i / width), i % width];
    const unit = {
      smooth: () => Math.sin(0.3 * column + 0.2 * row),
      rough: () => 2 * random.uniform() - 1,
      steps: () => (column > width / 2 ? 0.8 : -0.7) + 0.01 * random.uniform(),
      few: () => values[Math.floor(3 * random.uniform())]!,
      constant: () => 0.3,
    }[texture]();
    data[i] = round(offset + size * unit);
  }
  return { shape, data };
}

/** What an array is like. */
export interface Recipe {
  readonly texture: Texture;
  readonly size: number;
  readonly offset: number;
  readonly seed: number;
}

/** Arrays of all types, shapes and textures; floating-point samples of any size. */
export const anyArray: fc.Arbitrary<NpyArray & { readonly size: number }> = fc
  .record({
    type: fc.constantFrom(...Object.values(elementTypes).map(({ name }) => name)),
    shape: anyShape,
    texture: fc.constantFrom(...textures),
    seed: fc.nat(),
    octave: fc.integer({ min: -100, max: 100 }),
    shift: fc.constantFrom(0, 0, 1, -30),
  })
  .map(({ type, shape, texture, seed, octave, shift }) => {
    const { range } = elementTypes[type];
    const size = range
      ? Math.min((range[1] - range[0]) / 2, 2 ** (Math.abs(octave) % 30))
      : 2 ** octave;
    const middle = range ? (range[0] + range[1]) / 2 : 0;
    const array = arrayOf(type, shape, { texture, size, offset: middle + shift * size, seed });
    return { ...array, size };
  });

/*
 * Mutated files of arrays: what a decoder must stand. Each follows from a seed and a number, so that one that fails can be made again.
 */

/** The most samples of a mutated file that are decoded. */
const mostSamples = 4096;

/** Files of small arrays of all codings, from which mutations start. */
export function seedFiles(): readonly Uint8Array[] {
  const like = { size: 90, offset: 20 };
  const smooth = arrayOf("f4", [9, 8, 7], { texture: "smooth", seed: 1, ...like });
  const rough = arrayOf("i2", [2, 150], { texture: "rough", seed: 2, ...like });
  const few = arrayOf("u1", [20, 13], { texture: "few", seed: 3, ...like });
  const odd = arrayOf("f8", [40], { texture: "rough", seed: 4, ...like });
  const single = arrayOf("u4", [], { texture: "steps", seed: 5, ...like });
  const empty = arrayOf("i4", [3, 0], { texture: "steps", seed: 6, ...like });
  const aims = [{ maxError: 3 }, { maxError: 0.01 }, { lossless: true }, { bytes: 110 }] as const;
  return [smooth, rough, few, odd, single, empty].flatMap((array) =>
    aims.map((aim) => encodeArray(array, aim, array === rough ? { rate: 8000 } : {}).file),
  );
}

/** The mutation of this number: of one of the files, with checksums repaired in most. */
export function mutated(files: readonly Uint8Array[], number: number): Uint8Array {
  const random = createRandom(number);
  const below = (limit: number) => Math.floor(limit * random.uniform());
  const file = files[below(files.length)]!;
  if (below(4) === 0) return mutateBytes(file, below);
  const sections = [...readSections(file, "the seed")];
  for (let left = 1 + below(3); left > 0; left--) {
    const i = below(sections.length);
    const { type, content } = sections[i]!;
    const what = below(8);
    if (what < 5) sections[i] = { type, content: mutateBytes(content, below), missingBytes: 0 };
    else if (what === 5) sections.splice(i, sections.length > 1 ? 1 : 0);
    else if (what === 6) sections.reverse();
    else sections[i] = { type: "NVCOPx"[below(6)]!, content, missingBytes: 0 };
  }
  const repaired = writeSections(sections);
  return below(8) === 0 ? repaired.slice(0, below(repaired.length)) : repaired;
}

/** Flips a bit, sets a byte, cuts the end off, takes a byte out, puts one in. */
function mutateBytes(bytes: Uint8Array, below: (limit: number) => number): Uint8Array {
  const at = below(bytes.length);
  const value = [0, 1, 127, 128, 255][below(8)] ?? below(256);
  switch (below(6)) {
    case 0:
    case 1:
      return bytes.map((byte, i) => (i === at ? byte ^ (1 << below(8)) : byte));
    case 2:
    case 3:
      return bytes.map((byte, i) => (i === at ? value : byte));
    case 4:
      return bytes.slice(0, at);
    default:
      return Uint8Array.of(...bytes.subarray(0, at), value, ...bytes.subarray(at));
  }
}

/** What became of a mutated file: decoded, or refused; the rest are faults. */
export type Outcome = "decoded" | "cut short" | "refused";

/** Decodes a file as a stranger's. Throws what is a fault: any error that is not a UserError, or an array that is not what its shape says. */
export function outcomeOf(file: Uint8Array): Outcome {
  try {
    const { shape, data, finished } = decodeArray(file, { mostSamples });
    if (data.length !== sampleCount(shape) || data.length > mostSamples)
      throw new Error(`${data.length} samples of ${shape.join("×")}`);
    for (const x of data) if (Number.isNaN(x)) throw new Error("a sample is no number");
    return finished ? "decoded" : "cut short";
  } catch (error) {
    if (error instanceof UserError) return "refused";
    throw error;
  }
}
