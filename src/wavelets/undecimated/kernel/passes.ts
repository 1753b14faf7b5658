import {
  type AssembledFunction,
  add,
  type Code,
  constant,
  get,
  type Lanes,
  lessThan,
  loadInteger,
  loadVector,
  loop,
  set,
  storeVector,
  zeroVector,
} from "../../../wasm/assembler.ts";
import { locals } from "../../../wasm/locals.ts";
import { eachLine, inBlocks, increase, range, v } from "../../filterBank/simd/passes.ts";

/** Bytes of a tap: its shift in bytes as an integer, then, after 8 bytes, one weight or two. */
export const tapBytes = 24;
/** Where the first weight of a tap is. */
export const weightAt = 8;

/** Sums over the taps of 1 or 2 filters, `wide` vectors of each at a time: lines from `source` to one or two targets. */
function shifted(lanes: Lanes, filters: 1 | 2): Omit<AssembledFunction, "name"> {
  const wide = filters === 1 ? 8 : 4;
  const parameters = [
    ...(["source", "sourceHop", "lines", "bytes", "taps", "end", "target", "other"] as const),
    "targetHop",
  ] as const;
  const integers = ["i", "place", "tap", "at"] as const;
  const l = locals(parameters, integers);
  const sum = (filter: number, u: number) => l.vector(wide * filter + u);
  const weight = (filter: number) => l.vector(8 + filter);
  const x = l.vector(10);
  const all = range(filters);
  const block = (vectors: number): Code => [
    ...all.flatMap((k) => range(vectors).flatMap((u) => set(sum(k, u), zeroVector))),
    ...set(l.tap, get(l.taps)),
    ...loop(
      lessThan(get(l.tap), get(l.end)),
      set(l.at, add(add(get(l.source), get(l.place)), loadInteger(get(l.tap)))),
      all.flatMap((k) => set(weight(k), lanes.splat(get(l.tap), weightAt + k * lanes.bytes))),
      range(vectors).flatMap((u) => [
        ...set(x, loadVector(get(l.at), v * u)),
        ...all.flatMap((k) =>
          set(sum(k, u), lanes.add(get(sum(k, u)), lanes.multiply(get(weight(k)), get(x)))),
        ),
      ]),
      increase(l.tap, constant(tapBytes)),
    ),
    ...all.flatMap((k) =>
      range(vectors).flatMap((u) =>
        storeVector(add(get(k === 0 ? l.target : l.other), get(l.place)), get(sum(k, u)), v * u),
      ),
    ),
  ];
  return {
    ...{ parameters: parameters.length, integers: integers.length, vectors: 11 },
    body: eachLine(l.lines, inBlocks(l.i, l.place, get(l.bytes), v, wide, block), [
      [l.source, l.sourceHop],
      [l.target, l.targetHop],
      [l.other, l.targetHop],
    ]),
  };
}

/** One filter: every block of results is a sum over the taps. */
export const filter = (lanes: Lanes) => shifted(lanes, 1);
/** Two filters with taps at the same places. */
export const filterBoth = (lanes: Lanes) => shifted(lanes, 2);
