import { agreeing } from "../../codec/agreeing.ts";
import type { Bounds } from "../../codec/bounds.ts";
import type { Site, TokenLanguage } from "../../codec/index.ts";
import type { Raster } from "../../data/images/raster.ts";
import type { Choosing } from "../choosing.ts";
import { toPlanes } from "../language/color.ts";
import type { ImageLanguage } from "../language/language.ts";
import { pad } from "../language/padding.ts";
import type { Rectangle } from "../rectangle.ts";
import { farthestFromGray, framed, painted } from "./hole.ts";
import { holeEquations } from "./holeEquations.ts";
import { holeOpinion } from "./holeOpinion.ts";
import { type Intervals, type LinearEquation, linearSystem, narrow } from "./intervals.ts";

/**
 * The tokens that agree with `bounds` (those of `aroundHole`) and, as far as bounds propagation can tell, with the pixels
 * around the hole: what is drawn of one coefficient narrows the others. Where nothing is left that way, `bounds` alone
 * decide. Among them those weigh more that `holeOpinion` expects. Every call is for one drawing, whose sites have to be asked
 * for in order.
 */
export function fillHole(
  raster: Raster,
  hole: Rectangle,
  bounds: Bounds,
  language: ImageLanguage,
): () => Choosing {
  const count = bounds.low.length;
  const isFree = (offset: number) => bounds.low[offset] !== bounds.high[offset];
  const equations: LinearEquation[] = [];
  const extra: number[] = [];
  const { rows, columns } = framed(hole, language);
  const { frame, width, height, padding, color } = language;
  const size = frame.height * frame.width;
  for (const [channel, plane] of toPlanes(painted(raster, hole), color).entries()) {
    const pixels = pad(plane, height, width, frame, padding);
    const base = channel * size;
    const found = holeEquations(pixels, { rows, columns }, language, {
      ...{ base, first: count + extra.length },
      isFree: (place) => isFree(base + place),
    });
    equations.push(...found.equations);
    extra.push(...found.extra);
  }
  const system = linearSystem(equations, count + extra.length);
  const start = {
    low: Float64Array.from([...bounds.low, ...extra.map((x) => x - farthestFromGray)]),
    high: Float64Array.from([...bounds.high, ...extra.map((x) => x + farthestFromGray)]),
  };
  widenSums(equations, start, count);

  const always = agreeing(bounds, language.tokens);
  const newOpinion = holeOpinion(raster, hole, bounds, language);
  return () => {
    const all = { low: start.low.slice(), high: start.high.slice() };
    const now = { low: all.low.subarray(0, count), high: all.high.subarray(0, count) };
    const still = agreeing(now, language.tokens);
    const opinion = newOpinion?.();
    const follow = follower(language.tokens, isFree, (offset, low, high) => {
      narrow(system, all, offset, low, high);
      opinion?.learn(offset, low, high);
    });
    return {
      allowed(site, known, position) {
        follow(site, known);
        const allowed = always(site, known, position);
        const both = allowed & still(site, known, position);
        return (both & site.legal) === 0 ? allowed : both;
      },
      ...(opinion && { weigh: opinion.weigh }),
    };
  };
}

/** Approximations are as uncertain as the sums of what they are made of; an equation's last variable is the sum. */
function widenSums(
  equations: readonly LinearEquation[],
  { low, high }: Intervals,
  count: number,
): void {
  for (const { variables, weights, constant } of equations) {
    const last = variables.length - 1;
    const sum = variables[last]!;
    if (sum < count) continue;
    let [least, most] = [-constant, -constant];
    for (let i = 0; i < last; i++) {
      const [weight, v] = [weights[i]!, variables[i]!];
      least += weight * (weight > 0 ? low : high)[v]!;
      most += weight * (weight > 0 ? high : low)[v]!;
    }
    low[sum] = least;
    high[sum] = most;
  }
}

/**
 * Follows a walk by its sites and tells, once for each plane, within which interval a free coefficient lies that the walk
 * has passed.
 */
function follower(
  { scan, geometry, reading }: TokenLanguage,
  isFree: (offset: number) => boolean,
  tell: (offset: number, low: number, high: number) => void,
): (site: Site, known: Float64Array) => void {
  const size = geometry.height * geometry.width;
  const { order } = scan;
  const index = new Int32Array(size);
  for (let k = 0; k < size; k++) index[order[k]!] = k;
  // The free coefficients of all channels in the order of visits.
  const visits = Array.from({ length: geometry.channels * size }, (_, n) => {
    const channel = Math.floor(n / size);
    return { place: n, offset: channel * size + order[n % size]! };
  }).filter(({ offset }) => isFree(offset));
  const cell = reading === "A" ? 1 / 2 : 1 / 4;
  let [threshold, next] = [Number.NaN, 0];

  return (site, known) => {
    const pass = (before: number) => {
      for (; next < visits.length && visits[next]!.place < before; next++) {
        const { offset } = visits[next]!;
        const value = known[offset]!;
        const half = value === 0 ? threshold : cell * threshold;
        tell(offset, value - half, value + half);
      }
    };
    if (site.threshold !== threshold) {
      if (!Number.isNaN(threshold)) pass(Number.POSITIVE_INFINITY);
      [threshold, next] = [site.threshold, 0];
    }
    pass(site.channel * size + index[site.offset % size]!);
  };
}
