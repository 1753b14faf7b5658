import { describe, expect, test } from "vitest";
import { createRandom } from "../../data/random.ts";
import { imageLanguage } from "../language.ts";
import { someExamples } from "../testing.ts";
import { decisionBatches } from "./batches.ts";
import { clearRows, type DecisionTable, decisionTable, layOut } from "./decisions.ts";
import { createDescriber } from "./describer.ts";
import { ondeletteDefaults } from "./model.ts";
import { gridSide } from "./stateSummary.ts";
import { type Described, describeAll } from "./testing.ts";

const language = imageLanguage({ wavelet: "haar", finest: 0.25 }, { width: 12, height: 8 });
const setting = { language, classes: 2, highestPlane: 2 };
const describer = createDescriber(setting, ondeletteDefaults.sight);
const examples = someExamples(language, 3);
const { siteWidth, stateWidth, tokens } = describer;
const cells = gridSide ** 2;

/** A row of a table, put together as the network does. */
function rowOf({ arrays }: DecisionTable, row: number): Omit<Described, "opens"> {
  const state = arrays.stage[row]!;
  let legal = 0;
  for (let token = 0; token < tokens; token++)
    legal |= arrays.legal[row * tokens + token]! << token;
  expect(Math.floor(arrays.cell[row]! / cells)).toBe(state);
  return {
    token: arrays.tokens[row]!,
    legal,
    site: arrays.sites.slice(row * siteWidth, (row + 1) * siteWidth),
    state: arrays.states.slice(state * stateWidth, (state + 1) * stateWidth),
    cell: arrays.cell[row]! % cells,
  };
}

const expected = examples.flatMap((example) =>
  describeAll(describer, example).map(({ opens: _, ...rest }) => rest),
);

describe("a table of decisions", () => {
  test.each([
    [1000, 100],
    [64, 100],
    [1000, 3],
    [1, 1],
  ])(
    "of %d rows and %d states holds every decision of images, emptied as often as it is full",
    (rows, states) => {
      const table = decisionTable(describer, { rows, states });
      const cursor = { rows: 0, states: 0 };
      const seen: ReturnType<typeof rowOf>[] = [];
      let emptied = 0;
      const empty = () => {
        for (let row = 0; row < cursor.rows; row++) {
          seen.push(rowOf(table, row));
          if (table.arrays.weight[row] !== 1) throw new Error("every decision counts once");
        }
        cursor.rows = 0;
        cursor.states = 0;
        emptied++;
      };
      for (const example of examples)
        for (const _ of layOut(describer, table, example, cursor)) empty();
      empty();
      expect(seen.length).toBe(expected.length);
      // Compared as text of the same order: thousands of numbers each.
      for (const [i, row] of seen.entries()) {
        if (JSON.stringify(row) !== JSON.stringify(expected[i])) expect(row).toEqual(expected[i]);
      }
      const stages = examples
        .flatMap((e) => describeAll(describer, e))
        .filter((d) => d.opens).length;
      expect(emptied).toBeGreaterThanOrEqual(Math.ceil(expected.length / rows));
      expect(emptied).toBeGreaterThanOrEqual(Math.ceil(stages / states));
    },
  );

  test("leaves out what counts nothing, and keeps no state that no row belongs to", () => {
    const table = decisionTable(describer, { rows: 1000, states: 100 });
    const cursor = { rows: 0, states: 0 };
    const onlyFinest = {
      weigh: (site: { level: number }) => (site.level === language.levels ? 3 : 0),
    };
    for (const _ of layOut(describer, table, examples[0]!, cursor, onlyFinest)) expect.fail("full");
    const used = new Set(table.arrays.stage.subarray(0, cursor.rows));
    expect([...used]).toEqual(Array.from({ length: cursor.states }, (_, state) => state));
    expect(new Set(table.arrays.weight.subarray(0, cursor.rows))).toEqual(new Set([3]));
  });

  test("with a rule for too many rows never asks to be emptied, and never has too many states", () => {
    const table = decisionTable(describer, { rows: 100, states: 2 });
    const cursor = { rows: 0, states: 0 };
    const overflow = () => 7;
    for (const example of examples) {
      for (const _ of layOut(describer, table, example, cursor, { overflow })) expect.fail("full");
    }
    expect(cursor.rows).toBeLessThanOrEqual(100);
    expect(cursor.states).toBe(2);
    expect(Math.max(...table.arrays.stage.subarray(0, cursor.rows))).toBe(1);
  });

  test("has unused rows that count nothing and point at what is there", () => {
    const table = decisionTable(describer, { rows: 8, states: 1 });
    const { arrays } = table;
    for (const array of [arrays.tokens, arrays.stage, arrays.cell, arrays.weight]) array.fill(5);
    clearRows(table, 6, tokens);
    expect([...arrays.tokens]).toEqual([5, 5, 5, 5, 5, 5, -1, -1]);
    expect([...arrays.weight]).toEqual([5, 5, 5, 5, 5, 5, 0, 0]);
    expect([...arrays.stage.subarray(6), ...arrays.cell.subarray(6)]).toEqual([0, 0, 0, 0]);
    expect([...arrays.legal.subarray(6 * tokens)]).toEqual(new Array(2 * tokens).fill(1));
  });
});

describe("batches", () => {
  const decisions = expected.length / examples.length;
  const training = { count: examples.length, draw: (i: number) => examples[i]! }; // i < count
  const batchOf = (rows: number, images: number, share: number) => {
    const table = decisionTable(describer, { rows, states: images * describer.stages });
    const importance = { decisionsPerImage: decisions, chance: () => share };
    const random = createRandom(1);
    return decisionBatches(describer, table, importance, {
      training,
      images,
      decisionsPerImage: decisions,
      random,
    });
  };

  test("of all decisions of a data set weigh each the same, together one", () => {
    const { weight, tokens: answers } = batchOf(1000, 3, 1)(1) as DecisionTable["arrays"];
    const used = expected.length;
    expect(answers.findIndex((token) => token < 0)).toBe(used);
    expect(new Set(weight.subarray(0, used)).size).toBe(1);
    expect(weight.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 5);
  });

  test.each([
    [1000, 0.3],
    [100, 1], // most find no place
    [100, 0.5],
  ])("of at most %d rows, a share of %d kept, stand for all of them on average", (rows, share) => {
    const batch = batchOf(rows, 3, share);
    // How often each kind of answer stands in the images, against what the weights of the rows say.
    const truth = new Float64Array(tokens);
    for (const { token } of expected) truth[token]! += 1 / expected.length;
    const told = new Float64Array(tokens);
    const steps = 300;
    for (let step = 1; step <= steps; step++) {
      const { weight, tokens: answers } = batch(step) as DecisionTable["arrays"];
      for (const [row, token] of answers.entries()) {
        if (token >= 0) told[token]! += weight[row]! / steps;
      }
    }
    for (const [token, share] of truth.entries()) expect(told[token]!).toBeCloseTo(share, 2);
  });
});
