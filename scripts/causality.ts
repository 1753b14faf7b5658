/**
 * Shows, as rows of a Markdown table, that no mixing sees the future: of models with random parameters, the largest derivative of a
 * position's logits by what earlier and by what later tokens are looked up as, and the largest change of a logit where all later
 * tokens become others. The last row is all pairs of mixings.
 *
 *   node scripts/causality.ts
 */
import { type Dependence, dependence } from "../src/sequence/dependence.ts";
import { mixingNames, mixingOf } from "../src/sequence/mixings.ts";
import type { SequenceSize } from "../src/sequence/model.ts";

/** Longer than all windows of `haar-8` and `learned` with a tap for each position. */
const size: SequenceSize = {
  ...{ layers: 3, heads: 2, width: 16, context: 32, symbols: 11, design: "rotary" },
};
const of = (name: string) => dependence(mixingOf(name), size, { threads: 1 });

/** 0 is exactly zero. */
const number = (value: number): string => (value === 0 ? "0" : `${Number(value.toPrecision(2))}`);
const row = (name: string, { past, future, changed }: Dependence): string =>
  `| ${name} | ${number(past)} | ${number(future)} | ${number(changed)} |`;

console.log("| mixing | by earlier and present tokens | by later tokens | change |");
console.log("|---|---|---|---|");
for (const name of mixingNames) console.log(row(`\`${name}\``, await of(name)));

const pairs = mixingNames
  .filter((name) => name !== "none")
  .flatMap((a, i, names) => names.slice(i + 1).map((b) => `${a},${b}`));
const found: Dependence[] = [];
for (const pair of pairs) found.push(await of(pair));
const most = (of: (one: Dependence) => number) => found.map(of).reduce((a, b) => Math.max(a, b));
console.log(
  row(`all ${pairs.length} pairs`, {
    past: most(({ past }) => past),
    future: most(({ future }) => future),
    changed: most(({ changed }) => changed),
  }),
);
