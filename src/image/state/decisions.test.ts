import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { startingPlane } from "../../codec/index.ts";
import { createRandom } from "../../data/random/random.ts";
import { imageLanguage } from "../language/language.ts";
import { replay } from "../language/replay.ts";
import { type PerScale, perScale, type Scale, scaleNames, scaleOf } from "../scales.ts";
import { anyOptions, someExamples } from "../testing.ts";
import { decisionBatches } from "./batches.ts";
import {
  type Cursor,
  clearUnused,
  type DecisionTable,
  decisionTable,
  feedsOf,
  layOut,
  type Rows,
  startOfTable,
  tableRows,
} from "./decisions.ts";
import { createDescriber } from "./describer.ts";
import { stateDefaults } from "./options.ts";
import { gridCells } from "./stateSummary.ts";
import { type Described, describeAll } from "./testing.ts";

const language = imageLanguage({ wavelet: "haar", finest: 0.25 }, { width: 12, height: 8 });
const setting = { language, classes: 2, highestPlane: 2 };
const describer = createDescriber(setting, stateDefaults.sight);
const examples = someExamples(language, 3);
const { siteWidth, stateWidth, tokens } = describer;

/** The state that each row belongs to. */
const statesOf = ({ cell }: Rows): number[] => Array.from(cell, (c) => Math.floor(c / gridCells));

/** A row of a table, put together as the network does. */
function rowOf(
  { rows, states }: DecisionTable,
  scale: Scale,
  row: number,
): Omit<Described, "opens"> {
  const arrays = rows[scale];
  const state = Math.floor(arrays.cell[row]! / gridCells);
  let legal = 0;
  for (let token = 0; token < tokens; token++)
    legal |= arrays.legal[row * tokens + token]! << token;
  return {
    token: arrays.tokens[row]!,
    legal,
    scale,
    site: arrays.sites.slice(row * siteWidth[scale], (row + 1) * siteWidth[scale]),
    state: states.slice(state * stateWidth, (state + 1) * stateWidth),
    cell: arrays.cell[row]! % gridCells,
  };
}

const expected = examples.flatMap((example) =>
  describeAll(describer, example).map(({ opens: _, ...rest }) => rest),
);

describe("a table of decisions", () => {
  test.each([
    [{ shape: 1000, detail: 1000 }, 100],
    [{ shape: 16, detail: 64 }, 100],
    [{ shape: 1000, detail: 1000 }, 3],
    [{ shape: 1, detail: 1 }, 1],
  ])(
    "of %o rows and %d states holds every decision of images, emptied as often as it is full",
    (rows, states) => {
      const table = decisionTable(describer, { rows, states });
      const cursor = startOfTable();
      const seen = perScale((): ReturnType<typeof rowOf>[] => []);
      const owners: number[] = [];
      let emptied = 0;
      const empty = () => {
        for (const scale of scaleNames) {
          const { weight, owner } = table.rows[scale];
          for (let row = 0; row < cursor.rows[scale]; row++) {
            seen[scale].push(rowOf(table, scale, row));
            owners.push(owner[row]!);
            if (weight[row] !== 1) throw new Error("every decision counts once");
          }
        }
        Object.assign(cursor, startOfTable());
        emptied++;
      };
      for (const [owner, example] of examples.entries())
        for (const _ of layOut(describer, table, example, cursor, { owner })) empty();
      empty();
      for (const scale of scaleNames) {
        const wanted = expected.filter((decision) => decision.scale === scale);
        expect(wanted.length).toBeGreaterThan(10);
        expect(seen[scale].length).toBe(wanted.length);
        // Compared as text of the same order: thousands of numbers each.
        for (const [i, row] of seen[scale].entries()) {
          if (JSON.stringify(row) !== JSON.stringify(wanted[i])) expect(row).toEqual(wanted[i]);
        }
        expect(emptied).toBeGreaterThanOrEqual(Math.ceil(wanted.length / rows[scale]));
      }
      const lengths = examples.map((example) => describeAll(describer, example).length);
      const owned = lengths.map((_, image) => owners.filter((owner) => owner === image).length);
      expect(owned).toEqual(lengths);
      const stages = examples
        .flatMap((e) => describeAll(describer, e))
        .filter((d) => d.opens).length;
      expect(emptied).toBeGreaterThanOrEqual(Math.ceil(stages / states));
    },
  );

  test("leaves out what counts nothing, and keeps no state that no row belongs to", () => {
    const table = decisionTable(describer, { rows: { shape: 1000, detail: 1000 }, states: 100 });
    const cursor = startOfTable();
    const onlyFinest = {
      weigh: (site: { level: number }) => (site.level === language.levels ? 3 : 0),
    };
    for (const _ of layOut(describer, table, examples[0]!, cursor, onlyFinest)) expect.fail("full");
    const { weight } = table.rows.detail;
    const used = new Set(statesOf(table.rows.detail).slice(0, cursor.rows.detail));
    expect([...used]).toEqual(Array.from({ length: cursor.states }, (_, state) => state));
    expect(new Set(weight.subarray(0, cursor.rows.detail))).toEqual(new Set([3]));
    expect(cursor.rows.shape).toBe(0);
  });

  test("with a rule for too many rows never asks to be emptied, and never has too many states", () => {
    const table = decisionTable(describer, { rows: { shape: 100, detail: 100 }, states: 2 });
    const cursor = startOfTable();
    const overflow = () => 7;
    for (const example of examples) {
      for (const _ of layOut(describer, table, example, cursor, { overflow })) expect.fail("full");
    }
    expect(Math.max(cursor.rows.shape, cursor.rows.detail)).toBeLessThanOrEqual(100);
    expect(cursor.states).toBe(2);
    expect(Math.max(...scaleNames.flatMap((s) => statesOf(table.rows[s])))).toBe(1);
  });

  test("has unused rows that count nothing, point at what is there and remember nothing", () => {
    const table = decisionTable(describer, { rows: { shape: 8, detail: 2 }, states: 2 });
    const { shape, detail } = table.rows;
    for (const { sites, tokens, cell, weight } of [shape, detail])
      for (const array of [sites, tokens, cell, weight, table.states]) array.fill(5);
    const cursor: Cursor = { rows: { shape: 6, detail: 2 }, states: 1, images: 1 };
    clearUnused(table, cursor, describer);
    const { siteWidth, stateWidth } = describer;
    expect(shape.sites.lastIndexOf(5)).toBe(6 * siteWidth.shape - 1);
    expect(table.states.lastIndexOf(5)).toBe(stateWidth - 1);
    expect([...shape.tokens]).toEqual([5, 5, 5, 5, 5, 5, -1, -1]);
    expect([...shape.weight]).toEqual([5, 5, 5, 5, 5, 5, 0, 0]);
    expect([...shape.cell.subarray(6)]).toEqual([0, 0]);
    expect([...shape.legal.subarray(6 * tokens)]).toEqual(new Array(2 * tokens).fill(1));
    expect([...detail.tokens, ...detail.weight]).toEqual([5, 5, 5, 5]);
  });
});

