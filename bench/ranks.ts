/**
 * What training together costs: two ranks of one thread each, against two trainings of one thread each that know nothing of
 * each other, by turns in the same two processes on the same cores. Cores that share arithmetic units do more when one multiplies
 * while the other waits for memory; "in step" are independent trainings that begin each step together, and so cannot.
 *
 *     npm run bench -- ranks [mpich|openmpi] [--seconds 20] [--rounds 3] [--cases gpt,gpt20]
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { installedMpis, startRanks } from "../test/mpiexec.ts";
import { median } from "./measure.ts";
import type { Round } from "./ranksRank.ts";

const script = fileURLToPath(new URL("ranksRank.ts", import.meta.url));

export async function main(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      seconds: { type: "string", default: "20" },
      rounds: { type: "string", default: "3" },
      cases: { type: "string", default: "gpt,gpt20" },
    },
  });
  const wanted = positionals.includes("openmpi") ? "Open MPI" : "MPICH";
  const mpi = installedMpis().find(({ name }) => name === wanted)!; // both are known
  if (mpi.missing !== undefined) throw new Error(`${wanted}:${mpi.missing}`);
  for (const name of values.cases.split(",")) {
    const args = [script, name, values.seconds, values.rounds];
    const { code, out, err } = await startRanks(mpi, 2, args, 3600);
    if (code !== 0) throw new Error(`${mpi.launcher} ended with ${code}: ${err}`);
    const { parameters, rounds } = JSON.parse(out) as { parameters: number; rounds: Round[] };
    console.log(`${mpi.name}, ${name} of ${(parameters / 1e6).toFixed(2)} M parameters`);
    for (const round of rounds) console.log(Object.entries(round).map(textOf).join("; "));
    for (const way of ["in step", "together", "in shards"] as const) {
      const ratio = median(rounds.map((round) => round[way].rate / round.apart.rate));
      console.log(`${way}: median ${percent(ratio)} of two independent trainings`);
    }
  }
}

const textOf = ([way, { rate, moving, waiting }]: [string, Round["apart"]]): string =>
  `${way} ${rate.toFixed(0)} tokens/s` +
  (moving > 0 ? ` (moving ${percent(moving)}, waiting ${percent(waiting)})` : "");

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
