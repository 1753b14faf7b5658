import type { Random } from "../../../data/random/random.ts";
import type { Init } from "../../family.ts";
import type { Signal } from "../../signal/signal.ts";
import { type Singularity, singularitiesOf } from "../../signal/singularities.ts";

/** The initial pose of an atom. */
export interface Placement {
  /** Its center, in samples along each axis, slowest first; (0, …) is the center of the first sample. */
  readonly at: readonly number[];
  /** Its scale: the standard deviation, in samples, of the Gaussian whose derivative has the same peak frequency. */
  readonly scale: number;
  /** The direction in which it oscillates: a unit vector, slowest axis first. */
  readonly direction: readonly number[];
}

/** Scales through which maxima are followed. */
const followed = [1, 2, 4, 8];
/** Scales at which atoms are placed, and the fraction of atoms at each. */
const shares: ReadonlyMap<number, number> = new Map([
  [2, 1 / 2],
  [4, 1 / 4],
  [8, 1 / 4],
]);

/**
 * Poses of `count` atoms (section 5 of Roddenberry et al. 2024) on the singularities of a signal, which are modulus maxima of
 * its luma: drawn with probability proportional to their modulus, no closer to each other than their scale, oscillating along
 * the gradient. If there are too few, the same points are used at twice and at half their scale, then random positions.
 *
 * `random` is the control: the same scales and directions at uniformly random positions, so that any difference is due to the
 * positions alone.
 */
export function placeAtoms(signal: Signal, count: number, init: Init, random: Random): Placement[] {
  const dimensions = signal.size.length;
  const anywhere = () => signal.size.map((length) => length * random.uniform() - 0.5);
  const found = candidates(signal);
  const folded = dimensions > 2 ? inHalfSpace(found) : inHalfPlane(found);
  const chosen = chooseApart(folded, count, random);
  const atFirst = [...chosen];
  for (const factor of [2, 1 / 2]) {
    for (const { at, scale, direction } of atFirst.slice(0, count - chosen.length)) {
      chosen.push({ at, scale: scale * factor, direction });
    }
  }
  const known = chosen.length;
  while (chosen.length < count) {
    const alike = known > 0 ? chosen[random.integer(known)] : undefined;
    const { scale, direction } = alike ?? {
      scale: [2, 4, 8][random.integer(3)]!,
      direction: anyDirection(dimensions, random),
    };
    chosen.push({ at: anywhere(), scale, direction });
  }
  return init === "maxima" ? chosen : chosen.map((placement) => ({ ...placement, at: anywhere() }));
}

/** A placement on a singularity. */
interface Candidate extends Placement {
  /** Relative probability of being chosen: the modulus of the maximum. */
  readonly weight: number;
}

/** Placements on all singularities of a signal. */
function candidates(signal: Signal): Candidate[] {
  const { size } = signal;
  const scales = followed.filter((scale) => scale < Math.min(...size));
  if (scales.length === 0) return [];
  return singularitiesOf(signal, scales).map((found) => {
    const { scale, modulus } = found;
    return { ...poses[size.length - 1]!(found), scale, weight: modulus };
  });
}

/** Where a singularity lies and where its direction points, by the number of axes. */
const poses: readonly ((found: Singularity) => Pick<Placement, "at" | "direction">)[] = [
  ({ x }) => ({ at: [x], direction: [1] }),
  ({ x, y, angle }) => ({ at: [y, x], direction: [Math.sin(angle), Math.cos(angle)] }),
  ({ x, y, z = 0, angle, elevation = 0 }) => {
    const flat = Math.cos(elevation);
    return {
      at: [z, y, x],
      direction: [Math.sin(elevation), flat * Math.sin(angle), flat * Math.cos(angle)],
    };
  },
];

const bins = 12;

/**
 * Flips directions into one half-plane, so that products of atoms stay in it. A direction and its opposite are equivalent for
 * the real part. The border of the half-plane lies where there are the fewest edges (section 4).
 */
function inHalfPlane(found: readonly Candidate[]): Candidate[] {
  const weights = new Float64Array(bins);
  const angles = found.map(({ direction: [y = 0, x = 0] }) => Math.atan2(y, x));
  for (const [i, angle] of angles.entries()) {
    const turn = (angle / Math.PI + 2) % 1;
    weights[Math.floor(turn * bins) % bins]! += found[i]!.weight;
  }
  const border = ((weights.indexOf(Math.min(...weights)) + 0.5) / bins) * Math.PI;
  return found.map((point, i) => {
    if (point.direction.length < 2) return point;
    const inside = Math.cos(angles[i]! - border - Math.PI / 2) >= 0;
    return inside ? point : { ...point, direction: point.direction.map((x) => -x) };
  });
}

/** The same for a volume: the half-space is centered on the axis along which most directions point. */
function inHalfSpace(found: readonly Candidate[]): Candidate[] {
  const along = [0, 1, 2].map((axis) =>
    found.reduce((sum, { direction, weight }) => sum + weight * direction[axis]! ** 2, 0),
  );
  const axis = along.indexOf(Math.max(...along));
  return found.map((point) =>
    point.direction[axis]! >= 0 ? point : { ...point, direction: point.direction.map((x) => -x) },
  );
}

/** Draws points for each scale with probabilities by weight, skipping those too close to one already chosen. */
function chooseApart(found: readonly Candidate[], count: number, random: Random): Placement[] {
  // Sorting by -log(uniform) / weight is weighted drawing without replacement (Efraimidis & Spirakis 2006).
  const keyed = found.map((point) => ({
    point,
    key: -Math.log(1 - random.uniform()) / point.weight,
  }));
  keyed.sort((a, b) => a.key - b.key);
  return [...shares]
    .flatMap(([scale, share]) => {
      const wanted = Math.ceil(share * count);
      const kept: Placement[] = [];
      const taken = new Set<string>();
      for (const { point } of keyed) {
        if (point.scale !== scale || kept.length >= wanted) continue;
        // Cells are as wide as the scale, so only points in neighboring cells can be closer than the scale.
        const cell = point.at.map((x) => Math.floor(x / scale));
        const near = neighbors(cell).some((name) => taken.has(name) && !apart(kept, point));
        if (near) continue;
        taken.add(`${cell}`);
        const { at, direction } = point;
        kept.push({ at, scale, direction });
      }
      return kept;
    })
    .slice(0, count);
}

const neighbors = (cell: readonly number[]): string[] =>
  cell
    .reduce<number[][]>(
      (cells, x) => cells.flatMap((c) => [-1, 0, 1].map((step) => [...c, x + step])),
      [[]],
    )
    .map((c) => `${c}`);

const apart = (kept: readonly Placement[], { at, scale }: Placement): boolean =>
  kept.every((other) => Math.hypot(...at.map((x, k) => x - other.at[k]!)) >= scale);

function anyDirection(dimensions: number, random: Random): number[] {
  const direction = Array.from({ length: dimensions }, () => random.normal());
  const length = Math.hypot(...direction);
  return direction.map((x) => x / length);
}

/** A position in samples as coordinates (see `coordinatesOf`). */
export function toCoordinates(at: readonly number[], size: readonly number[]): number[] {
  const longest = Math.max(...size);
  return at.map((x, axis) => (2 * x + 1 - size[axis]!) / longest);
}

/** The distance of neighboring samples, in coordinates. */
export const samplePitch = (size: readonly number[]): number => 2 / Math.max(...size);
