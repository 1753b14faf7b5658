/**
 * How near `ondelette plan` comes: steps of the bench's GPT on 1, 2, 4 and 8 ranks of one thread each, predicted from the network
 * and one rank's step, beside measured ones. Words: `mpich` or `openmpi`, and a number of steps.
 */
import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { bandwidthText, timeText } from "../src/cli/shared/quantities.ts";
import type { NetworkMeasurement } from "../src/mpi/network/measureNetwork.ts";
import { schemes } from "../src/train/planning/memory.ts";
import { predictStep, type StepCost } from "../src/train/planning/predictStep.ts";
import { layout } from "../test/gptStep.ts";
import { type InstalledMpi, installedMpis, startRanks } from "../test/mpiexec.ts";
import type { MeasuredSteps } from "./planRank.ts";

const script = fileURLToPath(new URL("planRank.ts", import.meta.url));
const processArgs = ["--expose-gc", script];

/** Local steps of a round, as planRank.ts takes them. */
const syncEvery = 10;

async function together<T>(mpi: InstalledMpi, size: number, words: readonly string[]): Promise<T> {
  const { code, out, err } = await startRanks(mpi, size, [...processArgs, ...words], 3600);
  if (code !== 0) throw new Error(`${mpi.launcher} ended with ${code}: ${err}`);
  return JSON.parse(out);
}

/** Independent trainings at the same time: the mean of their steps. */
async function apart(count: number, steps: number): Promise<MeasuredSteps> {
  const runs = await Promise.all(
    Array.from({ length: count }, async (): Promise<MeasuredSteps> => {
      const args = [...processArgs, "steps", "summed", `${steps}`];
      return JSON.parse((await promisify(execFile)(process.execPath, args)).stdout);
    }),
  );
  const mean = (key: keyof MeasuredSteps) =>
    runs.reduce((sum, run) => sum + run[key], 0) / runs.length;
  const [step, processor, update] = [mean("step"), mean("processor"), mean("update")];
  return { ...runs[0]!, step, processor, update }; // one or more
}

const titles =
  "scheme    predicted   measured  off by  processor  communication  moving  waiting  memory";

export async function main(words: readonly string[]): Promise<void> {
  const wanted = words.includes("openmpi") ? "Open MPI" : "MPICH";
  const mpi = installedMpis().find(({ name }) => name === wanted)!; // both are known
  const steps = Number(words.find((word) => /^\d+$/.test(word)) ?? 60);
  const cores = availableParallelism();
  console.log(
    `GPT of ${(layout.size / 1e6).toFixed(2)} M parameters, ranks of one thread on ${cores} cores, ${mpi.name}, ${steps} steps`,
  );

  const network = await together<NetworkMeasurement>(mpi, 2, ["network"]);
  console.log(
    `between 2 ranks: latency ${timeText(network.latency)}, bandwidth ${bandwidthText(network.bandwidth)}`,
  );
  const idle = await apart(1, steps);
  console.log(
    `a training by itself: ${idle.step.toFixed(1)} ms a step; predicted from the steps of ${cores} trainings at the same time ` +
      "that know nothing of each other (cores may share units and memory), measured anew for each number of ranks",
  );
  const worst = new Map<number, number>();
  for (const ranks of [1, 2, 4, 8]) {
    const busy = await apart(cores, steps);
    const cost: StepCost = {
      ...{ parameters: layout.size, slots: 2 },
      ...{ seconds: busy.step / 1000, updateSeconds: busy.update / 1000 },
    };
    const turns = ranks > cores ? `, which take turns on ${cores} cores` : "";
    console.log(
      `\n${ranks} ${ranks === 1 ? "rank" : "ranks"}${turns}: predicted from ${busy.step.toFixed(1)} ms ` +
        `(${busy.processor.toFixed(1)} ms of processor time), of which the optimizer ${busy.update.toFixed(1)} ms`,
    );
    console.log(titles);
    for (const scheme of ranks === 1 ? (["summed"] as const) : schemes) {
      const cluster = { ...network, ranks, places: cores };
      const predicted = predictStep(scheme, cost, cluster, { syncEvery });
      const measured =
        ranks === 1
          ? await apart(cores, steps)
          : await together<MeasuredSteps>(mpi, ranks, ["steps", scheme, `${steps}`]);
      const off = (1000 * predicted.seconds) / measured.step - 1;
      worst.set(ranks, Math.max(worst.get(ranks) ?? 0, Math.abs(off)));
      const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
      console.log(
        [
          scheme.padEnd(8),
          ...[`${(1000 * predicted.seconds).toFixed(1)} ms`.padStart(9)],
          ...[`${measured.step.toFixed(1)} ms`.padStart(9), percent(off).padStart(6)],
          `${measured.processor.toFixed(1)} ms`.padStart(9),
          percent(predicted.communicating / predicted.seconds).padStart(13),
          ...[percent(measured.moving).padStart(6), percent(measured.waiting).padStart(7)],
          `${(predicted.memory / 1e6).toFixed(1)} MB, measured ${(measured.memory / 1e6).toFixed(1)} MB`,
        ].join("  "),
      );
    }
  }
  const text = [...worst].map(([ranks, off]) => `${(100 * off).toFixed(1)} % of ${ranks}`);
  console.log(
    `\nthe worst are off by ${text.join(", ")} ranks; needed of 1, 2 and 4, on an idle machine with 2 cores: 20 %`,
  );
}
