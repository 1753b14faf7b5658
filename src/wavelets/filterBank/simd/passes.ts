import {
  type AssembledFunction,
  add,
  and,
  atMost,
  type Code,
  constant,
  get,
  type Lanes,
  lessThan,
  loadVector,
  loop,
  multiply,
  select,
  set,
  shiftRight,
  shuffle,
  storeVector,
  subtract,
  zeroVector,
} from "../../../wasm/assembler.ts";
import { locals } from "../../../wasm/locals.ts";

/** The number of bytes of a vector. */
export const v = 16;

export const increase = (local: number, by: Code): Code => set(local, add(get(local), by));
export const decrease = (local: number, by: Code): Code => set(local, subtract(get(local), by));
/** Runs the body for each of `lines` lines and moves each pointer on by its hop after it. */
export const eachLine = (
  lines: number,
  body: Code,
  moves: readonly (readonly [pointer: number, hop: number])[],
): Code =>
  loop(
    lessThan(constant(0), get(lines)),
    body,
    ...moves.map(([pointer, hop]) => increase(pointer, get(hop))),
    decrease(lines, constant(1)),
  );
export const range = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => i);

/**
 * Runs `block(width)` for the positions `at` from 0 to `end`, `wide` vectors at a time while they fit, then one at a time. The last
 * one can overlap the one before. `unit` is the increment of `at` per vector.
 */
export function inBlocks(
  at: number,
  place: number,
  end: Code,
  unit: number,
  wide: number,
  block: (vectors: number) => Code,
): Code {
  return [
    ...set(at, constant(0)),
    ...loop(
      atMost(add(get(at), constant(wide * unit)), end),
      set(place, get(at)),
      block(wide),
      increase(at, constant(wide * unit)),
    ),
    ...loop(
      lessThan(get(at), end),
      set(place, subtract(end, constant(unit))),
      set(place, select(get(at), get(place), lessThan(get(at), get(place)))),
      block(1),
      increase(at, constant(unit)),
    ),
  ];
}

/** The even (0) or odd (1) numbers of two vectors that follow each other. */
export const everySecond = (lanes: Lanes, a: Code, b: Code, parity: number): Code =>
  shuffle(
    a,
    b,
    bytesOf(lanes, (k) => 2 * k + parity),
  );

/** The first (0) or second (1) vector of even and odd numbers in turns. */
export const alternating = (lanes: Lanes, even: Code, odd: Code, half: number): Code => {
  const all = v / lanes.bytes;
  return shuffle(
    even,
    odd,
    bytesOf(lanes, (k) => (half * all) / 2 + (k >> 1) + (k & 1) * all),
  );
};

/** The bytes of the numbers `numberOf(0)`, `numberOf(1)`, … of two vectors. */
const bytesOf = (lanes: Lanes, numberOf: (k: number) => number): Code =>
  range(v / lanes.bytes).flatMap((k) =>
    range(lanes.bytes).map((byte) => numberOf(k) * lanes.bytes + byte),
  );

/** Locals of a block of vectors: one sum per vector and band, and the factors of a tap. */
interface Block {
  readonly low: (u: number) => number;
  readonly high: (u: number) => number;
  readonly a: number;
  readonly b: number;
  readonly x: number;
  /** The address of the tap; the high-pass tap follows the low-pass tap. */
  readonly tap: number;
}

/** The first eleven vectors of a function, at most four per band. */
const blockOf = (l: { readonly tap: number; readonly vector: (i: number) => number }): Block => {
  return {
    low: (u) => l.vector(u),
    high: (u) => l.vector(4 + u),
    ...{ a: l.vector(8), b: l.vector(9), x: l.vector(10), tap: l.tap },
  };
};

const clear = ({ low, high }: Block, vectors: number): Code =>
  range(vectors).flatMap((u) => [...set(low(u), zeroVector), ...set(high(u), zeroVector)]);

