// A comparison: three activations, each at its best learning rate, with three random seeds and a significance test.
// Run: node examples/14-compare-variants.ts [FOLDER]
import { tmpdir } from "node:os";
import { type CurvePoint, compare, comparisonChart, summarize } from "ondelette/compare";
import { drawSvg, writeImage } from "ondelette/data";
import { input, type Tensor } from "ondelette/graph";
import { fanIn, linear, type Scope } from "ondelette/nn";
import { train, trainable } from "ondelette/train";

const variants = [
  { name: "relu", activation: (x: Tensor) => x.relu() },
  { name: "gelu", activation: (x: Tensor) => x.gelu() },
  { name: "sine", activation: (x: Tensor) => x.sin() },
];
type Variant = (typeof variants)[number];

/** The variant's network; it learns f(x) = sin(x²) for x from 0 to 5. */
function modelOf({ activation }: Variant, rate: number) {
  const network = (p: Scope, x: Tensor) => {
    const first = activation(linear(p.in("first"), x, 32, { initialize: fanIn() }));
    const second = activation(linear(p.in("second"), first, 32, { initialize: fanIn() }));
    return linear(p.in("head"), second, 1);
  };
  const [x, y] = [input("x", [128, 1]), input("y", [128, 1])];
  return trainable({
    loss: (p) => network(p, x).sub(y).square().mean(),
    batch(_, random) {
      const places = Float32Array.from({ length: 128 }, () => 5 * random.uniform());
      return { x: places, y: places.map((place) => Math.sin(place ** 2)) };
    },
    rate,
  });
}

const choices = { variants, inputs: [{ name: "sin(x²)" }], rates: [3e-3, 1e-2, 3e-2], seeds: 3 };
const comparison = { ...choices, plan: { steps: 500 }, better: "lower" } as const;
const fits = await compare(comparison, async (variant, { name }, { rate, seed, plan }) => {
  const curve: CurvePoint[] = [];
  const { layout, step, seconds, metrics } = await train(modelOf(variant, rate), plan, {
    seed,
    report({ step, seconds, metrics }) {
      if (step % 50 === 0) curve.push({ step, seconds, value: metrics.loss });
    },
  });
  const result = { steps: step, seconds, value: metrics.loss, diverged: false, curve };
  return { variant: variant.name, input: name, rate, seed, parameters: layout.size, ...result };
});

for (const { name, rate, mean, deviation, p } of summarize(fits, { better: "lower" })) {
  const error = `${mean.toFixed(4)} ± ${deviation.toFixed(4)}`;
  const against = p === undefined ? "" : `, p = ${p.toFixed(3)} against relu`;
  console.log(`${name}: squared error ${error} at rate ${rate}${against}`);
}
const title = "Networks of three activations";
const chart = await drawSvg(comparisonChart(fits, "step", { title, yLabel: "squared error" }));
const path = `${process.argv[2] ?? tmpdir()}/comparison.png`;
await writeImage(path, chart);
console.log(path);
