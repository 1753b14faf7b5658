import {
  type AssembledFunction,
  add,
  type Code,
  constant,
  get,
  type Lanes,
  loadVector,
  multiply,
  set,
  storeVector,
  zeroVector,
} from "../../../wasm/assembler.ts";
import { locals } from "../../../wasm/locals.ts";
import { alternating, eachLine, everySecond, inBlocks, range, v } from "./passes.ts";

// Filters of two taps: all taps stay in vectors, and samples are taken apart where they are read.

/** How many vectors of each band a block has. */
const wide = 4;

/** Sets four vectors to the four taps in memory. */
const loadTaps = (lanes: Lanes, taps: number, vector: (i: number) => number): Code =>
  range(4).flatMap((i) => set(vector(i), lanes.splat(get(taps), i * lanes.bytes)));

/** `a x + b y`; the 0 of which other sums start makes a sum of two negative zeros positive. */
const sumOfTwo = (lanes: Lanes, [a, x]: readonly [Code, Code], [b, y]: readonly [Code, Code]) =>
  lanes.add(lanes.add(lanes.multiply(a, x), lanes.multiply(b, y)), zeroVector);

/** As `downAlong`. */
export function downPairs(lanes: Lanes): AssembledFunction {
  const parameters = [
    "source",
    "sourceHop",
    "lines",
    "count",
    "taps",
    "lo",
    "hi",
    "targetHop",
  ] as const;
  const integers = ["i", "place", "at", "bytes"] as const;
  const l = locals(parameters, integers);
  const tap = (i: number) => get(l.vector(i));
  const [x, y, even, odd] = [4, 5, 6, 7].map(l.vector) as [number, number, number, number];
  const block = (vectors: number): Code => [
    ...set(l.at, add(get(l.source), multiply(get(l.place), constant(2)))),
    ...range(vectors).flatMap((u) => [
      ...set(x, loadVector(get(l.at), 2 * v * u)),
      ...set(y, loadVector(get(l.at), 2 * v * u + v)),
      ...set(even, everySecond(lanes, get(x), get(y), 0)),
      ...set(odd, everySecond(lanes, get(x), get(y), 1)),
      ...[l.lo, l.hi].flatMap((band, i) =>
        storeVector(
          add(get(band), get(l.place)),
          sumOfTwo(lanes, [tap(i), get(odd)], [tap(2 + i), get(even)]),
          v * u,
        ),
      ),
    ]),
  ];
  return {
    ...{ name: "downPairs", parameters: parameters.length, integers: integers.length, vectors: 8 },
    body: [
      ...loadTaps(lanes, l.taps, l.vector),
      ...set(l.bytes, multiply(get(l.count), constant(lanes.bytes))),
      ...eachLine(l.lines, inBlocks(l.i, l.place, get(l.bytes), v, wide, block), [
        [l.source, l.sourceHop],
        [l.lo, l.targetHop],
        [l.hi, l.targetHop],
      ]),
    ],
  };
}

/** As `upAlong`, for phases that start at the same coefficient, to which `lo` and `hi` point. */
export function upPairs(lanes: Lanes): AssembledFunction {
  const parameters = [
    "lo",
    "hi",
    "sourceHop",
    "lines",
    "pairs",
    "taps",
    "target",
    "targetHop",
  ] as const;
  const integers = ["i", "place", "at", "bytes"] as const;
  const l = locals(parameters, integers);
  const tap = (i: number) => get(l.vector(i));
  const [x, y, even, odd] = [4, 5, 6, 7].map(l.vector) as [number, number, number, number];
  const block = (vectors: number): Code => [
    ...set(l.at, add(get(l.target), multiply(get(l.place), constant(2)))),
    ...range(vectors).flatMap((u) => [
      ...set(x, loadVector(add(get(l.lo), get(l.place)), v * u)),
      ...set(y, loadVector(add(get(l.hi), get(l.place)), v * u)),
      ...[even, odd].flatMap((phase, r) =>
        set(phase, sumOfTwo(lanes, [tap(2 * r), get(x)], [tap(2 * r + 1), get(y)])),
      ),
      ...range(2).flatMap((half) =>
        storeVector(get(l.at), alternating(lanes, get(even), get(odd), half), v * (2 * u + half)),
      ),
    ]),
  ];
  return {
    ...{ name: "upPairs", parameters: parameters.length, integers: integers.length, vectors: 8 },
    body: [
      ...loadTaps(lanes, l.taps, l.vector),
      ...set(l.bytes, multiply(get(l.pairs), constant(lanes.bytes))),
      ...eachLine(l.lines, inBlocks(l.i, l.place, get(l.bytes), v, wide, block), [
        [l.lo, l.sourceHop],
        [l.hi, l.sourceHop],
        [l.target, l.targetHop],
      ]),
    ],
  };
}
