// A small GPT of your own: from rows such as "508538:035588" it learns to sort digits.
// Run: node examples/03-own-small-gpt.ts
import { createRandom, type Random } from "ondelette/data";
import { constant, input, type Tensor } from "ondelette/graph";
import { block, crossEntropy, embedding, layerNorm, linear, type Scope } from "ondelette/nn";
import { compile } from "ondelette/runtime";
import { train, trainable } from "ondelette/train";

const [digits, separator, symbols] = [6, 10, 11];
const [batch, context, width] = [32, 2 * digits, 48];

/** Tokens `[rows, context]` to logits of the token that follows each, `[rows, context, symbols]`. */
function gpt(p: Scope, tokens: Tensor): Tensor {
  const positions = constant([...Array(context).keys()], [context], "int32");
  const position = embedding(p.in("position"), positions, context, width);
  let x = embedding(p.in("token"), tokens, symbols, width).add(position);
  for (const name of ["block0", "block1"]) x = block(p.in(name), x, { layers: 2, heads: 4 });
  return linear(p.in("head"), layerNorm(p.in("norm"), x), symbols, { role: "head" });
}

function row(random: Random): number[] {
  const unsorted = Array.from({ length: digits }, () => random.integer(10));
  return [...unsorted, separator, ...unsorted.toSorted()];
}

const inputs = input("inputs", [batch, context], "int32");
const targets = input("targets", [batch, context], "int32");
const model = trainable({
  loss: (p) => crossEntropy(gpt(p, inputs), targets).mean,
  batch(_, random) {
    const rows = Array.from({ length: batch }, () => row(random));
    const inputs = rows.flatMap((tokens) => tokens.slice(0, -1));
    // A target of -1 does not count: nobody can predict the unsorted digits.
    const targets = rows.flatMap((tokens) => tokens.slice(1).fill(-1, 0, digits));
    return { inputs: Int32Array.from(inputs), targets: Int32Array.from(targets) };
  },
});
const { scope, metrics } = await train(model, { steps: 500 }, { seed: 1 });
console.log(`loss of the last steps: ${metrics.loss.toFixed(3)} nats a digit`);

const logits = gpt(scope, input("tokens", [1, context], "int32"));
const predict = await compile({ next: logits.argMax(2) });
const random = createRandom("rows to test on");
let right = 0;
for (let test = 0; test < 100; test++) {
  const wanted = row(random);
  const tokens = Int32Array.from([...wanted.slice(0, digits + 1), ...Array(digits).fill(0)]);
  for (let i = digits; i < context; i++) {
    const { next } = await predict.run({ tokens: tokens.subarray(0, context) });
    tokens[i + 1] = Number(next[i]);
  }
  if (tokens.join() === wanted.join()) right++;
  if (test < 3) console.log(tokens.join("").replace("10", ":"));
}
console.log(`${right} of 100 new rows are sorted correctly`);
