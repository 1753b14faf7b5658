import type { Random } from "../../data/random/random.ts";

/** How many images of each class start at each plane: `counts[label]` maps log2 T0 to images. Plain JSON. */
export type StartingPlaneCounts = readonly Readonly<Record<string, number>>[];

/** Counts starting planes by class, of `classes` classes. */
export function countStartingPlanes(
  images: Iterable<{ readonly label: number; readonly startingPlane: number }>,
  classes: number,
): StartingPlaneCounts {
  const counts: Record<string, number>[] = Array.from({ length: classes }, () => ({}));
  for (const { label, startingPlane } of images) {
    const row = counts[label];
    if (row) row[startingPlane] = (row[startingPlane] ?? 0) + 1;
  }
  return counts;
}

/** Every plane that occurs in some class. */
function planesOf(counts: StartingPlaneCounts): number[] {
  return [...new Set(counts.flatMap((row) => Object.keys(row)))].map(Number).sort((a, b) => a - b);
}

/** The highest plane that occurs; `otherwise` if there were no images. */
export function highestPlane(counts: StartingPlaneCounts, otherwise: number): number {
  return planesOf(counts).at(-1) ?? otherwise;
}

/** The plane at which most images start, the higher of two that are equally frequent; `otherwise` if there were no images. */
export function usualPlane(counts: StartingPlaneCounts, otherwise: number): number {
  const images = (plane: number) => counts.reduce((sum, row) => sum + (row[plane] ?? 0), 0);
  return planesOf(counts).sort((a, b) => images(b) - images(a) || b - a)[0] ?? otherwise;
}

/**
 * What an image's starting plane costs given its class, in bits: -log2 of its share, counted with add-½ over the planes
 * that occur and one for all that do not.
 */
export function startingPlaneBits(
  counts: StartingPlaneCounts,
  label: number,
  plane: number,
): number {
  const row = counts[label] ?? {};
  const kinds = planesOf(counts).length + 1;
  const total = Object.values(row).reduce((sum, n) => sum + n, 0) + kinds / 2;
  return -Math.log2(((row[plane] ?? 0) + 0.5) / total);
}

/** Draws a starting plane from those of a class (of all classes, if it had no images). */
export function drawStartingPlane(
  counts: StartingPlaneCounts,
  label: number,
  random: Random,
): number {
  const own = Object.entries(counts[label] ?? {});
  const rows = own.length > 0 ? own : counts.flatMap((row) => Object.entries(row));
  const total = rows.reduce((sum, [, n]) => sum + n, 0);
  let left = random.uniform() * total;
  for (const [plane, n] of rows) {
    left -= n;
    if (left < 0) return Number(plane);
  }
  throw new RangeError("no images were counted to draw a starting plane from");
}
