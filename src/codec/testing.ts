import fc from "fast-check";
import type { Allowed } from "./allowed.ts";
import { type Reading, type TokenLanguage, tokenLanguage } from "./tokenLanguage.ts";
import { type TokenSet, tokenLimit, type Vocabulary, vocabularies } from "./tokens.ts";
import { coefficientCount, type Geometry } from "./walk/geometry.ts";
import { walk } from "./walk/walk.ts";

/** Small geometries of every shape: one to three channels, no levels to three, bands of any size. */
export const anyGeometry: fc.Arbitrary<Geometry> = fc
  .record({
    channels: fc.integer({ min: 1, max: 3 }),
    rows: fc.integer({ min: 1, max: 5 }),
    columns: fc.integer({ min: 1, max: 5 }),
    levels: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ channels, rows, columns, levels }) => ({
    channels,
    height: rows * 2 ** levels,
    width: columns * 2 ** levels,
    levels,
  }));

/** Token languages of small geometries; `vocabulary` fixes the vocabulary. */
export function anyLanguage(vocabulary?: Vocabulary): fc.Arbitrary<TokenLanguage> {
  return fc
    .record({
      geometry: anyGeometry,
      finestPlane: fc.integer({ min: -4, max: 1 }),
      vocabulary: vocabulary ? fc.constant(vocabulary) : fc.constantFrom(...vocabularies),
      reading: fc.constantFrom<Reading>("A", "B"),
      byCoefficients: fc.boolean(),
    })
    .map(({ byCoefficients, ...options }) =>
      tokenLanguage({
        ...options,
        ...(byCoefficients &&
          options.vocabulary === "blocks" && { order: "coefficients" as const }),
      }),
    );
}

/** Coefficients that are mostly small, sometimes large, and often tie with a threshold. */
export function anyCoefficients(count: number): fc.Arbitrary<Float64Array> {
  const value = fc.oneof(
    fc.constant(0),
    fc.double({ min: -0.3, max: 0.3, noNaN: true }),
    fc.double({ min: -20, max: 20, noNaN: true }),
    fc.constantFrom(-4, -1, -0.25, 0.125, 0.5, 2, 8),
  );
  return fc
    .array(value, { minLength: count, maxLength: count })
    .map((values) => Float64Array.from(values));
}

/** Deterministic pseudo-random numbers in [0, 1) (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A uniformly chosen member of a token set. */
export function drawToken(legal: TokenSet, random: () => number): number {
  const members = Array.from({ length: tokenLimit }, (_, t) => t).filter((t) => (legal >> t) & 1);
  return members[Math.floor(random() * members.length)]!;
}

/** Walks with tokens drawn at random among those that are legal and allowed; fails where none is. */
export function drawAmong(allowed: Allowed, plane: number, language: TokenLanguage, seed: number) {
  const random = randomFrom(seed);
  const approximation = new Float64Array(coefficientCount(language.geometry));
  const tokens: number[] = [];
  const steps = walk(language, plane, approximation);
  for (let step = steps.next(); !step.done; ) {
    const { legal } = step.value;
    const choices = legal & allowed(step.value, approximation, tokens.length);
    if (choices === 0) throw new Error("no token is left");
    const token = drawToken(choices, random);
    tokens.push(token);
    step = steps.next(token);
  }
  return { startingPlane: plane, tokens: Uint8Array.from(tokens), approximation };
}
