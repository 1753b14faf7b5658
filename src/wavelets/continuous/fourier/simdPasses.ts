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
    const turned = root
      ? {
          re: minus(times(re, root.re), times(im, root.im)),
          im: plus(times(re, root.im), times(im, root.re)),
        }
      : result;
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
