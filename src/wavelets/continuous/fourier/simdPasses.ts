import {
  type AssembledFunction,
  add,
  type Code,
  constant,
  get,
  lessThan,
  loadVector,
  loop,
  multiply,
  set,
  shiftLeft,
  shuffle,
  storeVector,
  vector,
} from "../../../wasm/assembler.ts";
import { locals } from "../../../wasm/locals.ts";
import { cos72, cos144, sin72, sin144 } from "./passes.ts";

/** A complex number in the lanes of two vectors. */
interface Complex {
  readonly re: Code;
  readonly im: Code;
}

const plus = (a: Code, b: Code): Code => [...a, ...b, ...vector(0xf0)];
const minus = (a: Code, b: Code): Code => [...a, ...b, ...vector(0xf1)];
const times = (a: Code, b: Code): Code => [...a, ...b, ...vector(0xf2)];
/** The number at an address, in both lanes. */
const splat = (address: Code): Code => [...address, ...vector(0x0a, 0, 0)];
/** The numbers at two addresses. */
const gathered = (first: Code, second: Code): Code => [
  ...second,
  ...splat(first),
  ...vector(0x57, 0, 0, 1),
];
/** The first lanes of two vectors, or the second ones. */
const lanes = (a: Code, b: Code, lane: 0 | 1): Code =>
  shuffle(
    a,
    b,
    [0, 16].flatMap((from) => Array.from({ length: 8 }, (_, byte) => from + 8 * lane + byte)),
  );
/** A number that is known beforehand, in both lanes. */
const both = (value: number): Code =>
  vector(0x0c, ...new Uint8Array(Float64Array.of(value, value).buffer));

/** Computes a vector once, into a local of its own, and gives the code that reads it. */
type Keep = (value: Code) => Code;

/** The values of a pass before they are turned, in the order of operations of passes.ts. */
const butterflies: Readonly<Record<number, (x: readonly Complex[], keep: Keep) => Complex[]>> = {
  2: ([a, b]) => [sum(a!, b!), difference(a!, b!)],
  3: ([a, b, c], keep) => {
    const total = kept(sum(b!, c!), keep);
    const apart = kept(scaled(difference(b!, c!), Math.sqrt(0.75)), keep);
    const middle = kept(difference(a!, scaled(total, 0.5)), keep);
    return [sum(a!, total), turnedBack(middle, apart), turnedOn(middle, apart)];
  },
  4: ([a, b, c, d], keep) => {
    const [even, evenApart] = [sum(a!, c!), difference(a!, c!)].map((x) => kept(x, keep));
    const [odd, oddApart] = [sum(b!, d!), difference(b!, d!)].map((x) => kept(x, keep));
    return [
      sum(even!, odd!),
      turnedBack(evenApart!, oddApart!),
      difference(even!, odd!),
      turnedOn(evenApart!, oddApart!),
    ];
  },
  5: ([a, b, c, d, e], keep) => {
    const [outer, inner] = [sum(b!, e!), sum(c!, d!)].map((x) => kept(x, keep));
    const [out, within] = [difference(b!, e!), difference(c!, d!)].map((x) => kept(x, keep));
    const even = (p: number, q: number) =>
      kept(sum(sum(a!, scaled(outer!, p)), scaled(inner!, q)), keep);
    const [even1, even2] = [even(cos72, cos144), even(cos144, cos72)];
    const odd1 = kept(sum(scaled(out!, sin72), scaled(within!, sin144)), keep);
    const odd2 = kept(difference(scaled(out!, sin144), scaled(within!, sin72)), keep);
    return [
      sum(sum(a!, outer!), inner!),
      turnedBack(even1, odd1),
      turnedBack(even2, odd2),
      turnedOn(even2, odd2),
      turnedOn(even1, odd1),
    ];
  },
};

const kept = ({ re, im }: Complex, keep: Keep): Complex => ({ re: keep(re), im: keep(im) });
const sum = (a: Complex, b: Complex): Complex => ({ re: plus(a.re, b.re), im: plus(a.im, b.im) });
const difference = (a: Complex, b: Complex): Complex => ({
  re: minus(a.re, b.re),
  im: minus(a.im, b.im),
});
const scaled = ({ re, im }: Complex, factor: number): Complex => ({
  re: times(both(factor), re),
  im: times(both(factor), im),
});
/** a − ib. */
const turnedBack = (a: Complex, b: Complex): Complex => ({
  re: plus(a.re, b.im),
  im: minus(a.im, b.re),
});
/** a + ib. */
const turnedOn = (a: Complex, b: Complex): Complex => ({
  re: minus(a.re, b.im),
  im: plus(a.im, b.re),
});

const product = (a: Complex, b: Complex): Complex => ({
  re: minus(times(a.re, b.re), times(a.im, b.im)),
  im: plus(times(a.re, b.im), times(a.im, b.re)),
});

/** The radices whose passes have vectors. */
export const simdRadices = [2, 3, 4, 5] as const;

/**
 * A pass of a radix over sequences that begin at an even place. Its integers are addresses and distances in bytes: the four planes;
 * the distance between values, of which a sequence has `hop` / `stride` in each of its parts; the table of roots and how far apart the
 * roots of two places are.
 */
