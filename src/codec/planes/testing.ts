import fc from "fast-check";
import { type BandPlan, bandPlan, type CodeOrder, type Extent } from "./bandPlan.ts";
import { type Known, planeOfFound } from "./known.ts";

/** Extents of one coefficient up to 30×20, with so many levels that some bands are empty. */
export const anyExtent: fc.Arbitrary<Extent> = fc.record({
  channels: fc.integer({ min: 1, max: 3 }),
  height: fc.integer({ min: 1, max: 20 }),
  width: fc.integer({ min: 1, max: 30 }),
  levels: fc.integer({ min: 0, max: 6 }),
});

/** A plan of whose bands each ends at a plane of its own. */
export const anyPlan: fc.Arbitrary<BandPlan> = fc
  .tuple(
    anyExtent,
    fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 7 }),
    fc.constantFrom<CodeOrder>("quality", "resolution"),
  )
  .map(([extent, planes, order]) =>
    bandPlan(
      extent,
      ({ channel, level, band }) => planes[(5 * channel + 3 * level + band) % planes.length]!,
      order,
    ),
  );

/** Calls back with the place of each coefficient of a plan in its arrays, and the index of its band. */
export function eachPlace(plan: BandPlan, visit: (place: number, band: number) => void): void {
  for (const [i, { start, stride, height, width }] of plan.bands.entries())
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) visit(start + row * stride + column, i);
}

/** Coefficients of a plan whose magnitudes spread over `octaves`: mostly small ones and a few large ones, as pictures have them. */
export function coefficientsOf(plan: BandPlan, seed: number, octaves: number): Float64Array {
  const values = new Float64Array(plan.length);
  let state = seed | 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  eachPlace(plan, (place) => {
    const size = 2 ** (octaves * next() * next() * next()) - 1;
    values[place] = next() < 0.5 ? -size : size;
  });
  return values;
}

/** A plan with coefficients. */
export const anyCoefficients = fc
  .record({
    plan: anyPlan,
    seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    octaves: fc.constantFrom(0, 1, 4, 10, 20, 25.9),
  })
  .map(({ plan, seed, octaves }) => ({ plan, coefficients: coefficientsOf(plan, seed, octaves) }));

/** Whether what is known of a coefficient is true of a value. */
export function isTrueOf({ estimates, signs }: Known, place: number, value: number): boolean {
  const estimate = estimates[place]!;
  const size = Math.abs(value);
  // Of one that was not found: it was silent in a plane, or in none, and its whole plane is open.
  if (signs[place] === 0) return Math.floor(size) < 2 * (estimate / 5);
  const length = 2 ** planeOfFound(estimate);
  const least = estimate / 16 - length / 2;
  return Math.sign(value) === signs[place] && size >= least && size < least + length;
}
