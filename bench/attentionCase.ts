import { gradient, input, sizeOf, type Tensor } from "../src/graph/index.ts";
import { causal } from "../src/nn/index.ts";
import { compile } from "../src/runtime/index.ts";
import { median, processorMs } from "./measure.ts";

/** One row of `bench/attention.ts`. */
const [length, batch] = process.argv.slice(2, 4).map(Number) as [number, number];
const way = process.argv[4];
const names = ["q", "k", "v"] as const;
const shape = [batch, 4, length, 32];
const operands = names.map((name) => input(name, shape));
const [q, k, v] = operands as [Tensor, Tensor, Tensor];
let y = q;
for (let layer = 0; layer < 4; layer++) y = causal({ keep: way === "kept" })(y, k, v).add(y);
const [gq, gk, gv] = gradient(y.square().sum(), operands) as [Tensor, Tensor, Tensor];

const megabytes = () => process.resourceUsage().maxRSS / 1024;
const feeds = Object.fromEntries(
  names.map((name) => [name, Float32Array.from({ length: sizeOf(shape) }, Math.random)]),
);
const before = megabytes();
await using executable = await compile({ gq, gk, gv }, { threads: 1 });
const into = await executable.run(feeds);
const [wall, processor]: [number[], number[]] = [[], []];
for (let run = 0; run < 5; run++) {
  const [start, used] = [performance.now(), processorMs()];
  await executable.run(feeds, into);
  wall.push(performance.now() - start);
  processor.push(processorMs() - used);
}
const figures = [median(wall), median(processor), megabytes() - before].map((x) => x.toFixed(0));
console.log(`| ${length} x ${batch} | ${way} | ${figures.join(" | ")} |`);
