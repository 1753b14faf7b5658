import { bandPlan } from "../../codec/planes/bandPlan.ts";
import { createRandom } from "../../data/random/random.ts";
import type { Analysis } from "./codePicture.ts";

/** What is estimated from: the coefficients of a picture, or of some of its regions. */
export type Sample = Pick<Analysis, "plan" | "coefficients">;

/** Rows and columns of a region, and how many of them lie side by side in a sample. */
const [side, together] = [128, 8];
/** Pictures of fewer pixels than this many samples are their own sample. */
const leastSamples = 2;

/**
 * The coefficients of some regions of a large picture, side by side as if they were one: one at a random place in each cell of a grid.
 * A small picture is its own sample.
 */
export function sampleOf({ plan, coefficients }: Sample): Sample {
  const { channels, height, width, levels } = plan.extent;
  const unit = 2 ** levels;
  const size = side * together;
  const isLarge = width * height >= leastSamples * size * size;
  if (!isLarge || Math.min(width, height) < size || side % unit !== 0)
    return { plan, coefficients };
  const own = bandPlan({ channels, height: size, width: size, levels }, () => 0);
  const into = new Float32Array(own.length);
  const random = createRandom(1);
  for (let i = 0; i < together; i++)
    for (let j = 0; j < together; j++) {
      // In units of the coarsest coefficients, which regions share with no others.
      const [top, left] = [placeIn(i, height), placeIn(j, width)];
      for (const [k, band] of own.bands.entries()) {
        const source = plan.bands[k]!; // the same bands in the same order
        const scale = band.height / size; // a power of two
        const rows = side * scale;
        for (let row = 0; row < rows; row++) {
          const from = source.start + (top * scale + row) * source.stride + left * scale;
          const to = band.start + (i * rows + row) * band.stride + j * rows;
          for (let column = 0; column < rows; column++)
            into[to + column] = coefficients[from + column]!;
        }
      }
    }
  return { plan: own, coefficients: into };

  /** A random place in a cell of the grid, at which a coarsest coefficient begins. */
  function placeIn(cell: number, length: number): number {
    const whole = Math.floor(length / unit) - side / unit;
    return unit * Math.floor((whole * (cell + random.uniform())) / together);
  }
}
