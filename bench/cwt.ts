/**
 * The continuous wavelet transform of 4,096 samples at 64 scales and its inverse, here and by PyWavelets'
 * `cwt(method="fft")`, in turns, so that a slow moment of the machine strikes both. PyWavelets is optional: a Python that has
 * it is named by PYTHON (python3 by default); it has no inverse.
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { continuousWavelet, cwt, defaultScales, icwt, scalesFor } from "../src/wavelets/index.ts";
import { median, time } from "./measure.ts";

const length = 4096;
const scales = scalesFor({ from: 2, to: 2 * 2 ** (63 / 9), voices: 9 });
const names = ["gaus1", "mexh", "morl", "cgau4", "cmor1.5-1.0", "shan1.5-1.0"];
const rounds = 7;

/** Answers each line "NAME" by the milliseconds of one transform. */
const server = `
import sys, time, warnings
warnings.simplefilter("ignore")
import numpy, pywt
data = numpy.cos(2 * numpy.pi * 0.2 * numpy.arange(${length}) ** 2 / (2 * ${length}))
scales = ${JSON.stringify(scales)}
print(pywt.__version__, flush=True)
for line in sys.stdin:
    start = time.perf_counter()
    pywt.cwt(data, scales, line.strip(), method="fft")
    print(1e3 * (time.perf_counter() - start), flush=True)
`;

export async function main(): Promise<void> {
  const data = Float64Array.from({ length }, (_, n) =>
    Math.cos((2 * Math.PI * 0.2 * n * n) / (2 * length)),
  );
  const python = await openPyWavelets();
  console.log(`${length} samples, ${scales.length} scales, float64, one thread; ms per transform`);
  console.log(`PyWavelets: ${python ? python.version : "not found (set PYTHON)"}`);
  for (const name of names) {
    const wavelet = continuousWavelet(name);
    const [ours, zero, back, theirs]: number[][] = [[], [], [], []];
    const transform = cwt(data, scales, wavelet);
    for (let round = 0; round < rounds; round++) {
      ours!.push(await time(async () => cwt(data, scales, wavelet), 1, round === 0 ? 2 : 0)); // four lists
      zero!.push(await time(async () => cwt(data, scales, wavelet, { mode: "zero" }), 1, 0));
      back!.push(await time(async () => icwt(transform), 1, 0));
      if (python) theirs!.push(await python.time(name));
    }
    const show = (times: readonly number[] = []) =>
      times.length > 0 ? median(times).toFixed(1).padStart(7) : "      –";
    console.log(
      `${name.padEnd(12)} cwt ${show(ours)}  zeros ${show(zero)}  icwt ${show(back)}  PyWavelets ${show(theirs)}`,
    );
  }
  python?.close();
  const all = defaultScales(continuousWavelet("morlet6"), length);
  const ms = await time(async () => cwt(data, all, "morlet6"), 3, 1);
  console.log(`morlet6 at its ${all.length} default scales: ${ms.toFixed(1)}`);
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
