/**
 * `wavedec` and `waverec` of signals against the npm package discrete-wavelets, the wavelet library that JavaScript has had;
 * mode symmetric, five levels; the two alternate, and the figure is the least time of each turn, the median over turns.
 */
import wrapped from "discrete-wavelets";
import { createRandom } from "../src/data/index.ts";
import { wavedec, waverec } from "../src/wavelets/index.ts";
import { least, median } from "./measure.ts";

// Its types say an ES module, its file is a CommonJS one: the class itself is what Node hands out.
const discreteWavelets = wrapped as unknown as typeof wrapped.default;

const lengths = [1000, 4096];
const wavelets = ["haar", "db4"] as const;
const levels = 5;
const turns = 3;

export async function main(): Promise<void> {
  console.log("| samples | wavelet | direction | ondelette ms | discrete-wavelets ms | times |");
  console.log("|---|---|---|---|---|---|");
  const ratios: number[] = [];
  for (const length of lengths) {
    const random = createRandom(1);
    const data = Float64Array.from({ length }, () => random.normal());
    const numbers = Array.from(data);
    const runs = Math.max(2, Math.min(200, Math.round(2e6 / length)));
    for (const wavelet of wavelets) {
      const ours = wavedec(data, wavelet, { levels });
      const theirs = discreteWavelets.wavedec(numbers, wavelet, "symmetric", levels);
      const pairs = {
        forward: [
          () => wavedec(data, wavelet, { levels }),
          () => discreteWavelets.wavedec(numbers, wavelet, "symmetric", levels),
        ],
        inverse: [() => waverec(ours), () => discreteWavelets.waverec(theirs, wavelet)],
      } as const;
      for (const [direction, [own, other]] of Object.entries(pairs)) {
        const times = { own: [] as number[], other: [] as number[] };
        for (let turn = 0; turn < turns; turn++) {
          times.own.push(least(own, runs));
          times.other.push(least(other, Math.max(1, Math.round(runs / 10))));
        }
        const [a, b] = [median(times.own), median(times.other)];
        ratios.push(b / a);
        console.log(
          `| ${length} | ${wavelet} | ${direction} | ${a.toFixed(3)} | ${b.toFixed(2)} | ${(b / a).toFixed(0)} |`,
        );
      }
    }
  }
  console.log(`least: ${Math.min(...ratios).toFixed(1)} times discrete-wavelets (10 wanted)`);
}
