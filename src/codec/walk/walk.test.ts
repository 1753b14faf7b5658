import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Choose, encodeTokens } from "../encode.ts";
import { anyLanguage, drawToken, randomFrom } from "../testing.ts";
import { type TokenLanguage, tokenLanguage } from "../tokenLanguage.ts";
import { namesOf, tokenCount, vocabularies } from "../tokens.ts";
import { coefficientCount } from "./geometry.ts";
import { type Site, SiteKind } from "./site.ts";
import { walk } from "./walk.ts";

/** Runs a walk to its end and returns its tokens and final knowledge. */
function run(language: TokenLanguage, startingPlane: number, choose: Choose) {
  const approximation = new Float64Array(coefficientCount(language.geometry));
  const tokens: number[] = [];
  const steps = walk(language, startingPlane, approximation);
  for (let step = steps.next(); !step.done; ) {
    const token = choose(step.value);
    tokens.push(token);
    step = steps.next(token);
  }
  return { tokens: Uint8Array.from(tokens), approximation };
}

const seed = fc.integer();

describe("whatever legal tokens are drawn", () => {
  test("every decision is between at least two tokens, at a site inside the matrix", () => {
    fc.assert(
      fc.property(anyLanguage(), seed, (language, seed) => {
        const random = randomFrom(seed);
        const { channels, height, width, levels } = language.geometry;
        run(language, language.finestPlane + 3, (site) => {
          const sound =
            tokenCount(site.legal) >= 2 &&
            site.offset === (site.channel * height + site.row) * width + site.column &&
            site.channel < channels &&
            site.level <= levels &&
            site.threshold === 2 ** site.plane;
          expect(sound ? "sound" : { ...site }).toBe("sound");
          return drawToken(site.legal, random);
        });
      }),
      { numRuns: 50 },
    );
  });

  test("a site is a refinement exactly where the live state is not zero", () => {
    fc.assert(
      fc.property(anyLanguage(), seed, (language, seed) => {
        const random = randomFrom(seed);
        const approximation = new Float64Array(coefficientCount(language.geometry));
        const steps = walk(language, language.finestPlane + 2, approximation);
        for (let step = steps.next(); !step.done; ) {
          const { kind, offset, legal } = step.value;
          expect(kind === SiteKind.refine).toBe(approximation[offset] !== 0);
          step = steps.next(drawToken(legal, random));
        }
      }),
      { numRuns: 50 },
    );
  });

  test("the block language is one-to-one: encoding the result gives the tokens back", () => {
    fc.assert(
      fc.property(anyLanguage("blocks"), seed, (language, seed) => {
        const random = randomFrom(seed);
        const first = language.finestPlane + 2;
        const drawn = run(language, first, ({ legal }) => drawToken(legal, random));
        const again = encodeTokens(drawn.approximation, language);
        // A first plane without a discovery would not have been written.
        fc.pre(again.startingPlane === first);
        expect(again.tokens).toEqual(drawn.tokens);
        expect(again.approximation).toEqual(drawn.approximation);
      }),
      { numRuns: 50 },
    );
  });

  test("the tree language decodes to what its encoder would have reached", () => {
    fc.assert(
      fc.property(anyLanguage("trees"), seed, (language, seed) => {
        const random = randomFrom(seed);
        const drawn = run(language, language.finestPlane + 2, ({ legal }) =>
          drawToken(legal, random),
        );
        const again = encodeTokens(drawn.approximation, language);
        expect(again.approximation).toEqual(drawn.approximation);
      }),
      { numRuns: 50 },
    );
  });
});

describe("the legal tokens", () => {
  /** The kind and legal tokens of the first sites when these tokens are given. */
  function legalAlong(language: TokenLanguage, tokens: readonly number[]): string[] {
    const seen: string[] = [];
    const steps = walk(language, 0, new Float64Array(coefficientCount(language.geometry)));
    let step = steps.next();
    for (const token of tokens) {
      const site = step.value as Site;
      seen.push(`${site.kind} ${namesOf(site.legal, language.vocabulary).join(" ")}`);
      step = steps.next(token);
    }
    return seen;
  }
  const geometry = { channels: 1, height: 4, width: 4, levels: 1 };
  const blocks = tokenLanguage({ geometry, finestPlane: 0 });

  test("of a broken block's fourth quad after three silent ones leave out Group2x2", () => {
    expect(legalAlong(blocks, [1, 1, 1, 4])).toEqual([
      "0 Group4x4 Group2x2 NowSignificantNeg NowSignificantPos Insignificant",
      "1 Group2x2 NowSignificantNeg NowSignificantPos Insignificant",
      "1 Group2x2 NowSignificantNeg NowSignificantPos Insignificant",
      "1 NowSignificantNeg NowSignificantPos Insignificant",
    ]);
  });

  test("of a fresh quad's fourth coefficient after three insignificant ones leave out Insignificant", () => {
    expect(legalAlong(blocks, [4, 4, 4, 3]).slice(1)).toEqual([
      "2 NowSignificantNeg NowSignificantPos Insignificant",
      "2 NowSignificantNeg NowSignificantPos Insignificant",
      "2 NowSignificantNeg NowSignificantPos",
    ]);
  });

  test("of a lone coefficient say each thing in one way only", () => {
    const lone = { channels: 1, height: 1, width: 1, levels: 0 };
    expect(legalAlong(tokenLanguage({ geometry: lone, finestPlane: 0 }), [0])).toEqual([
      "0 Group4x4 NowSignificantNeg NowSignificantPos",
    ]);
  });

  test("of trees: scaling coefficients head none, leaves are always trees", () => {
    const trees = tokenLanguage({ geometry, finestPlane: 0, vocabulary: "trees" });
    expect(legalAlong(trees, [3, 3, 3, 3, 0])).toEqual([
      ...Array(4).fill("2 NowSignificantNeg NowSignificantPos Insignificant"),
      "4 ZeroTree NowSignificantNeg NowSignificantPos",
    ]);
  });

  test("of a tree with a significant descendant leave out ZeroTree", () => {
    const deep = { channels: 1, height: 8, width: 8, levels: 2 };
    const trees = tokenLanguage({ geometry: deep, finestPlane: -1, vocabulary: "trees" });
    const sites: string[] = [];
    run(trees, 0, (site) => {
      const { row, column, plane, kind } = site;
      if (plane === -1 && column === 2 && row === 0)
        sites.push(namesOf(site.legal, "trees").join(" "));
      if (kind === SiteKind.refine) return 5;
      if (plane === 0 && row === 0 && column === 4) return 2;
      return kind === SiteKind.tree && !(row === 0 && column === 2) ? 0 : 3;
    });
    expect(sites).toEqual(["NowSignificantNeg NowSignificantPos Insignificant"]);
  });
});

test.each(vocabularies)("%s: no plane, no decision", (vocabulary) => {
  const geometry = { channels: 2, height: 4, width: 4, levels: 1 };
  const language = tokenLanguage({ geometry, finestPlane: 3, vocabulary });
  expect(run(language, 2, () => 0).tokens.length).toBe(0);
});
