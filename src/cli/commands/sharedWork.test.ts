import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { installedMpis, startRanks } from "../../../test/mpiexec.ts";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { testPicture } from "../../image/testing.ts";
import { scanPartFile } from "../../jobs/partFile.ts";
import { toyText } from "../../sequence/testing.ts";
import { ondelette } from "../testing.ts";
import { discs, sentenceOf, tinyModel } from "./testing.ts";

/** A folder with a folder of pictures, of different sizes and colors. */
async function photos(count: number, side = 8) {
  const folder = await temporaryFolder();
  const data = join(folder, "photos");
  await mkdir(data);
  for (let i = 0; i < count; i++) {
    const name = `${i}`.padStart(3, "0");
    await writeImage(join(data, `${name}.png`), testPicture(side + (i % 3), side, i % 2 ? 1 : 3));
  }
  return { folder, data, at: (name: string) => join(folder, name) };
}

/** All files of a folder and those in it, by name. */
async function filesOf(folder: string): Promise<Map<string, string>> {
  const names = (await readdir(folder, { recursive: true })).sort();
  const files = new Map<string, string>();
  for (const name of names) {
    const path = join(folder, name);
    if ((await stat(path)).isFile()) files.set(name, (await readFile(path)).toString("base64"));
  }
  return files;
}

/** Runs a command line as its shares, last one first, and merges them. */
async function byHand(words: readonly string[], count: number, shards: string, ...more: string[]) {
  for (let i = count; i >= 1; i--) {
    const result = await ondelette(...words, "--shard", `${i}/${count}`, "--shard-folder", shards);
    expect(result).toMatchObject({ code: 0 });
  }
  return ondelette("merge", shards, ...more);
}

describe("image stats", () => {
  test("prints the same with --jobs, and by shards in any order", async () => {
    const { data, at } = await photos(130); // three pieces, the last one a small one
    const words = ["image", "stats", "--data", data, "--lossless"];
    const alone = await ondelette(...words);
    expect(alone).toMatchObject({ code: 0, out: expect.stringMatching(/^images +130\n/) });
    expect((await ondelette(...words, "--jobs", "2")).out).toBe(alone.out);
    expect((await byHand(words, 2, at("shards"))).out).toBe(alone.out);
    const object = await ondelette(...words, "--json");
    expect((await ondelette("merge", at("shards"), "--json")).out).toBe(object.out);
    expect(await readdir(process.cwd())).not.toContainEqual(expect.stringMatching(/\.shards$/));
  });

  test("says what a share has", async () => {
    const { data, at } = await photos(70);
    const words = ["image", "stats", "--data", data, "--shard-folder", at("shards")];
    const { out } = await ondelette(...words, "--shard", "2/2", "--json");
    const file = join(at("shards"), "2-of-2.shard");
    expect(JSON.parse(out)).toEqual({ shard: "2/2", file, pieces: 1, of: 2 });
  });

  test("counts rivals on the same sheets", async () => {
    const { data, at } = await photos(5);
    const words = ["image", "stats", "--data", data, "--lossless", "--rivals"];
    const alone = await ondelette(...words);
    expect(alone.out).toContain("PNG");
    expect((await byHand(words, 2, at("shards"))).out).toBe(alone.out);
  });

  test("says once which pictures are left out", async () => {
    const { data, at } = await photos(130);
    await writeFile(join(data, "000.png"), "no picture");
    await writeFile(join(data, "129.png"), "no picture");
    const words = ["image", "stats", "--data", data];
    const alone = await ondelette(...words);
    const merged = await byHand(words, 2, at("shards"));
    expect(merged.out).toBe(alone.out);
    const notices = (text: string) => text.split("\n").filter((line) => line.includes("left out"));
    expect(notices(merged.err)).toEqual(notices(alone.err));
    expect(notices(alone.err)).toHaveLength(1);
  });
});

