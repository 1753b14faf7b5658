import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { discs, tinyModel } from "../src/cli/commands/testing.ts";
import { readMetrics } from "../src/data/files/jsonl.ts";
import { readSafetensors } from "../src/data/formats/safetensorsFile.ts";
import { runFiles } from "../src/train/run/runFolder.ts";
import { installedMpis, startNode, startRanks } from "./mpiexec.ts";

// The command line under mpiexec. How often a rank is killed in the last test is set by ONDELETTE_KILLS.
const program = join(import.meta.dirname, "../src/cli/main.ts");
const kills = Number(process.env.ONDELETTE_KILLS ?? 2);

let folder = "";
let data: { readonly text: string; readonly images: string };
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ondelette-ranks-"));
  const words = ["a", "rank", "has", "a", "part", "of", "the", "batch", "and", "no", "more"];
  const text = join(folder, "text.txt");
  const sentence = (i: number) =>
    words.map((_, k) => words[(i * i + 3 * k) % words.length]).join(" ");
  await writeFile(text, Array.from({ length: 60 }, (_, i) => `${sentence(i)}.\n`).join(""));
  data = { text, images: await discs(folder) };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Trainings by the command line, each of a few steps. */
const trainings = {
  sequence: () => [
    ...["sequence", "train", "--data", data.text, "--kind", "chars", "--context", "16"],
    ...["--width", "16", "--heads", "2", "--layers", "1", "--batch", "4"],
  ],
  image: () => ["image", "train", "--data", data.images, ...tinyModel("state")],
  classifier: () => [
    ...["image", "classify", "--data", data.images, "--channels", "8", "--blocks", "1"],
    ...["--batch", "4"],
  ],
} as const;

const run = (name: string) => join(folder, name);
/** The command line as one process. */
const alone = (args: readonly string[]) => startNode([program, ...args]);

/** Parameters and optimizer state of a run's last checkpoint. */
const stateOf = async (out: string) => (await readSafetensors(runFiles(out).latest)).tensors;
const lossesOf = async (out: string) =>
  (await readMetrics(runFiles(out).metrics)).flatMap(({ loss }) =>
    typeof loss === "number" ? [loss] : [],
  );

describe.each(installedMpis())("under mpiexec of $name", (mpi) => {
  const skips = test.skipIf(mpi.missing !== undefined);
  const start = (size: number, args: readonly string[]) =>
    startRanks(mpi, size, [program, ...args]);

  skips.each(Object.keys(trainings) as (keyof typeof trainings)[])(
    `two ranks train as one does with the whole batch: %s${mpi.missing ?? ""}`,
    async (kind) => {
      if (mpi.name !== "MPICH" && kind !== "sequence") return; // one kind says that MPI works
      const args = [...trainings[kind](), "--steps", "50", "--threads", "1"];
      const [two, parts] = [run(`${mpi.name}-${kind}-two`), run(`${mpi.name}-${kind}-parts`)];
      expect(await start(2, [...args, "--out", two])).toMatchObject({ code: 0 });
      expect(await alone([...args, "--parts", "2", "--out", parts])).toMatchObject({ code: 0 });
      expect(await stateOf(two)).toEqual(await stateOf(parts));
      const [a, b] = [await lossesOf(two), await lossesOf(parts)];
      expect(a.at(-1)).toEqual(b.at(-1));
      expect(JSON.parse(await readFile(runFiles(two).config, "utf8")).batching).toEqual({
        parts: 2,
      });
    },
  );
});

const [mpich] = installedMpis();
describe("under mpiexec", () => {
  const skips = test.skipIf(mpich?.missing !== undefined);
  const start = (size: number, args: readonly string[]) =>
    startRanks(mpich!, size, [program, ...args]); // it is in the list

  skips(`a command for one process says so${mpich?.missing ?? ""}`, async () => {
    const { code, err, out } = await start(2, ["runs", folder]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("ondelette: “runs” works in one process; start it without mpiexec\n");
  });

  skips("a mistake that all ranks find is told once", async () => {
    const { code, err } = await start(3, [
      "image",
      "train",
      "--data",
      "nowhere",
      "--out",
      run("no"),
    ]);
    expect(code).toBe(2);
    expect(err.match(/nowhere does not exist/g)).toHaveLength(1);
  });

  skips(
    "ranks that were started differently end with a sentence that names the first",
    async () => {
      const args = (width: string) => [
        ...[
          program,
          ...trainings.sequence(),
          "--width",
          width,
          "--steps",
          "3",
          "--out",
          run("mixed"),
        ],
      ];
      const both = [...args("16"), ":", "-n", "1", process.execPath, ...args("32")];
      const { code, err } = await startRanks(mpich!, 1, both); // two programs, one rank each
      expect(code).toBe(2);
      expect(err).toMatch(/rank 1 was started for a run with options.width 32, and rank 0 with 16/);
    },
  );

  skips(
    `a rank that is killed ends the job with its name, and the same command goes on to the same bits (${kills} times)`,
    async () => {
      const args = [
        ...trainings.sequence(),
        "--steps",
        "300",
        "--threads",
        "1",
        "--save-every",
        "0.2",
      ];
      const whole = run("whole");
      expect(await start(2, [...args, "--out", whole])).toMatchObject({ code: 0 });
      const expected = await stateOf(whole);
      for (let i = 0; i < kills; i++) {
        const out = run(`killed-${i}`);
        const rank = Math.random() < 0.5 ? 0 : 1;
        const job = start(2, [...args, "--out", out]);
        await wait(1000 + 2000 * Math.random());
        const pid = await rankProcess(out, rank);
        const begun = performance.now();
        if (pid !== undefined) process.kill(pid, "SIGKILL");
        const { code, err } = await job;
        if (pid !== undefined) {
          expect(code).not.toBe(0);
          expect((performance.now() - begun) / 1000).toBeLessThan(10);
          expect(err).toContain(`rank ${rank} (process ${pid} on `);
        }
        const size = [2, 1, 4][i % 3]!; // three numbers
        expect(await start(size, [...args, "--out", out, "--resume"])).toMatchObject({ code: 0 });
        if (size === 2) expect(await stateOf(out)).toEqual(expected);
        const [is, was] = [(await lossesOf(out)).at(-1), (await lossesOf(whole)).at(-1)];
        expect(Math.abs(is! / was! - 1)).toBeLessThan(1e-5);
      }
    },
    60_000 * (1 + kills),
  );
});

/** The process of a rank that trains in a folder, as Linux lists them; undefined where there is none yet, or no more. */
async function rankProcess(out: string, rank: number): Promise<number | undefined> {
  const read = (pid: string, file: string) =>
    readFile(`/proc/${pid}/${file}`, "utf8").catch(() => "");
  for (const pid of await readdir("/proc").catch(() => [])) {
    if (!/^\d+$/.test(pid)) continue;
    const words = (await read(pid, "cmdline")).split("\0");
    if (words[0] !== process.execPath || !words.includes(out)) continue;
    if ((await read(pid, "environ")).split("\0").includes(`PMI_RANK=${rank}`)) return Number(pid);
  }
  return undefined;
}
