/**
 * With `--all`: the whole grid of transforms against PyWavelets, see waveletGrid/sweep.ts. Otherwise
 * `wavedec2` and `waverec2`, five levels in mode periodization, against PyWavelets (`python3-pywt` of Debian; the interpreter
 * is the word given, /usr/bin/python3 by default) and against a copy of the array; one thread each, in turns, the least
 * time of each turn, the median over turns.
 */
import { openPython } from "../scripts/openPython.ts";
import { createRandom } from "../src/data/index.ts";
import { wavedec2, waverec2 } from "../src/wavelets/index.ts";
import { least, median } from "./measure.ts";
import { sweep } from "./waveletGrid/sweep.ts";

const sides = [512, 1000, 2048];
const wavelets = ["haar", "db4", "bior4.4"] as const;
const types = { float32: Float32Array, float64: Float64Array } as const;
const directions = ["forward", "inverse"] as const;
const levels = 5;
const turns = 5;

export async function main(words: readonly string[]): Promise<void> {
  if (words.includes("--all")) return sweep(words);
  const [python = "/usr/bin/python3", ...only] = words;
  await using peer = await openPython(python, new URL("./pywavelets.py", import.meta.url));
  console.log(
    `one thread, periodization, ${levels} levels, against PyWavelets ${peer.greeting.version}; Mpixel/s`,
  );
  console.log("| side | type | wavelet | direction | ondelette | PyWavelets | times | a copy |");
  console.log("|---|---|---|---|---|---|---|---|");
  const ratios: number[] = [];
  for (const side of sides.filter((own) => only.length === 0 || only.includes(`${own}`))) {
    for (const [type, Kind] of Object.entries(types)) {
      const random = createRandom(1);
      const data = new Kind(side * side).map(() => random.normal());
      const matrix = { height: side, width: side, data };
      const target = data.slice();
      for (const wavelet of wavelets) {
        const coefficients = wavedec2<Float32Array | Float64Array>(matrix, wavelet, {
          mode: "periodization",
          levels,
        });
        const runs = {
          forward: () => wavedec2(matrix, wavelet, { mode: "periodization", levels }),
          inverse: () => waverec2(coefficients),
        };
        for (const direction of directions) {
          const times = { ours: [] as number[], theirs: [] as number[], copy: [] as number[] };
          const count = side > 1024 ? 4 : 12;
          for (let turn = 0; turn < turns; turn++) {
            const cell = { shape: [side, side], type, wavelet, levels, direction, runs: count };
            times.theirs.push((await peer.ask(cell)).ms);
            times.ours.push(least(runs[direction], count));
            times.copy.push(least(() => target.set(data), count));
          }
          const rate = (ms: readonly number[]) => (side * side) / median(ms) / 1000;
          const ratio = rate(times.ours) / rate(times.theirs);
          ratios.push(ratio);
          const figures = [rate(times.ours), rate(times.theirs)].map((own) => own.toFixed(0));
          console.log(
            `| ${side} | ${type} | ${wavelet} | ${direction} | ${figures.join(" | ")} | ${ratio.toFixed(1)} | ${rate(times.copy).toFixed(0)} |`,
          );
        }
      }
    }
  }
  console.log(`least: ${Math.min(...ratios).toFixed(2)} times PyWavelets (2 wanted in every cell)`);
}