describe("image encode of a folder", () => {
  test("writes a file for each picture, the same ones in every way", async () => {
    const { folder, data, at } = await photos(17);
    const alone = await ondelette("image", "encode", data, "-o", at("alone"), "--json");
    const figures = JSON.parse(alone.out);
    expect(figures).toMatchObject({ pictures: 17, lossless: 0 });
    const expected = await filesOf(at("alone"));
    expect([...expected.keys()].slice(0, 2)).toEqual(["000.ondl", "001.ondl"]);
    expect(figures.bytes).toBe(
      [...expected.values()].reduce((sum, text) => sum + Buffer.from(text, "base64").length, 0),
    );

    // Of more processes than there are pieces: each has eight pictures.
    const jobs = await ondelette(
      "image",
      "encode",
      data,
      "-o",
      at("jobs"),
      "--jobs",
      "9",
      "--json",
    );
    expect(jobs.err).toContain("--jobs 9 is lowered to 3: the work has 3 pieces");
    expect(JSON.parse(jobs.out)).toEqual({ ...figures, folder: at("jobs") });
    expect(await filesOf(at("jobs"))).toEqual(expected);

    const words = ["image", "encode", data, "-o", at("hand")];
    await byHand(words, 3, at("hand.shards"));
    expect(await filesOf(at("hand"))).toEqual(expected);
    expect((await readdir(folder)).sort()).toEqual([
      "alone",
      "hand",
      "hand.shards",
      "jobs",
      "photos",
    ]);

    const one = await ondelette("image", "encode", join(data, "003.png"), "-o", at("3.ondl"));
    expect(one.code).toBe(0);
    expect((await readFile(at("3.ondl"))).toString("base64")).toBe(expected.get("003.ondl"));
  });

  test("keeps folders of classes, and refuses two pictures of one name", async () => {
    const { data, at } = await photos(2);
    for (const name of ["a", "b"]) {
      await mkdir(join(at("classes"), name), { recursive: true });
      await copyFile(join(data, "000.png"), join(at("classes"), name, "x.png"));
    }
    await ondelette("image", "encode", at("classes"), "-o", at("out"));
    expect([...(await filesOf(at("out"))).keys()]).toEqual(["a/x.ondl", "b/x.ondl"]);
    await copyFile(join(data, "000.png"), join(at("classes"), "a", "x.webp"));
    const result = await ondelette("image", "encode", at("classes"), "-o", at("again"));
    expect(sentenceOf(result)).toContain("would both become a/x.ondl: rename one of them");
  });
});

describe("mistakes of sharing are one sentence", () => {
  test.each([
    [["--shard", "3/2"], "--shard must be I/N with I from 1 to N, such as 2/3, not 3/2"],
    [["--shard", "1/2", "--jobs", "2"], "--shard computes one share, and --jobs all of them"],
  ])("%j", async (more, sentence) => {
    const { data } = await photos(1);
    expect(sentenceOf(await ondelette("image", "stats", "--data", data, ...more))).toContain(
      sentence,
    );
  });

  test("of one picture", async () => {
    const { data, at } = await photos(1);
    const words = ["image", "encode", join(data, "000.png"), "-o", at("a.ondl"), "--jobs", "2"];
    expect(sentenceOf(await ondelette(...words))).toContain("is one picture");
  });

  test("of merging", async () => {
    const { data, at } = await photos(10);
    const words = ["image", "encode", data, "-o", at("out"), "--shard-folder", at("shards")];
    const first = await ondelette(...words, "--shard", "1/2", "--finest", "0.5");
    expect(first).toMatchObject({ code: 0 });
    const merge = async (...paths: string[]) => sentenceOf(await ondelette("merge", ...paths));
    expect(await merge(at("shards"))).toBe("shard 2/2 is missing: run it, or name its file too");
    const file = (i: number) => join(at("shards"), `${i}-of-2.shard`);
    expect(await merge(file(1), file(1))).toContain("are both shard 1/2: leave one out");

    await ondelette(...words, "--shard", "2/2");
    expect(await merge(at("shards"))).toBe(
      `${file(2)} is a shard of other work, with finest null, not 0.5`,
    );
    // The data of the first have changed meanwhile.
    await rm(file(2));
    await rm(join(data, "009.png"));
    await ondelette(...words, "--shard", "2/2", "--finest", "0.5");
    expect(await merge(at("shards"))).toMatch(/1-of-2.shard is a shard of other work, with data /);

    await mkdir(at("empty"));
    expect(await merge(at("empty"))).toContain("holds no shards (.shard)");
    await writeFile(at("junk.shard"), "junk");
    expect(await merge(at("junk.shard"))).toContain("is no shard of a work, or is damaged");
    await expect(readdir(at("out"))).resolves.toEqual([]);
  });
});