/** The tap of both filters, at an offset in bytes. */
const loadTap = (lanes: Lanes, { a, b, tap }: Block, offset = 0): Code => [
  ...set(a, lanes.splat(get(tap), offset)),
  ...set(b, lanes.splat(get(tap), offset + lanes.bytes)),
];

/** Adds a tap of both filters times one line of samples to both bands. */
function addTap(lanes: Lanes, block: Block, source: number, vectors: number, offset = 0): Code {
  const { low, high, a, b, x } = block;
  return [
    ...loadTap(lanes, block, offset),
    ...range(vectors).flatMap((u) => [
      ...set(x, loadVector(get(source), v * u)),
      ...set(low(u), lanes.add(get(low(u)), lanes.multiply(get(a), get(x)))),
      ...set(high(u), lanes.add(get(high(u)), lanes.multiply(get(b), get(x)))),
    ]),
  ];
}

/** Adds a tap of each filter times its own band to the sum of that band. */
function addTapOfBands(
  lanes: Lanes,
  block: Block,
  [lo, hi]: readonly [number, number],
  vectors: number,
): Code {
  const { low, high, a, b, x } = block;
  return [
    ...loadTap(lanes, block),
    ...range(vectors).flatMap((u) => [
      ...set(x, loadVector(get(lo), v * u)),
      ...set(low(u), lanes.add(get(low(u)), lanes.multiply(get(a), get(x)))),
      ...set(x, loadVector(get(hi), v * u)),
      ...set(high(u), lanes.add(get(high(u)), lanes.multiply(get(b), get(x)))),
    ]),
  ];
}

/** Stores the sums at a position of both bands. */
const storeBands = (
  { low, high }: Block,
  { lo, hi, place }: { readonly lo: number; readonly hi: number; readonly place: number },
  vectors: number,
): Code =>
  range(vectors).flatMap((u) => [
    ...storeVector(add(get(lo), get(place)), get(low(u)), v * u),
    ...storeVector(add(get(hi), get(place)), get(high(u)), v * u),
  ]);

/** The order of the taps is low, high, low, high, … */
export function downAcross(lanes: Lanes): AssembledFunction {
  const parameters = [
    ...(["source", "sourceStep", "inner", "count", "taps", "length", "lo", "hi"] as const),
    "targetStep",
  ] as const;
  const integers = ["i", "place", "at", "tap", "end", "row"] as const;
  const l = locals(parameters, integers);
  const sums = blockOf(l);
  const block = (vectors: number): Code => [
    ...clear(sums, vectors),
    ...set(l.at, add(get(l.row), get(l.place))),
    ...set(l.tap, get(l.taps)),
    ...loop(
      lessThan(get(l.tap), get(l.end)),
      addTap(lanes, sums, l.at, vectors),
      decrease(l.at, get(l.sourceStep)),
      increase(l.tap, constant(2 * lanes.bytes)),
    ),
    ...storeBands(sums, l, vectors),
  ];
  return {
    ...{
      name: "downAcross",
      parameters: parameters.length,
      integers: integers.length,
      vectors: 11,
    },
    body: [
      ...set(l.end, add(get(l.taps), multiply(get(l.length), constant(2 * lanes.bytes)))),
      ...set(
        l.row,
        add(get(l.source), multiply(subtract(get(l.length), constant(1)), get(l.sourceStep))),
      ),
      ...loop(
        lessThan(constant(0), get(l.count)),
        inBlocks(l.i, l.place, get(l.inner), v, 4, block),
        increase(l.row, multiply(get(l.sourceStep), constant(2))),
        increase(l.lo, get(l.targetStep)),
        increase(l.hi, get(l.targetStep)),
        decrease(l.count, constant(1)),
      ),
    ],
  };
}

