import { expect, test } from "vitest";
import { concat } from "../graph/index.ts";
import { zeros } from "../nn/initializers.ts";
import { type Dependence, dependence } from "./dependence.ts";
import { designNames } from "./design.ts";
import { between, type Mixing } from "./mixing/mixing.ts";
import { mixingNames, mixingOf } from "./mixings.ts";
import type { SequenceSize } from "./model.ts";

const size: SequenceSize = { layers: 2, heads: 2, width: 8, context: 12, symbols: 5 };
const of = (mixing: Mixing, more: Partial<SequenceSize> = {}): Promise<Dependence> =>
  dependence(mixing, { ...size, ...more }, { threads: 1 });

test.each([...mixingNames, "haar-8,bigram", "canon,values"])(
  "with %s, no logit depends on a later token, not in the last bit",
  async (name) => {
    const { past, future, changed } = await of(mixingOf(name));
    expect(past).toBeGreaterThan(0.01);
    expect([future, changed]).toEqual([0, 0]);
  },
);

test.each(designNames)("of the design %s, no logit depends on a later token", async (design) => {
  expect(await of(mixingOf("none"), { design })).toMatchObject({ future: 0, changed: 0 });
});

test("a mixing that is circular, as many a transform of the whole window is, sees the future", async () => {
  const { context } = size;
  const delayed: Mixing = between((_p, x) =>
    x.add(concat([x.slice(1, context - 1), x.slice(1, 0, context - 1)], 1)),
  );
  const { future, changed } = await of(delayed);
  expect(Math.min(future, changed)).toBeGreaterThan(1e-3);
});

test("a table that is asked for the next token sees the future, although no derivative tells", async () => {
  const next: Mixing = ({ p, tokens, symbols, width }) => {
    const table = p.get("table", [symbols + 1, width], zeros);
    return { residual: (x) => x.add(table.gather(tokens.slice(1, 1).pad(1, 0, 1))) };
  };
  expect((await of(next)).changed).toBeGreaterThan(1e-3);
});
