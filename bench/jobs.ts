/**
 * `image encode --jobs 2` of a folder against two processes that know nothing of each other and encode half of it each at the same
 * time. They take turns; the ratio is of medians. `npm run bench -- jobs [PICTURES] [SIDE] [ROUNDS]`; run it on a quiet machine.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createRandom, makeFolder, type Raster, writeImage } from "../src/data/index.ts";
import { median } from "./measure.ts";

const program = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));

/** Shaded discs with grain: edges, smooth parts, and noise, as photographs have them. */
function picture(side: number, i: number): Raster {
  const random = createRandom(i);
  const discs = Array.from({ length: 12 }, () => ({
    ...{ x: random.uniform() * side, y: random.uniform() * side },
    radius: (0.05 + 0.3 * random.uniform()) * side,
    color: [random.uniform(), random.uniform(), random.uniform()],
  }));
  const data = new Uint8Array(3 * side * side);
  for (let at = 0; at < side * side; at++) {
    const [x, y] = [at % side, Math.floor(at / side)];
    const disc = discs.findLast((one) => Math.hypot(x - one.x, y - one.y) < one.radius);
    for (let c = 0; c < 3; c++) {
      const light = (disc?.color[c] ?? 0.5) * (0.7 + (0.3 * x) / side) + 0.01 * random.normal();
      data[3 * at + c] = Math.max(0, Math.min(255, Math.round(255 * light)));
    }
  }
  return { width: side, height: side, channels: 3, data };
}

/** Seconds until all processes are done. */
async function secondsOf(...lines: (readonly string[])[]): Promise<number> {
  const begun = performance.now();
  const ended = lines.map(async (words) => {
    const child = spawn(process.execPath, [program, ...words], { stdio: "ignore" });
    const [code] = await once(child, "exit");
    if (code !== 0) throw new Error(`${words.join(" ")} ended with code ${code}`);
  });
  await Promise.all(ended);
  return (performance.now() - begun) / 1000;
}

const filesOf = async (folder: string) =>
  (await readdir(folder)).sort().map((name) => [name, join(folder, name)] as const);

export async function main([
  count = "2000",
  side = "96",
  rounds = "3",
]: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "ondelette-jobs-"));
  const at = (name: string) => join(folder, name);
  try {
    for (const name of ["all", "even", "odd"]) await makeFolder(at(name));
    for (let i = 0; i < Number(count); i++) {
      const [name, made] = [`${`${i}`.padStart(5, "0")}.png`, picture(Number(side), i)];
      await writeImage(join(at("all"), name), made);
      await writeImage(join(at(i % 2 === 0 ? "even" : "odd"), name), made);
    }
    console.log(`image encode of ${count} pictures of ${side}×${side} pixels`);
    const encode = (from: string, to: string) => ["image", "encode", at(from), "-o", at(to)];
    const times: { readonly jobs: number[]; readonly apart: number[] } = { jobs: [], apart: [] };
    for (let round = 0; round < Number(rounds); round++) {
      const apart = await secondsOf(encode("even", "apart"), encode("odd", "apart"));
      const jobs = await secondsOf([...encode("all", "jobs"), "--jobs", "2"]);
      times.apart.push(apart);
      times.jobs.push(jobs);
      console.log(`  two processes apart ${apart.toFixed(2)} s, --jobs 2 ${jobs.toFixed(2)} s`);
    }
    const [apart, jobs] = [median(times.apart), median(times.jobs)];
    const rate = (seconds: number) => `${(Number(count) / seconds).toFixed(1)} pictures/s`;
    console.log(`medians: apart ${rate(apart)}, --jobs 2 ${rate(jobs)}`);
    console.log(`--jobs 2 has ${((100 * apart) / jobs).toFixed(1)} % of their throughput`);
    const [expected, found] = [await filesOf(at("apart")), await filesOf(at("jobs"))];
    let same = expected.length === found.length;
    for (const [k, [name, path]] of expected.entries()) {
      same &&= found[k]![0] === name && (await readFile(path)).equals(await readFile(found[k]![1]));
    }
    console.log(same ? "the files are the same, byte for byte" : "THE FILES DIFFER");
    if (!same) process.exitCode = 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