/** Separates the even and odd samples of a line first, so that a vector of outputs reads vectors. */
export function downAlong(lanes: Lanes): AssembledFunction {
  const parameters = [
    ...([
      "source",
      "sourceHop",
      "lines",
      "count",
      "taps",
      "half",
      "lo",
      "hi",
      "targetHop",
    ] as const),
    ...(["even", "odd"] as const),
  ] as const;
  const integers = ["i", "place", "at", "other", "tap", "end", "bytes", "pairs"] as const;
  const l = locals(parameters, integers);
  const sums = blockOf(l);
  const [x, y] = [sums.x, l.vector(11)];
  const setApart: Code = [
    ...set(l.i, constant(0)),
    ...loop(
      lessThan(get(l.i), get(l.pairs)),
      set(l.at, add(get(l.source), multiply(get(l.i), constant(2)))),
      set(x, loadVector(get(l.at))),
      set(y, loadVector(get(l.at), v)),
      storeVector(add(get(l.even), get(l.i)), everySecond(lanes, get(x), get(y), 0)),
      storeVector(add(get(l.odd), get(l.i)), everySecond(lanes, get(x), get(y), 1)),
      increase(l.i, constant(v)),
    ),
  ];
  const block = (vectors: number): Code => [
    ...clear(sums, vectors),
    ...set(
      l.at,
      add(get(l.place), multiply(subtract(get(l.half), constant(1)), constant(lanes.bytes))),
    ),
    ...set(l.other, add(get(l.at), get(l.even))),
    ...increase(l.at, get(l.odd)),
    ...set(l.tap, get(l.taps)),
    ...loop(
      lessThan(get(l.tap), get(l.end)),
      addTap(lanes, sums, l.at, vectors),
      addTap(lanes, sums, l.other, vectors, 2 * lanes.bytes),
      decrease(l.at, constant(lanes.bytes)),
      decrease(l.other, constant(lanes.bytes)),
      increase(l.tap, constant(4 * lanes.bytes)),
    ),
    ...storeBands(sums, l, vectors),
  ];
  return {
    ...{ name: "downAlong", parameters: parameters.length, integers: integers.length, vectors: 12 },
    body: [
      ...set(l.end, add(get(l.taps), multiply(get(l.half), constant(4 * lanes.bytes)))),
      ...set(l.bytes, multiply(get(l.count), constant(lanes.bytes))),
      ...set(l.pairs, add(get(l.bytes), multiply(get(l.half), constant(lanes.bytes)))),
      ...eachLine(
        l.lines,
        [...setApart, ...inBlocks(l.i, l.place, get(l.bytes), v, 4, block)],
        [
          [l.source, l.sourceHop],
          [l.lo, l.targetHop],
          [l.hi, l.targetHop],
        ],
      ),
    ],
  };
}

/** The order of the taps is those for even samples, then those for odd samples, each as low, high, low, high, … */
export function upAcross(lanes: Lanes): AssembledFunction {
  const parameters = [
    ...([
      "lo",
      "hi",
      "sourceStep",
      "inner",
      "length",
      "taps",
      "half",
      "evenBase",
      "oddBase",
    ] as const),
    ...(["target", "targetStep"] as const),
  ] as const;
  const integers = [
    "i",
    "place",
    "at",
    "other",
    "tap",
    "first",
    "end",
    "row",
    "n",
    "bytes",
  ] as const;
  const l = locals(parameters, integers);
  const sums = blockOf(l);
  const { low, high } = sums;
  const block = (vectors: number): Code => [
    ...clear(sums, vectors),
    ...set(l.at, add(get(l.row), get(l.place))),
    ...set(l.other, add(get(l.at), get(l.hi))),
    ...increase(l.at, get(l.lo)),
    ...set(l.tap, get(l.first)),
    ...loop(
      lessThan(get(l.tap), get(l.end)),
      addTapOfBands(lanes, sums, [l.at, l.other], vectors),
      decrease(l.at, get(l.sourceStep)),
      decrease(l.other, get(l.sourceStep)),
      increase(l.tap, constant(2 * lanes.bytes)),
    ),
    ...range(vectors).flatMap((u) =>
      storeVector(add(get(l.target), get(l.place)), lanes.add(get(low(u)), get(high(u))), v * u),
    ),
  ];
  const odd = and(get(l.n), constant(1));
  return {
    ...{ name: "upAcross", parameters: parameters.length, integers: integers.length, vectors: 11 },
    body: [
      ...set(l.bytes, multiply(get(l.half), constant(2 * lanes.bytes))),
      ...set(l.n, constant(0)),
      ...loop(
        lessThan(get(l.n), get(l.length)),
        set(l.first, add(get(l.taps), multiply(get(l.bytes), odd))),
        set(l.end, add(get(l.first), get(l.bytes))),
        set(l.row, add(shiftRight(get(l.n), 1), select(get(l.oddBase), get(l.evenBase), odd))),
        set(l.row, multiply(get(l.row), get(l.sourceStep))),
        inBlocks(l.i, l.place, get(l.inner), v, 4, block),
        increase(l.target, get(l.targetStep)),
        increase(l.n, constant(1)),
      ),
    ],
  };
}

