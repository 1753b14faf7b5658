import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { isFile } from "../src/data/files/isFile.ts";
import { readSafetensors } from "../src/data/formats/safetensorsFile.ts";
import { runFiles } from "../src/train/run/runFolder.ts";
import { type Ended, installedMpis, startNode, startRanks } from "./mpiexec.ts";

vi.setConfig({ testTimeout: 240_000 }); // a busy machine

// The command line under mpiexec. How often a rank is killed in the last test is set by ONDELETTE_KILLS.
const program = join(import.meta.dirname, "../src/cli/main.ts");
const kills = Number(process.env.ONDELETTE_KILLS ?? 2);

let folder = "";
let text = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ondelette-ranks-"));
  const words = ["a", "rank", "has", "a", "part", "of", "the", "batch", "and", "no", "more"];
  text = join(folder, "text.txt");
  const sentence = (i: number) =>
    words.map((_, k) => words[(i * i + 3 * k) % words.length]).join(" ");
  await writeFile(text, Array.from({ length: 60 }, (_, i) => `${sentence(i)}.\n`).join(""));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A training of a small GPT by the command line. */
const sequence = () => [
  ...["sequence", "train", "--data", text, "--kind", "chars", "--context", "16"],
  ...["--width", "16", "--heads", "2", "--layers", "1", "--batch", "4"],
];

const run = (name: string) => join(folder, name);
/** Parameters and optimizer state of a run's last checkpoint. */
const stateOf = async (out: string) => (await readSafetensors(runFiles(out).latest)).tensors;
const validationOf = async (out: string): Promise<number> =>
  JSON.parse(await readFile(runFiles(out).result, "utf8")).validation.nats;

/** What `test/ranks/trainings.ts` prints. */
type Trainings = Readonly<
  Record<
    string,
    { readonly losses: readonly number[]; readonly examples: number; readonly hash: string }
  >
>;
const trainings = join(import.meta.dirname, "ranks/trainings.ts");
const printed = (ended: Ended): Trainings => {
  expect(ended).toMatchObject({ code: 0 });
  return JSON.parse(ended.out);
};

function expectClose(a: readonly number[], b: readonly number[], tolerance: number): void {
  expect(a).toHaveLength(b.length);
  for (const [step, loss] of a.entries()) {
    expect(Math.abs(loss / b[step]! - 1)).toBeLessThan(tolerance);
  }
}

describe("a GPT, an image model and a classifier", () => {
  const alone = once(async () => printed(await startNode([trainings])));

  test.for(installedMpis())(
    "are the same by two ranks of $name, bit for bit",
    async (mpi, { skip }) => {
      skip(mpi.missing !== undefined, mpi.missing);
      const together = printed(await startRanks(mpi, 2, [trainings]));
      expect(Object.keys(together)).toEqual(["sequence", "image", "classifier"]);
      const one = await alone();
      for (const [name, { hash, examples, losses }] of Object.entries(together)) {
        expect([name, hash, examples]).toEqual([name, one[name]!.hash, one[name]!.examples]);
        expectClose(losses, one[name]!.losses, 1e-12); // 64-bit sums in another order
      }
    },
  );

  test("are, two parts at a time, what one batch of twice the size is", async () => {
    const { sequence: one } = printed(await startNode([trainings, "doubled"]));
    const { sequence: two } = await alone();
    expect(two!.examples).toBe(one!.examples);
    expect(two!.losses).toHaveLength(12);
    expectClose(two!.losses, one!.losses, 1e-5);
  });
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
        ...[program, ...sequence(), "--width", width, "--steps", "3", "--out", run("mixed")],
      ];
      const both = [...args("16"), ":", "-n", "1", process.execPath, ...args("32")];
      const { code, err } = await startRanks(mpich!, 1, both); // two programs, one rank each
      expect(code).toBe(2);
      expect(err).toMatch(
        /rank 1 was started as “ondelette sequence train .*--width 32.*”, and rank 0 as “ondelette sequence train .*--width 16/,
      );
    },
  );

  skips(
    `a rank that is killed ends the job with its name, and the same command goes on to the same bits (${kills} times)`,
    async () => {
      const args = [...sequence(), "--steps", "300", "--threads", "1", "--save-every", "0.1"];
      const whole = run("whole");
      expect(await start(2, [...args, "--out", whole])).toMatchObject({ code: 0 });
      const expected = await stateOf(whole);
      for (let i = 0; i < kills; i++) {
        const out = run(`killed-${i}`);
        const rank = Math.random() < 0.5 ? 0 : 1;
        const job = start(2, [...args, "--out", out]);
        // At any moment from when the training has begun, which is when there is a run.
        while (!(await isFile(runFiles(out).config))) await wait(20);
        await wait(500 * Math.random());
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
        const change = (await validationOf(out)) / (await validationOf(whole)) - 1;
        expect(Math.abs(change)).toBeLessThan(1e-5);
      }
    },
    100_000 * (1 + kills),
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

/** The result of work that is done when it is first asked for, and once. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}
