import { describe, expect, test } from "vitest";
import { encodeTokens } from "../../codec/index.ts";
import { createRandom } from "../../data/random/random.ts";
import { sizeOf } from "../../graph/index.ts";
import type { ParameterLayout } from "../../nn/parameters.ts";
import { initialize } from "../../train/trainer.ts";
import { imageLanguage } from "../language/language.ts";
import { buildModel } from "../models.ts";
import { someExamples, tinyModels } from "../testing.ts";
import { createDescriber, type Describer } from "./describer.ts";
import { gridCells } from "./stateSummary.ts";
import { type Described, describeAll } from "./testing.ts";

const { options } = tinyModels.state;
const threads = 1;

/** The network in plain numbers: logits of a decision. */
function reference(describer: Describer, layout: ParameterLayout, parameters: Float32Array) {
  const matrix = (name: string) => {
    const { offset, shape } = layout.parameters.find((p) => p.name === name)!; // named as in network.ts
    return { shape, data: parameters.subarray(offset, offset + sizeOf(shape)) };
  };
  const linear = (name: string, x: ArrayLike<number>, bias = true): number[] => {
    const { shape, data } = matrix(`${name}.weight`);
    const width = shape[1]!;
    const y = bias ? [...matrix(`${name}.bias`).data] : new Array<number>(width).fill(0);
    for (let i = 0; i < x.length; i++)
      if (x[i] !== 0) for (let j = 0; j < width; j++) y[j]! += x[i]! * data[i * width + j]!;
    return y;
  };
  const silu = (x: readonly number[]) => x.map((value) => value / (1 + Math.exp(-value)));
  const sum = (...terms: (readonly number[])[]) =>
    terms[0]!.map((_, i) => terms.reduce((s, t) => s + t[i]!, 0));
  const transposed = (x: readonly (readonly number[])[]) =>
    x[0]!.map((_, j) => x.map((r) => r[j]!));

  /** What the summary says of every cell. */
  const summary = (state: Float32Array): number[][] => {
    const { data, shape } = matrix("place");
    const width = shape[1]!;
    const told = linear("context", state.subarray(gridCells * describer.cellWidth), false);
    let z = Array.from({ length: gridCells }, (_, cell) => {
      const own = state.subarray(cell * describer.cellWidth, (cell + 1) * describer.cellWidth);
      const place = [...data.subarray(cell * width, (cell + 1) * width)];
      return silu(sum(linear("summary", own), place, told));
    });
    for (const round of ["round0", "round1"]) {
      const across = transposed(transposed(z).map((x) => silu(linear(`${round}.across`, x))));
      z = z.map((x, cell) => silu(linear(`${round}.within`, sum(x, across[cell]!))));
    }
    return z.map((x) => linear("cells", x));
  };

  /** A state is shared by the decisions of its stage. */
  const summaries = new Map<Float32Array, number[][]>();
  return ({ scale, site, state, cell }: Described): number[] => {
    const cells = summaries.get(state) ?? summary(state);
    summaries.set(state, cells);
    const said = cells[cell]!; // a cell of the grid
    let h = silu(sum(linear(`${scale}.site`, site), linear(`${scale}.cell`, said, false)));
    for (let layer = 1; layer < options.depth; layer++)
      h = silu(linear(`${scale}.layer${layer}`, h));
    return linear(`${scale}.token`, h);
  };
}

/** -log2 of the share of a decision's token among the legal ones. */
function bitsOf(logits: readonly number[], { legal, token }: Described): number {
  const share = (t: number) => Math.exp(logits[t]!);
  let total = 0;
  for (let t = 0; t < logits.length; t++) if ((legal >> t) & 1) total += share(t);
  return -Math.log2(share(token) / total);
}

describe.each(["blocks", "trees"] as const)("the model of %s", (vocabulary) => {
  const language = imageLanguage(
    { wavelet: "haar", finest: 0.25, color: "ycbcr", vocabulary },
    { width: 10, height: 8 },
  );
  const setting = { language, classes: 2, highestPlane: 2 };
  const model = buildModel(tinyModels.state, setting);
  const describer = createDescriber(setting, options.sight);
  const random = createRandom(2);
  const parameters = initialize(model.layout, random).map((x) => x + 0.1 * random.normal());
  const logitsOf = reference(describer, model.layout, parameters);

  test("counts for an image the sum over its decisions of what each costs by itself", async () => {
    const examples = someExamples(language, 4);
    const scorer = await model.scorer(parameters, { threads });
    const expected = examples.map((example) =>
      describeAll(describer, example).reduce((sum, d) => sum + bitsOf(logitsOf(d), d), 0),
    );
    for (const [i, bits] of (await scorer.bits(examples)).entries()) {
      expect(bits / expected[i]!).toBeCloseTo(1, 5); // as many as examples
    }
    await scorer[Symbol.asyncDispose]();
  });

  test("takes images whose decisions fill its table many times over", async () => {
    const large = imageLanguage(
      { wavelet: "haar", finest: 1 / 256, vocabulary },
      { width: 40, height: 32 },
    );
    const other = buildModel(tinyModels.state, {
      language: large,
      classes: 2,
      highestPlane: 2,
    });
    const examples = someExamples(large, 3);
    const decisions = examples.map((e) => encodeTokens(e.coefficients, large.tokens).tokens.length);
    expect(Math.min(...decisions)).toBeGreaterThan(4096); // the rows of a scorer
    const scorer = await other.scorer(initialize(other.layout, random), { threads });
    const together = await scorer.bits(examples);
    for (const [i, example] of examples.entries()) {
      const [alone] = await scorer.bits([example]);
      expect(together[i]! / alone!).toBeCloseTo(1, 5);
    }
    await scorer[Symbol.asyncDispose]();
  });

  test("draws, when greedy, the likeliest token of each decision as the scorer counts them", async () => {
    const { startingPlane } = encodeTokens(
      someExamples(language, 1)[0]!.coefficients,
      language.tokens,
    );
    const requests = [0, 1, 0].map((label, i) => ({
      label,
      startingPlane,
      random: createRandom(i),
    }));
    const drawings = await model
      .sampler(parameters, { threads })
      .draw(requests, { temperature: 0 });
    let compared = 0;
    for (const [i, { approximation, tokens }] of drawings.entries()) {
      const { label } = requests[i]!; // as many
      const decisions = describeAll(describer, { coefficients: approximation, label });
      for (const [i, decision] of decisions.entries()) {
        // An image that begins lower, or names a silent tree leaf by leaf, is encoded another way from here on.
        if (decision.token !== tokens[i]) break;
        const logits = logitsOf(decision).map((x, t) => ((decision.legal >> t) & 1 ? x : -1e9));
        expect(logits[decision.token]!).toBeGreaterThan(Math.max(...logits) - 1e-4);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(30);
  });
});
