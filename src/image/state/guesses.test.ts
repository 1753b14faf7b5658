import { describe, expect, test } from "vitest";
import { type Site, SiteKind } from "../../codec/index.ts";
import { createRandom } from "../../data/random/random.ts";
import { constant, type Tensor } from "../../graph/index.ts";
import { freeze, layoutOf } from "../../nn/parameters.ts";
import { compile } from "../../runtime/index.ts";
import { initialize } from "../../train/trainer.ts";
import { imageLanguage } from "../language/language.ts";
import { replay } from "../language/replay.ts";
import { someExamples } from "../testing.ts";
import { guessAsker, guessedCoefficients, guessOfDecisions, mostMembers } from "./guesses.ts";

async function valuesOf(x: Tensor): Promise<number[]> {
  await using graph = await compile({ x }, { threads: 1 });
  return [...((await graph.run({})).x as Float32Array)];
}

const language = imageLanguage(
  { wavelet: "haar", finest: 0.25, color: "ycbcr" },
  { width: 16, height: 16 },
);
const asker = guessAsker(language);

/** The first decision of a kind in a picture. */
function firstOf(kind: number): { site: Site; approximation: Float64Array } {
  const [{ coefficients } = { coefficients: new Float64Array() }] = someExamples(language, 1);
  for (const { site, approximation } of replay(coefficients, language.tokens))
    if (site.kind === kind) return { site: { ...site }, approximation: approximation.slice() };
  throw new Error("no such decision");
}

describe("a decision asks the guess about", () => {
  const membersOf = ({ site }: { site: Site }, base = 0) => {
    const members = new Int32Array(mostMembers);
    asker.writeMembers(members, 0, base, site);
    return [...members].filter((place) => place !== base + asker.places - 1);
  };

  test("its coefficient, or the four of a quad and the sixteen of a block", () => {
    expect(asker.places).toBe(3 * 64 + 1);
    expect(membersOf(firstOf(SiteKind.coefficient))).toHaveLength(1);
    const single = firstOf(SiteKind.refine);
    expect(membersOf(single, 97)).toEqual([97 + membersOf(single)[0]!]);
    const place = 8; // row 1, column 0 of the corner
    const at = { ...single.site, channel: 0, offset: 16, row: 1, column: 0 };
    expect(membersOf({ site: at })).toEqual([place]);
    expect(membersOf({ site: { ...at, kind: SiteKind.quad } })).toEqual([8, 9, 16, 17]);
    expect(membersOf({ site: { ...at, kind: SiteKind.block, offset: 0 } })).toHaveLength(16);
  });

  test("nothing, where it lies beyond the coarse corner", () => {
    const { site } = firstOf(SiteKind.coefficient);
    expect(membersOf({ site: { ...site, channel: 0, offset: 9 * 16 + 9 } })).toEqual([]);
  });

  test("what is known of a single coefficient, in units of the threshold", () => {
    const { site, approximation } = firstOf(SiteKind.refine);
    const asked = new Float32Array(2);
    asker.writeAsked(asked, 0, site, approximation);
    expect(asked[0]).toBe(1 / site.threshold);
    expect(Math.abs(asked[1]!)).toBeGreaterThanOrEqual(1);
    asker.writeAsked(asked, 0, { ...site, kind: SiteKind.quad }, approximation);
    expect(asked[1]).toBe(0);
  });
});

test("guesses are the mean of the class, or of all where none is told, and what words say on top", async () => {
  const said = constant([0, 0, 1, -2, 1, 0], [3, 2]);
  const label = constant([-1, 1, 0], [3], "int32");
  const layout = layoutOf((p) => guessedCoefficients(p, said, label, 2));
  const parameters = initialize(layout, createRandom(1));
  const set = (name: string, values: readonly number[]) =>
    parameters.set(values, layout.parameters.find((one) => one.name === name)!.offset);
  set("means", [1, 2, 10, 20, 100, 200]);
  set("deviations", [3, 5, 30, 50, 300, 500]);
  expect(await valuesOf(guessedCoefficients(freeze(layout, parameters), said, label, 2))).toEqual([
    ...[1, 2, 0],
    ...[400, -800, 0],
    ...[40, 20, 0],
  ]);
});

test("decisions hear the sum of the guessed values, what it exceeds the known by, and their norm, each bounded", async () => {
  const members = constant([6, 8, 0, 0, 2, 0, 0, 0], [2, 4]);
  const numbers = await valuesOf(guessOfDecisions(members, constant([0.5, 0, 2, 1], [2, 2])));
  const bounded = (x: number) => x / (1 + Math.abs(x));
  const expected = [
    [7, 5, 7],
    [4, 4, 3],
  ].flatMap((row) => [...row.map(bounded), ...row.map((x) => bounded(x / 4))]);
  expect(numbers).toEqual(expected.map((x) => expect.closeTo(x, 4)));
});