export function simdPass(radix: (typeof simdRadices)[number]): Omit<AssembledFunction, "name"> {
  const parameters = [
    ...(["fromRe", "fromIm", "toRe", "toIm", "stride", "hop"] as const),
    ...(["rootsRe", "rootsIm", "turn"] as const),
  ] as const;
  const integers = ["at", "end", "target", "root", "re", "im", "x"] as const;
  const l = locals(parameters, integers);
  let vectors = 0;
  const keeper = (code: Code[]): Keep => {
    return (value) => {
      const local = l.vector(vectors++);
      code.push(set(local, value));
      return get(local);
    };
  };
  const places = Array.from({ length: radix }, (_, j) => j);
  const twiddles: Code[] = [];
  const keepTwiddle = keeper(twiddles);
  twiddles.push(set(l.re, get(l.rootsRe)), set(l.im, get(l.rootsIm)));
  const roots = places.slice(1).map((): Complex => {
    twiddles.push(set(l.re, add(get(l.re), get(l.root))), set(l.im, add(get(l.im), get(l.root))));
    return { re: keepTwiddle(splat(get(l.re))), im: keepTwiddle(splat(get(l.im))) };
  });
  const body: Code[] = [];
  const keep = keeper(body);
  body.push(set(l.x, get(l.at)));
  const values = places.map((j): Complex => {
    if (j > 0) body.push(set(l.x, add(get(l.x), get(l.hop))));
    return {
      re: keep(loadVector(add(get(l.fromRe), get(l.x)))),
      im: keep(loadVector(add(get(l.fromIm), get(l.x)))),
    };
  });
  const results = butterflies[radix]!(values, keep);
  body.push(set(l.x, add(get(l.target), get(l.at))));
  results.forEach((result, j) => {
    if (j > 0) body.push(set(l.x, add(get(l.x), get(l.stride))));
    const root = roots[j - 1];
    const { re, im } = root ? kept(result, keep) : result;
    const turned = root ? product({ re, im }, root) : result;
    body.push(storeVector(add(get(l.toRe), get(l.x)), turned.re));
    body.push(storeVector(add(get(l.toIm), get(l.x)), turned.im));
  });
  return {
    ...{ parameters: parameters.length, integers: integers.length, vectors },
    body: [
      ...set(l.at, constant(0)),
      ...set(l.end, constant(0)),
      ...set(l.target, constant(0)),
      ...set(l.root, constant(0)),
      ...loop(
        lessThan(get(l.end), get(l.hop)),
        ...twiddles,
        set(l.end, add(get(l.end), get(l.stride))),
        loop(lessThan(get(l.at), get(l.end)), ...body, set(l.at, add(get(l.at), constant(16)))),
        // The results of a place follow those of the one before: `radix` times as far apart as what they are made of.
        set(l.target, add(get(l.target), multiply(get(l.stride), constant(radix - 1)))),
        set(l.root, add(get(l.root), get(l.turn))),
      ),
    ],
  };
}

/**
 * The first pass of radix 4 over one signal, whose neighbors are different places of one sequence: two places at a time. Its
 * integers are addresses and distances in bytes: the four planes, the distance of the four parts, which are a multiple of two
 * numbers, and the table of roots.
 */
export function simdFirstPass(): Omit<AssembledFunction, "name"> {
  const parameters = [
    ...(["fromRe", "fromIm", "toRe", "toIm"] as const),
    ...(["hop", "rootsRe", "rootsIm"] as const),
  ] as const;
  const integers = ["at", "x"] as const;
  const l = locals(parameters, integers);
  const body: Code[] = [];
  let vectors = 0;
  const keep: Keep = (value) => {
    const local = l.vector(vectors++);
    body.push(set(local, value));
    return get(local);
  };
  /** The roots of places p and p + 1 for the output j: those with the numbers jp and jp + j. */
  const root = (j: number): Complex => {
    const pair = (table: number) => {
      const first = add(get(table), multiply(get(l.at), constant(j)));
      return gathered(first, add(first, constant(8 * j)));
    };
    return { re: keep(pair(l.rootsRe)), im: keep(pair(l.rootsIm)) };
  };
  body.push(set(l.x, get(l.at)));
  const values = [0, 1, 2, 3].map((j): Complex => {
    if (j > 0) body.push(set(l.x, add(get(l.x), get(l.hop))));
    return {
      re: keep(loadVector(add(get(l.fromRe), get(l.x)))),
      im: keep(loadVector(add(get(l.fromIm), get(l.x)))),
    };
  });
  const [first, ...others] = butterflies[4]!(values, keep).map((result) => kept(result, keep));
  const turned = [first!, ...others.map((result, j) => kept(product(result, root(j + 1)), keep))];
  const outputs = [
    [l.toRe, turned.map(({ re }) => re)],
    [l.toIm, turned.map(({ im }) => im)],
  ] as const;
  for (const [to, [a, b, c, d]] of outputs) {
    body.push(set(l.x, add(get(to), shiftLeft(get(l.at), 2))));
    for (const lane of [0, 1] as const)
      for (const [half, [p, q]] of [[a!, b!] as const, [c!, d!] as const].entries())
        body.push(storeVector(get(l.x), lanes(p, q, lane), 32 * lane + 16 * half));
  }
  return {
    ...{ parameters: parameters.length, integers: integers.length, vectors },
    body: [
      ...set(l.at, constant(0)),
      ...loop(lessThan(get(l.at), get(l.hop)), ...body, set(l.at, add(get(l.at), constant(16)))),
    ],
  };
}
