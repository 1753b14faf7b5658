/**
 * Local steps (DiLoCo) against an average of the gradients in every step, at equal samples: two ranks train the same small GPT
 * on a text. The traffic is what rank 0 gave to the network.
 *
 *     npm run bench -- local-steps TEXT [--steps 600] [--every 50] [--seeds 1,2,3]
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { installedMpis, startRanks } from "../test/mpiexec.ts";

const program = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));

export async function main(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      steps: { type: "string", default: "600" },
      every: { type: "string", default: "50" },
      seeds: { type: "string", default: "1,2,3" },
    },
  });
  const [text] = positionals;
  if (text === undefined) throw new Error("name a text to train on");
  const [mpi] = installedMpis();
  const folder = await mkdtemp(join(tmpdir(), "ondelette-local-"));
  const variants = { "every step": [], [`every ${values.every}`]: ["--sync-every", values.every] };
  console.log("averaged    seed  validation, nats/character  moved, MB  moving  waiting");
  for (const [name, more] of Object.entries(variants)) {
    const found: number[] = [];
    for (const seed of values.seeds.split(",")) {
      const out = join(folder, `${more.length}-${seed}`);
      const size = ["--layers", "4", "--width", "64", "--context", "64", "--batch", "8"];
      const { code, err } = await startRanks(mpi!, 2, [
        ...[program, "sequence", "train", "--data", text, "--kind", "chars", ...size],
        ...["--steps", values.steps, "--seed", seed, "--threads", "1", "--out", out, ...more],
      ]);
      if (code !== 0) throw new Error(err);
      const { validation, pace } = JSON.parse(await readFile(join(out, "result.json"), "utf8"));
      found.push(validation.nats);
      const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
      console.log(
        `${name.padEnd(11)} ${seed.padEnd(5)} ${validation.nats.toFixed(4).padEnd(27)} ` +
          `${(pace.movedBytes / 1e6).toFixed(1).padEnd(10)} ${percent(pace.moving).padEnd(7)} ${percent(pace.waiting)}`,
      );
    }
    const mean = found.reduce((a, b) => a + b) / found.length;
    console.log(`${name.padEnd(11)} mean  ${mean.toFixed(4)}`);
  }
  await rm(folder, { recursive: true, force: true });
}