describe("a trained model", () => {
  test("scores and draws the same by shares", async () => {
    const folder = await temporaryFolder();
    const data = await discs(folder, 70);
    const run = join(folder, "run");
    const train = ["image", "train", "--data", data, "--out", run, "--steps", "2"];
    const threads = ["--threads", "1"];
    await ondelette(...train, ...threads, ...tinyModel("state"));

    const evaluate = ["image", "eval", "--run", run, "--data", data, ...threads];
    const untimed = ({ out }: { readonly out: string }) => {
      const { tokensPerSecond: _, ...figures } = JSON.parse(out);
      return figures;
    };
    const alone = untimed(await ondelette(...evaluate, "--json"));
    expect(alone.images).toBe(70);
    expect(untimed(await byHand(evaluate, 2, join(folder, "eval.shards"), "--json"))).toEqual(
      alone,
    );

    const draw = (out: string, ...more: string[]) => {
      const words = ["image", "sample", "--run", run, "--out", join(folder, out), ...threads];
      return [...words, "--count", "6", ...more];
    };
    for (const [more, ...shares] of [
      [[], "sheet.png"],
      [["--from", data, "--keep", "coarse:1"], "files/"],
    ] as const) {
      const [out = ""] = shares;
      expect(await ondelette(...draw(`alone-${out}`, ...more))).toMatchObject({ code: 0 });
      await byHand(draw(`shares-${out}`, ...more), 2, join(folder, `${more.length}.shards`));
    }
    const bytes = (name: string) => readFile(join(folder, name));
    expect(await bytes("shares-sheet.png")).toEqual(await bytes("alone-sheet.png"));
    const files = await filesOf(join(folder, "alone-files"));
    expect(files.size).toBe(6);
    expect(await filesOf(join(folder, "shares-files"))).toEqual(files);
  });
});

describe("ranks", { timeout: 120_000 }, () => {
  const program = fileURLToPath(new URL("../main.ts", import.meta.url));

  for (const mpi of installedMpis())
    test.skipIf(mpi.missing !== undefined)(
      `of ${mpi.name} encode a folder as one process does${mpi.missing ?? ""}`,
      async () => {
        const { folder, data, at } = await photos(17);
        const words = ["image", "encode", data, "--json", "-o"];
        const alone = await ondelette(...words, at("alone"));
        const ended = await startRanks(mpi, 2, [program, ...words, at("ranks")]);
        expect(ended).toMatchObject({ code: 0 });
        expect(JSON.parse(ended.out)).toEqual({ ...JSON.parse(alone.out), folder: at("ranks") });
        expect(await filesOf(at("ranks"))).toEqual(await filesOf(at("alone")));
        expect((await readdir(folder)).sort()).toEqual(["alone", "photos", "ranks"]);
      },
    );
});

/** Numbers of a summary that do not depend on the clock. */
const valuesOf = (summaries: readonly { inputs: readonly { values: readonly number[] }[] }[]) =>
  summaries.map(({ inputs }) => inputs.map(({ values }) => values));

describe("comparisons", () => {
  test("of fields are the same by shares, also where rates are tried", async () => {
    const { folder, data, at } = await photos(1, 12);
    const picture = join(data, "000.png");
    const words = ["field", "compare", picture, "--models", "siren,expansion", "--params", "300"];
    const more = ["--steps", "3", "--seeds", "2", "--threads", "1", "--rate-factors", "1,3"];
    const compare = (out: string) => [...words, ...more, "--out", join(folder, out)];
    const alone = JSON.parse((await ondelette(...compare("alone"), "--json")).out);
    // Computed elsewhere: nothing but the shards comes back.
    await byHand(compare("shares"), 2, at("shards"));
    await rename(at("shares"), at("elsewhere"));
    const merged = JSON.parse((await ondelette("merge", at("shards"), "--json")).out);
    expect(valuesOf(merged.models)).toEqual(valuesOf(alone.models));
    for (const name of ["sheet.png", "fits/siren-000-rate-1-seed-1-3-steps.png"]) {
      expect(await readFile(join(at("shares"), name))).toEqual(
        await readFile(join(at("alone"), name)),
      );
    }
    const names = async (out: string) => (await readdir(at(out), { recursive: true })).sort();
    expect(await names("shares")).toEqual(await names("alone"));
  });

  test("of mixings are the same by shares", async () => {
    const folder = await temporaryFolder();
    const data = join(folder, "toy.txt");
    await writeFile(data, toyText);
    const size = "--layers 1 --width 8 --heads 2 --context 8 --batch 4 --threads 1".split(" ");
    const plan = "--mixing none/haar --seeds 2 --steps 4".split(" ");
    const words = ["sequence", "compare", "--data", data, "--kind", "chars", ...size, ...plan];
    const compare = (out: string) => [...words, "--out", join(folder, out)];
    const alone = JSON.parse((await ondelette(...compare("alone"), "--json")).out);
    const merged = await byHand(compare("shares"), 3, join(folder, "shards"), "--json");
    expect(valuesOf(JSON.parse(merged.out).variants)).toEqual(valuesOf(alone.variants));
  });
});