describe("batches", () => {
  const decisions = expected.length / examples.length;
  const training = { count: examples.length, draw: (i: number) => examples[i]! }; // i < count
  const batchOf = (rows: PerScale<number>, images: number, share: number) => {
    const table = decisionTable(describer, { rows, states: images * describer.stages });
    const importance = { decisionsPerImage: decisions, chance: () => share };
    const random = createRandom(1);
    const batch = decisionBatches(describer, table, importance, {
      training,
      images,
      decisionsPerImage: decisions,
      random,
    });
    /** Weight and answer of every row of a step's batch. */
    return (step: number) => {
      const feeds = batch(step);
      expect(feeds["shape.weight"]).toBe(feedsOf(table)["shape.weight"]);
      return scaleNames.flatMap((scale) => {
        const { weight, tokens: answers } = table.rows[scale];
        return [...answers].map((token, row) => ({ token, weight: weight[row]! })); // a row each
      });
    };
  };

  test("of all decisions of a data set weigh each the same, together one", () => {
    const rows = batchOf({ shape: 1000, detail: 1000 }, 3, 1)(1);
    const used = rows.filter(({ token }) => token >= 0);
    expect(used.length).toBe(expected.length);
    expect(new Set(used.map(({ weight }) => weight)).size).toBe(1);
    expect(rows.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 5);
  });

  test.each([
    [{ shape: 1000, detail: 1000 }, 0.3],
    [{ shape: 50, detail: 50 }, 1], // most find no place
    [{ shape: 20, detail: 100 }, 0.5],
  ])("of at most %o rows, a share of %d kept, stand for all of them on average", (rows, share) => {
    const batch = batchOf(rows, 3, share);
    // How often each kind of answer stands in the images, against what the weights of the rows say.
    const truth = new Float64Array(tokens);
    for (const { token } of expected) truth[token]! += 1 / expected.length;
    const told = new Float64Array(tokens);
    const steps = 300;
    for (let step = 1; step <= steps; step++) {
      for (const { token, weight } of batch(step)) {
        if (token >= 0) told[token]! += weight / steps;
      }
    }
    for (const [token, share] of truth.entries()) expect(told[token]!).toBeCloseTo(share, 2);
  });
});

describe("rows of a batch", () => {
  test("are never more than its images can have decisions, and these always find a place", () => {
    const wanted = { shape: 4096, detail: 3072 };
    fc.assert(
      fc.property(anyOptions, fc.integer({ min: 1, max: 3 }), (options, images) => {
        const language = imageLanguage(options, { width: 20, height: 12 });
        const pictures = someExamples(language, images);
        const { finestPlane } = language.tokens;
        const planes = pictures.map((p) => startingPlane(p.coefficients, finestPlane));
        const setting = { language, classes: 2, highestPlane: Math.max(...planes) };
        const rows = tableRows(setting, { shape: 1e9, detail: 1e9 }, images);
        const scale = scaleOf(language.tokens);
        const counts = { shape: 0, detail: 0 };
        for (const { coefficients } of pictures)
          for (const { site } of replay(coefficients, language.tokens)) counts[scale(site)]++;
        for (const name of scaleNames) expect(counts[name]).toBeLessThanOrEqual(rows[name]);
        expect(tableRows(setting, { shape: 9, detail: 9 }, images)).toEqual({
          shape: 9,
          detail: 9,
        });
      }),
      { numRuns: 30 },
    );
    // A large picture has a small shape: its rows would stay empty. Digits fill theirs.
    const of = (side: number, highestPlane: number) => ({
      language: imageLanguage({ wavelet: "haar", finest: 0.125 }, { width: side, height: side }),
      ...{ classes: 10, highestPlane },
    });
    expect(tableRows(of(128, 5), wanted, 4)).toEqual({ shape: 4 * 64 * 9, detail: 3072 });
    expect(tableRows(of(28, 2), wanted, 16)).toEqual(wanted);
  });
});
