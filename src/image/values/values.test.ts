import { describe, expect, test } from "vitest";
import { coefficientCount, encodeTokens, tokenNames, walk } from "../../codec/index.ts";
import { createRandom } from "../../data/random/random.ts";
import { initialize } from "../../train/trainer.ts";
import { toInteger } from "../language/integerBands.ts";
import { analyze, imageLanguage } from "../language/language.ts";
import { discPicture, sameNumbers, someExamples, tinyModels } from "../testing.ts";
import { createValueAnswers } from "./answers.ts";
import { followImage, valueDescriber } from "./describer.ts";
import { fitValueImportance } from "./importance.ts";
import { valueModel } from "./model.ts";
import { replayValues } from "./replayValues.ts";
import { layOutValues, valueTable } from "./table.ts";

const language = imageLanguage(
  { wavelet: "haar", lossless: true, order: "coefficients", color: "ycbcr", levels: 2 },
  { width: 9, height: 6 },
);
/** A picture whose samples are nearly at a wall, so that much of a coefficient is certain before it is asked about. */
const ink = (): (typeof examples)[number] => {
  const { data, ...size } = discPicture(language.width, language.height, 3, "ink");
  const raster = { ...size, data: data.map((x) => (x < 100 ? x >> 4 : 255 - (x >> 5))) };
  return { coefficients: analyze(raster, language), label: 1 };
};
const examples = someExamples(language, 4);
examples.push(ink());
const encodings = examples.map(({ coefficients }) => encodeTokens(coefficients, language.tokens));
const highestPlane = Math.max(...encodings.map(({ startingPlane }) => startingPlane));
const setting = { language, classes: 2, highestPlane };
const { options } = tinyModels.values;
const describer = valueDescriber(setting, options.sight);

/** Lays out all of an image. */
function laidOut(example: (typeof examples)[number]) {
  const table = valueTable(describer, coefficientCount(language.tokens.geometry));
  const cursor = { row: 0 };
  for (const _ of layOutValues(describer, table, example, cursor)) expect.fail("full");
  return { table, rows: cursor.row };
}

describe("the coefficients of a picture", () => {
  test("lie within their ranges, and what is certain is not asked", () => {
    for (const example of examples) {
      const { ranges, enter } = followImage(describer, example);
      let open = 0;
      for (const { site, approximation } of replayValues(example.coefficients, language)) {
        enter(site, approximation);
        const value = toInteger(example.coefficients[site.offset]!, ranges.unit());
        expect(value).toBeGreaterThanOrEqual(ranges.low(site.offset));
        expect(value).toBeLessThanOrEqual(ranges.high(site.offset));
        if (ranges.low(site.offset) < ranges.high(site.offset)) open++;
      }
      const { rows } = laidOut(example);
      expect(rows).toBe(open);
      expect(rows).toBeGreaterThan(0);
    }
  });

  test("are described at each of their tokens as in training, and asked about where the walk asks", () => {
    for (const [i, example] of examples.entries()) {
      const { table, rows } = laidOut(example);
      const { startingPlane, tokens } = encodings[i]!; // one an example
      const follower = describer.follow(example.label, startingPlane);
      const approximation = new Float64Array(example.coefficients.length);
      const steps = walk(language.tokens, startingPlane, approximation);
      const numbers = new Float32Array(describer.width);
      let step = steps.next();
      let last = -1;
      let row = 0;
      for (const token of tokens) {
        const site = step.value!; // there are as many sites as tokens
        if (site.offset !== last) {
          last = site.offset;
          row++;
        }
        const known = approximation[site.offset];
        follower.enter(site, approximation);
        follower.write(numbers, 0, site, approximation);
        const { width } = describer;
        const learned = table.sites.subarray((row - 1) * width, row * width);
        expect(sameNumbers(numbers, learned)).toBe(true);
        expect(approximation[site.offset]).toBe(known);
        step = steps.next(token);
      }
      expect(row).toBe(rows);
    }
  });

  test("cost what their tokens cost, one after another", async () => {
    const model = valueModel(setting, options);
    const random = createRandom(3);
    const parameters = initialize(model.layout, random).map((x) => x + 0.1 * random.normal());
    await using scorer = await model.scorer(parameters, { threads: 1 });
    const vocabulary = tokenNames.blocks.length;
    await using answers = await createValueAnswers(describer, options, model.layout, parameters, {
      ...{ rows: 1, vocabulary, threads: 1 },
    });
    for (const [i, bits] of (await scorer.bits(examples)).entries()) {
      const { startingPlane, tokens } = encodings[i]!; // one an example
      const own = describer.follow(examples[i]!.label, startingPlane);
      const follower = { ...own, isIn: () => true };
      const approximation = new Float64Array(examples[i]!.coefficients.length);
      const steps = walk(language.tokens, startingPlane, approximation);
      let step = steps.next();
      let sum = 0;
      for (const token of tokens) {
        const site = step.value!; // there are as many sites as tokens
        const logits = await answers.ask([{ follower, site, approximation }]);
        let all = 0;
        for (let t = 0; t < vocabulary; t++) {
          if ((site.legal >> t) & 1) all += Math.exp(logits[t]!);
        }
        sum += Math.log2(all) - logits[token]! / Math.LN2;
        step = steps.next(token);
      }
      expect(sum / bits).toBeCloseTo(1, 3);
    }
  });
});

test("the chances of being kept are those of the number wanted, and higher where values are spread", () => {
  const importance = fitValueImportance(
    examples,
    describer,
    (valuesPerImage) => valuesPerImage / 4,
  );
  let values = 0;
  let kept = 0;
  for (const example of examples) {
    const { ranges, enter } = followImage(describer, example);
    for (const decision of replayValues(example.coefficients, language)) {
      enter(decision.site, decision.approximation);
      if (ranges.low(decision.site.offset) === ranges.high(decision.site.offset)) continue;
      const chance = importance.chance(decision, ranges);
      expect(chance).toBeGreaterThan(0);
      expect(chance).toBeLessThanOrEqual(1);
      values++;
      kept += chance;
    }
  }
  expect(values / examples.length).toBeCloseTo(importance.valuesPerImage, 9);
  expect(kept).toBeCloseTo(values / 4, 3);
});
