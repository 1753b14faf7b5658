import { parseArgs } from "node:util";
import { openPython } from "../scripts/openPython.ts";
import { median } from "./measure.ts";
import type { Question } from "./waveletScripts/worker.ts";

const usage = `usage: npm run bench -- scripts [--only SCRIPT,…] [--turns N] [--python PYTHON]
  The five scripts of examples/16 to 20 against the same lines with PyWavelets and NumPy: milliseconds of processor time of all
  threads, the two sides in turns, the median over turns (7 by default), each the mean of some calls.`;

/** The scripts, and how many calls of each are a turn. */
const scripts: Readonly<Record<string, number>> = {
  denoise: 10,
  compress: 6,
  "best basis": 40,
  scalogram: 3,
  volume: 1,
};

export async function main(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      only: { type: "string" },
      turns: { type: "string", default: "7" },
      python: { type: "string", default: "/usr/bin/python3" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return console.log(usage);
  const only = values.only?.split(",") ?? Object.keys(scripts);
  const folder = new URL("./waveletScripts/", import.meta.url);
  await using theirs = await openPython(values.python, new URL("scripts.py", folder), {
    environment: { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
  });
  await using ours = await openPython(process.execPath, new URL("worker.ts", folder));
  console.log(`against PyWavelets ${theirs.greeting.version}; ms of processor time`);
  console.log("| script | ms | ms PyWavelets | times | results |\n|---|---|---|---|---|");
  for (const script of only) {
    const times = { ours: [] as number[], theirs: [] as number[] };
    let digests: readonly [number[], number[]] = [[], []];
    for (let turn = 0; turn < Number(values.turns); turn++) {
      const question: Question = { script, calls: scripts[script] ?? 1 };
      const [their, our] = [await theirs.ask(question), await ours.ask(question)];
      times.theirs.push(their.ms);
      times.ours.push(our.ms);
      digests = [our.digest, their.digest];
    }
    const [our, their] = [median(times.ours), median(times.theirs)];
    const apart = Math.max(
      ...digests[0].map((x, i) => Math.abs(x / (digests[1][i] ?? Number.NaN) - 1)),
    );
    const figures = [our.toPrecision(3), their.toPrecision(3), (their / our).toFixed(2)];
    console.log(`| ${[script, ...figures, `differ by ${apart.toExponential(0)}`].join(" | ")} |`);
  }
}