describe("processes", { timeout: 120_000 }, () => {
  const main = fileURLToPath(new URL("../main.ts", import.meta.url));

  // Three pieces for each of two processes.
  const pictures = () => photos(48, 16);
  let files: ReturnType<typeof madeByOne> | undefined;
  /** What one process makes of the same pictures. */
  async function madeByOne() {
    const { data, at } = await pictures();
    expect((await ondelette("image", "encode", data, "-o", at("alone"))).code).toBe(0);
    return filesOf(at("alone"));
  }

  /** Starts `image encode --jobs 2` of pictures that take it a while. */
  async function encoding() {
    const { folder, data, at } = await pictures();
    const words = ["image", "encode", data, "-o", at("jobs"), "--jobs", "2"];
    const child = spawn(process.execPath, [main, ...words], { stdio: ["ignore", "pipe", "pipe"] });
    onTestFinished(() => void child.kill("SIGKILL"));
    let err = "";
    child.stderr.on("data", (text) => {
      err += text;
    });
    const shards = at(".jobs.shards");
    /** Until some pieces are kept. */
    const begun = async () => {
      for (;;) {
        const files = ["1-of-2.shard", "2-of-2.shard"].map((name) => join(shards, name));
        const kept = await Promise.all(
          files.map((file) =>
            scanPartFile(file).then(
              ({ entries }) => entries.size,
              () => 0, // not there yet
            ),
          ),
        );
        if (kept.every((pieces) => pieces > 0)) return;
        if (child.exitCode !== null) throw new Error(err);
        await setTimeout(5);
      }
    };
    /** The same command again; its files are those of one process. */
    const finish = async () => {
      expect(await ondelette(...words)).toMatchObject({ code: 0 });
      files ??= madeByOne();
      expect(await filesOf(at("jobs"))).toEqual(await files);
      expect((await readdir(folder)).sort()).toEqual(["jobs", "photos"]);
    };
    return { child, begun, finish, folder, shards, ended: once(child, "exit"), said: () => err };
  }

  /** Processes whose command line names a folder. */
  async function workingOn(folder: string): Promise<string[]> {
    const found: string[] = [];
    for (const pid of await readdir("/proc")) {
      const line = await readFile(join("/proc", pid, "cmdline"), "utf8").catch(() => "");
      if (/^\d+$/.test(pid) && line.includes(folder)) found.push(pid);
    }
    return found;
  }

  test("stop on Ctrl-C, and the same command goes on", async () => {
    const { child, begun, ended, finish, shards, said } = await encoding();
    await begun();
    child.kill("SIGINT");
    expect(await ended).toEqual([130, null]);
    expect(said()).not.toContain("bug");
    expect(await readdir(shards)).toEqual(["1-of-2.shard", "2-of-2.shard"]);
    await finish();
  });

  test.runIf(process.platform === "linux")(
    "end when the one that started them is killed, and the same command goes on",
    async () => {
      const { child, begun, ended, finish, folder } = await encoding();
      await begun();
      child.kill("SIGKILL");
      await ended;
      for (let tries = 0; (await workingOn(folder)).length > 0; tries++) {
        expect(tries).toBeLessThan(400);
        await setTimeout(25);
      }
      await finish();
    },
  );

  test.runIf(process.platform === "linux")(
    "end all where one of them is killed, and it is said which",
    async () => {
      const { child, begun, ended, finish, folder, said } = await encoding();
      await begun();
      const own = String(child.pid);
      const [victim] = (await workingOn(folder)).filter((pid) => pid !== own);
      process.kill(Number(victim), "SIGKILL");
      expect(await ended).toEqual([2, null]);
      expect(said()).toMatch(
        /ondelette: the process of shard [12]\/2 was ended by SIGKILL; the same command goes on where it was\n$/,
      );
      expect(await workingOn(folder)).toEqual([]);
      await finish();
    },
  );

  test("end all with the sentence of the one that failed", async () => {
    const { data, at } = await photos(17);
    await writeFile(join(data, "016.png"), "no picture");
    const words = ["image", "encode", data, "-o", at("jobs"), "--jobs", "2", "--strict"];
    const alone = await ondelette("image", "encode", data, "-o", at("alone"), "--strict");
    expect(sentenceOf(await ondelette(...words))).toBe(sentenceOf(alone));
  });
});
