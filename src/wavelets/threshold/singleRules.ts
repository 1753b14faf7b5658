import {
  add,
  andVectors,
  type Code,
  constant,
  doubles,
  get,
  lessThan,
  loop,
  set,
  vector,
  xorVectors,
  zeroVector,
} from "../../wasm/assembler.ts";
import { selectBits } from "../../wasm/floats.ts";
import { instantiate } from "../../wasm/instantiate.ts";
import { locals } from "../../wasm/locals.ts";

// Two double-precision numbers at a time.
const pairOf =
  (operation: number) =>
  (a: Code, b: Code): Code => [...a, ...b, ...vector(operation)];
const [minus, times, over] = [pairOf(0xf1), pairOf(0xf2), pairOf(0xf3)];
const [isLess, isGreater, isAtMost] = [pairOf(0x49), pairOf(0x4a), pairOf(0x4b)];
const modulus = (a: Code): Code => [...a, ...vector(0xec)];
/** Two floats at an address, and the storing of two floats there, in double precision. */
const loadFloats = (address: Code, offset: number): Code => [
  ...[...address, ...vector(0x5d, 0, offset)],
  ...vector(0x5f),
];
const storeFloats = (address: Code, value: Code, offset: number): Code => [
  ...[...address, ...value, ...vector(0x5e)],
  ...vector(0x5b, 0, offset, 0),
];

/** What is made of the numbers x, with constants that are named by the callers. */
type Rule = (x: Code, constants: readonly Code[]) => Code;

/** x − c with the sign of x; minus 0 counts as positive, as in a comparison with 0. */
const towardZero = (x: Code, c: Code, sign: Code): Code =>
  minus(x, xorVectors(c, andVectors(isLess(x, zeroVector), sign)));

/** `kept` where x does not lie below the threshold, otherwise the substitute. */
const unless = (isBelow: Code, substitute: Code, kept: Code): Code =>
  selectBits(substitute, kept, isBelow);

const rules = {
  /** Constants: t, substitute, −0. */
  soft: (x, [t, substitute, sign]) =>
    unless(isLess(modulus(x), t!), substitute!, towardZero(x, t!, sign!)),
  /** Constants: t, substitute; so in all modes that keep values. */
  hard: (x, [t, substitute]) => unless(isLess(modulus(x), t!), substitute!, x),
  /** Constants: t, substitute, t². */
  garrote: (x, [t, substitute, square]) =>
    unless(isLess(modulus(x), t!), substitute!, minus(x, over(square!, x))),
  greater: (x, [t, substitute]) => unless(isLess(x, t!), substitute!, x),
  less: (x, [t, substitute]) => unless(isGreater(x, t!), substitute!, x),
  /** Constants: lower and upper bound, slope, −0. */
  firm: (x, [low, high, slope, sign]) => {
    const between = times(towardZero(x, low!, sign!), slope!);
    const inside = selectBits(zeroVector, between, isAtMost(modulus(x), low!));
    return selectBits(inside, x, isLess(modulus(x), high!));
  },
} as const satisfies Readonly<Record<string, Rule>>;

const mostConstants = 4;
/** Where the numbers are, behind the constants, and how many at a time: they stay in the first-level cache. */
const start = 64;
const block = 2048;

/** A loop over floats between two addresses, four at a time; up to three behind the last one are written too. */
function looped(rule: Rule) {
  const l = locals(["at", "end"], []);
  const constants = Array.from({ length: mostConstants }, (_, i) => l.vector(1 + i));
  const x = l.vector(0);
  const pair = (offset: number): Code => [
    ...set(x, loadFloats(get(l.at), offset)),
    ...storeFloats(get(l.at), rule(get(x), constants.map(get)), offset),
  ];
  return {
    ...{ parameters: 2, integers: 0, vectors: 1 + mostConstants },
    body: [
      ...constants.flatMap((local, i) => set(local, doubles.splat(constant(0), 8 * i))),
      ...loop(
        lessThan(get(l.at), get(l.end)),
        pair(0),
        pair(8),
        set(l.at, add(get(l.at), constant(16))),
      ),
    ],
  };
}

/** Applies a rule to an array of single precision, computed in double precision. `result` may be `data`. */
export type SingleRules = (
  rule: keyof typeof rules,
  constants: readonly number[],
  data: Float32Array,
  result: Float32Array,
) => void;

function makeRules(): SingleRules | undefined {
  const functions = Object.fromEntries(
    Object.entries(rules).map(([name, rule]) => [name, looped(rule)]),
  ) as Readonly<Record<keyof typeof rules, ReturnType<typeof looped>>>; // the same names
  const started = instantiate(functions, 1);
  if (!started) return undefined;
  const { memory, functions: run } = started;
  const given = new Float64Array(memory.buffer, 0, mostConstants);
  const floats = new Float32Array(memory.buffer, start, block);
  return (rule, constants, data, result) => {
    given.set(constants);
    for (let at = 0; at < data.length; at += block) {
      const count = Math.min(block, data.length - at);
      floats.set(count === data.length ? data : data.subarray(at, at + count));
      run[rule](start, start + 4 * count);
      result.set(count === block ? floats : floats.subarray(0, count), at);
    }
  };
}

// Kept between calls. No call reads what another one left in its memory.
const kept: { rules?: SingleRules | false } = {};

/** The rules with 128-bit vectors in WebAssembly; undefined if the platform has none. */
export function singleRules(): SingleRules | undefined {
  kept.rules ??= makeRules() ?? false;
  return kept.rules || undefined;
}
