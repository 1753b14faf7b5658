import { type Collective, collectiveSeconds, type Link } from "./collectives.ts";

/** A measured call: how long it took with so many bytes. */
export interface NetworkPoint {
  readonly call: Collective;
  readonly bytes: number;
  readonly seconds: number;
}

/** A link that explains measured calls. */
export interface FittedLink extends Link {
  /** The median over the points of |predicted − measured| / measured. */
  readonly deviation: number;
}

/** Steps of the search in the logarithm: where it begins, and where it ends. */
const [widest, finest] = [2, 1e-7];

/** Logarithms of ratios below count by their square, those above by their size: a few disturbed calls do not matter. */
const ordinary = 0.1;

/**
 * The latency and bandwidth that explain measured calls of `ranks` ranks best. Times span six orders of magnitude, so that
 * the logarithms of predicted / measured are made small, in the sense of the pseudo-Huber loss δ² (√(1 + (r / δ)²) − 1);
 * found by a search along the axes and diagonals of (log α, log β), with steps that are halved where none is better. Throws
 * RangeError where fewer than two different lengths were measured.
 */
export function fitLink(points: readonly NetworkPoint[], ranks: number): FittedLink {
  if (new Set(points.map(({ bytes }) => bytes)).size < 2 || ranks < 2) {
    throw new RangeError("a link is fitted to calls of two lengths or more, of two ranks or more");
  }
  const predicted = ({ call, bytes }: NetworkPoint, link: Link) =>
    collectiveSeconds(call, ranks, bytes, link);
  const loss = (link: Link) =>
    points.reduce((sum, point) => {
      const ratio = Math.log(predicted(point, link) / point.seconds) / ordinary;
      return sum + Math.sqrt(1 + ratio * ratio) - 1;
    }, 0);
  let link = firstGuess(points);
  let least = loss(link);
  for (let step = widest; step > finest; ) {
    const best = directions
      .map(([a, b]) => ({
        latency: link.latency * Math.exp(a * step),
        bandwidth: link.bandwidth * Math.exp(b * step),
      }))
      .reduce((one, other) => (loss(other) < loss(one) ? other : one), link);
    if (loss(best) < least) [link, least] = [best, loss(best)];
    else step /= 2;
  }
  const deviations = points.map((point) => Math.abs(predicted(point, link) / point.seconds - 1));
  return { ...link, deviation: deviations.toSorted((a, b) => a - b)[deviations.length >> 1]! }; // two or more
}

/** The eight neighbors of a point in the plane. */
const directions = [-1, 0, 1].flatMap((a) => [-1, 0, 1].map((b) => [a, b] as const));

/** A link as if the shortest call were one message, and the longest one too. */
function firstGuess(points: readonly NetworkPoint[]): Link {
  const sorted = points.toSorted((a, b) => a.bytes - b.bytes);
  const [shortest, longest] = [sorted[0]!, sorted.at(-1)!]; // two or more
  return { latency: shortest.seconds, bandwidth: longest.bytes / longest.seconds };
}
