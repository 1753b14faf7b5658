/**
 * The continuous wavelet transform of 4,096 samples at 64 scales and its inverse, here and by PyWavelets'
 * `cwt(method="fft")`. The two alternate and are measured in processor time, so that a busy machine affects both alike.
 * PyWavelets is optional: PYTHON names a Python that has it (python3 by default). It has no inverse.
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { continuousWavelet, cwt, defaultScales, icwt, scalesFor } from "../src/wavelets/index.ts";
import { median } from "./measure.ts";

const length = 4096;
const scales = scalesFor({ from: 2, to: 2 * 2 ** (63 / 9), voices: 9 });
const names = ["gaus1", "mexh", "morl", "cgau4", "cmor1.5-1.0", "shan1.5-1.0"];
const rounds = 7;

/** Answers each line "NAME" by the milliseconds of processor time of one transform. */
const server = `
import sys, time, warnings
warnings.simplefilter("ignore")
import numpy, pywt
data = numpy.cos(2 * numpy.pi * 0.2 * numpy.arange(${length}) ** 2 / (2 * ${length}))
scales = ${JSON.stringify(scales)}
print(pywt.__version__, flush=True)
for line in sys.stdin:
    start = time.process_time()
    pywt.cwt(data, scales, line.strip(), method="fft")
    print(1e3 * (time.process_time() - start), flush=True)
`;

export async function main(): Promise<void> {
  const data = Float64Array.from({ length }, (_, n) =>
    Math.cos((2 * Math.PI * 0.2 * n * n) / (2 * length)),
  );
  const python = await openPyWavelets();
  console.log(
    `${length} samples, ${scales.length} scales, float64, one thread; ms of processor time, median of ${rounds}`,
  );
  console.log(`PyWavelets: ${python ? python.version : "not found (set PYTHON)"}`);
  for (const name of names) {
    const wavelet = continuousWavelet(name);
    const [ours, zero, back, theirs]: number[][] = [[], [], [], []];
    const transform = cwt(data, scales, wavelet);
    for (let round = -2; round < rounds; round++) {
      const times = [
        processorTime(() => cwt(data, scales, wavelet)),
        processorTime(() => cwt(data, scales, wavelet, { mode: "zero" })),
        processorTime(() => icwt(transform)),
        python ? await python.time(name) : undefined,
      ];
      if (round < 0) continue; // to warm up
      for (const [i, list] of [ours, zero, back, theirs].entries())
        if (times[i] !== undefined) list?.push(times[i]);
    }
    const show = (times: readonly number[] = []) =>
      times.length > 0 ? median(times).toFixed(1).padStart(7) : "      –";
    console.log(
      `${name.padEnd(12)} cwt ${show(ours)}  zeros ${show(zero)}  icwt ${show(back)}  PyWavelets ${show(theirs)}`,
    );
  }
  python?.close();
  const all = defaultScales(continuousWavelet("morlet6"), length);
  const ms = median([1, 2, 3].map(() => processorTime(() => cwt(data, all, "morlet6"))));
  console.log(`morlet6 at its ${all.length} default scales: ${ms.toFixed(1)}`);
}

/** Milliseconds of this process's processor time that a call takes. */
function processorTime(run: () => unknown): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e3;
}

async function openPyWavelets() {
  const child = spawn(process.env.PYTHON ?? "python3", ["-c", server], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  child.on("error", () => {}); // no Python: the lines end at once
  child.stdin.on("error", () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { value: version, done } = await lines.next();
  if (done) return undefined;
  return {
    version: String(version),
    async time(name: string): Promise<number> {
      child.stdin.write(`${name}\n`);
      return Number((await lines.next()).value);
    },
    close: () => void child.stdin.end(),
  };
}
