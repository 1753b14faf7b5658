import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeTokens } from "../../codec/index.ts";
import { imageLanguage } from "../language/language.ts";
import { anyOptions, someExamples } from "../testing.ts";
import { createDescriber } from "./describer.ts";
import { stateDefaults } from "./options.ts";
import { gridSide } from "./stateSummary.ts";
import { describeAll } from "./testing.ts";

const { sight } = stateDefaults;
const length = fc.integer({ min: 4, max: 12 });

describe("the description of a decision", () => {
  test("says nothing that the decoder does not know: images are described alike until they answer differently", () => {
    let told = 0;
    const property = fc.property(
      anyOptions,
      length,
      length,
      fc.array(
        fc.tuple(
          fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
          fc.integer({ min: -6, max: 1 }),
          fc.boolean(),
        ),
        {
          minLength: 1,
          maxLength: 8,
        },
      ),
      (options, width, height, changes) => {
        const language = imageLanguage(options, { width, height });
        const [example] = someExamples(language, 1);
        const { coefficients } = example!; // one was asked for
        const changed = coefficients.slice();
        for (const [where, size, up] of changes) {
          const i = Math.floor(where * changed.length);
          changed[i] = changed[i]! + (up ? 1 : -1) * 2 ** size;
        }
        const [a, b] = [coefficients, changed].map((x) => encodeTokens(x, language.tokens));
        fc.pre(a!.startingPlane === b!.startingPlane); // it is told before the first token
        const highestPlane = a!.startingPlane;
        const describer = createDescriber({ language, classes: 1, highestPlane }, sight);
        const [one, other] = [coefficients, changed].map((x) =>
          describeAll(describer, { coefficients: x, label: 0 }),
        );
        let t = 0;
        // The first decision that differs is asked alike, and only answered differently.
        for (const [i, decision] of one!.entries()) {
          const twin = other![i]!; // same tokens so far: the other goes on as well
          if (!same(twin.site, decision.site) || !same(twin.state, decision.state))
            throw new Error(`decision ${i} is described by what is not known yet`);
          t++;
          if (twin.token !== decision.token) break;
        }
        told += t;
      },
    );
    fc.assert(property, { numRuns: 60 });
    expect(told).toBeGreaterThan(1000);
  });

  test("tells class and starting plane apart", () => {
    const language = imageLanguage({ wavelet: "haar", finest: 0.25 }, { width: 8, height: 8 });
    const describer = createDescriber({ language, classes: 3, highestPlane: 2 }, sight);
    const [example] = someExamples(language, 1);
    const [first, second] = [0, 2].map((label) => describeAll(describer, { ...example!, label }));
    expect(first![0]!.site).not.toEqual(second![0]!.site);
    expect(first![0]!.state).not.toEqual(second![0]!.state);
  });
});

describe("stages", () => {
  test.each(["blocks", "trees"] as const)(
    "of %s are one level of one channel in one plane each, in that order",
    (vocabulary) => {
      const options = { wavelet: "haar", finest: 0.25, vocabulary, color: "ycbcr" } as const;
      const language = imageLanguage(options, { width: 16, height: 8 });
      const [example] = someExamples(language, 1);
      const { startingPlane } = encodeTokens(example!.coefficients, language.tokens);
      const setting = { language, classes: 2, highestPlane: startingPlane };
      const describer = createDescriber(setting, sight);
      const decisions = describeAll(describer, example!);
      const opened = decisions.filter((d) => d.opens);
      const { levels } = language;
      const planes = startingPlane - language.tokens.finestPlane + 1;
      expect(describer.stages).toBe(planes * 3 * levels);
      expect(opened.length).toBeLessThanOrEqual(describer.stages);
      expect(opened.length).toBeGreaterThan(planes * 3);
      // What is told of a stage last: which plane, level and channel it is; none twice.
      const names = opened.map(
        ({ state }) => `${[...state.slice(-(planes + levels + 3 + 2), -2)]}`,
      );
      expect(new Set(names).size).toBe(names.length);
      for (const { cell } of decisions) {
        expect(cell).toBeGreaterThanOrEqual(0);
        expect(cell).toBeLessThan(gridSide ** 2);
      }
    },
  );
});

function same(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((x, i) => x === b[i]);
}
