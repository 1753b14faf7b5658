import fc from "fast-check";
import type { NpyArray, NpyType } from "../data/formats/npy.ts";
import { createRandom } from "../data/random/random.ts";
import { sampleCount } from "./axes.ts";
import { elementTypes, rounderOf } from "./elements.ts";

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