/**
 * As {@link upAlong}, for phases that start at the same coefficient, to which `lo` and `hi` point: each vector of coefficients is
 * read once for both.
 */
export function upTogether(lanes: Lanes): AssembledFunction {
  const parameters = [
    ...([
      "lo",
      "hi",
      "sourceHop",
      "lines",
      "pairs",
      "taps",
      "half",
      "target",
      "targetHop",
    ] as const),
  ] as const;
  const integers = ["i", "place", "at", "other", "tap", "odd", "end", "bytes", "size"] as const;
  const l = locals(parameters, integers);
  /** The sum of a phase (0 even, 1 odd) over a band (0 low, 1 high). */
  const sum = (phase: number, band: number, u: number) => l.vector(4 * u + 2 * phase + band);
  const factor = (phase: number, band: number) => l.vector(8 + 2 * phase + band);
  const x = l.vector(12);
  const all = (vectors: number, of: (phase: number, band: number, u: number) => Code) =>
    range(4 * vectors).flatMap((i) => of((i >> 1) & 1, i & 1, i >> 2));
  const block = (vectors: number): Code => [
    ...all(vectors, (phase, band, u) => set(sum(phase, band, u), zeroVector)),
    ...set(l.at, add(get(l.lo), get(l.place))),
    ...set(l.other, add(get(l.hi), get(l.place))),
    ...set(l.tap, get(l.taps)),
    ...set(l.end, add(get(l.taps), get(l.bytes))),
    ...set(l.odd, get(l.end)),
    ...loop(
      lessThan(get(l.tap), get(l.end)),
      all(1, (phase, band) =>
        set(factor(phase, band), lanes.splat(get(phase === 0 ? l.tap : l.odd), band * lanes.bytes)),
      ),
      range(2 * vectors).flatMap((i) => {
        const [u, band] = [i >> 1, i & 1];
        const added = (phase: number) =>
          set(
            sum(phase, band, u),
            lanes.add(get(sum(phase, band, u)), lanes.multiply(get(factor(phase, band)), get(x))),
          );
        const samples = loadVector(get(band === 0 ? l.at : l.other), v * u);
        return [...set(x, samples), ...added(0), ...added(1)];
      }),
      decrease(l.at, constant(lanes.bytes)),
      decrease(l.other, constant(lanes.bytes)),
      increase(l.tap, constant(2 * lanes.bytes)),
      increase(l.odd, constant(2 * lanes.bytes)),
    ),
    ...set(l.at, add(get(l.target), multiply(get(l.place), constant(2)))),
    ...range(vectors).flatMap((u) => {
      const [even, odd] = [0, 1].map((phase) =>
        lanes.add(get(sum(phase, 0, u)), get(sum(phase, 1, u))),
      ) as [Code, Code];
      return [
        ...set(sum(0, 0, u), even),
        ...set(sum(1, 0, u), odd),
        ...range(2).flatMap((half) =>
          storeVector(
            get(l.at),
            alternating(lanes, get(sum(0, 0, u)), get(sum(1, 0, u)), half),
            v * (2 * u + half),
          ),
        ),
      ];
    }),
  ];
  return {
    ...{ name: "upTogether", parameters: parameters.length, integers: integers.length },
    vectors: 13,
    body: [
      ...set(l.bytes, multiply(get(l.half), constant(2 * lanes.bytes))),
      ...set(l.size, multiply(get(l.pairs), constant(lanes.bytes))),
      ...eachLine(l.lines, inBlocks(l.i, l.place, get(l.size), v, 2, block), [
        [l.lo, l.sourceHop],
        [l.hi, l.sourceHop],
        [l.target, l.targetHop],
      ]),
    ],
  };
}

/**
 * Computes a vector of even samples and one of odd samples and interleaves them. For a line of odd length one number too many is
 * written; the next line or result overwrites it.
 */
export function upAlong(lanes: Lanes): AssembledFunction {
  const parameters = [
    ...([
      "lo",
      "hi",
      "sourceHop",
      "lines",
      "pairs",
      "taps",
      "half",
      "evenBase",
      "oddBase",
    ] as const),
    ...(["target", "targetHop"] as const),
  ] as const;
  const integers = ["i", "place", "at", "other", "tap", "end", "bytes", "size"] as const;
  const l = locals(parameters, integers);
  // Two vectors of even samples, and two of odd samples.
  const sums = ([0, 1] as const).map((r) => {
    const { low, high, ...rest } = blockOf(l);
    return { ...rest, low: (u: number) => low(2 * r + u), high: (u: number) => high(2 * r + u) };
  });
  const low = (r: 0 | 1, u: number) => sums[r]!.low(u);
  const phase = (r: 0 | 1, base: number, vectors: number): Code => [
    ...clear(sums[r]!, vectors),
    ...set(l.at, add(get(l.place), multiply(get(base), constant(lanes.bytes)))),
    ...set(l.other, add(get(l.at), get(l.hi))),
    ...increase(l.at, get(l.lo)),
    ...set(l.tap, r === 0 ? get(l.taps) : add(get(l.taps), get(l.bytes))),
    ...set(l.end, add(get(l.tap), get(l.bytes))),
    ...loop(
      lessThan(get(l.tap), get(l.end)),
      addTapOfBands(lanes, sums[r]!, [l.at, l.other], vectors),
      decrease(l.at, constant(lanes.bytes)),
      decrease(l.other, constant(lanes.bytes)),
      increase(l.tap, constant(2 * lanes.bytes)),
    ),
    ...range(vectors).flatMap((u) =>
      set(low(r, u), lanes.add(get(low(r, u)), get(sums[r]!.high(u)))),
    ),
  ];
  const block = (vectors: number): Code => [
    ...phase(0, l.evenBase, vectors),
    ...phase(1, l.oddBase, vectors),
    ...set(l.at, add(get(l.target), multiply(get(l.place), constant(2)))),
    ...range(vectors).flatMap((u) =>
      [0, 1].flatMap((half) =>
        storeVector(
          get(l.at),
          alternating(lanes, get(low(0, u)), get(low(1, u)), half),
          v * (2 * u + half),
        ),
      ),
    ),
  ];
  return {
    ...{ name: "upAlong", parameters: parameters.length, integers: integers.length, vectors: 11 },
    body: [
      ...set(l.bytes, multiply(get(l.half), constant(2 * lanes.bytes))),
      ...set(l.size, multiply(get(l.pairs), constant(lanes.bytes))),
      ...eachLine(l.lines, inBlocks(l.i, l.place, get(l.size), v, 2, block), [
        [l.lo, l.sourceHop],
        [l.hi, l.sourceHop],
        [l.target, l.targetHop],
      ]),
    ],
  };
}
