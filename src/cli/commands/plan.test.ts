import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { installedMpis, startRanks } from "../../../test/mpiexec.ts";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { inOneProcess } from "../../mpi/testing.ts";
import { interruptible, ondelette } from "../testing.ts";
import { sentenceOf } from "./testing.ts";

/** One is enough: the communicator's own tests know them all. */
const mpi = installedMpis()[0]!; // there are two

const given = ["--params", "20000000", "--step-time", "1.8s"];
const fast = ["--latency", "20us", "--bandwidth", "25Gbit/s"];
const slow = ["--latency", "1ms", "--bandwidth", "100Mbit/s"];

describe("ondelette plan", () => {
  test("prints each scheme for each number of ranks, and what to take", async () => {
    const { code, out } = await ondelette("plan", ...given, ...fast);
    expect(code).toBe(0);
    expect(out).toMatch(/^20,000,000 parameters, 2 arrays of optimizer state, 1.80 s a step; /);
    const rows = out.match(/^ +(1|2|4|8|64|512) {2}.*$/gm) ?? [];
    expect(rows).toHaveLength(1 + 5 * 3);
    expect(rows[0]).toMatch(/^ +1 {2}by itself +1.80 s +100 % +0.0 % +0 B +880 MB$/);
    expect(out).toMatch(
      /^2 to 512 ranks: sum the gradients in every step, .*efficiency at 512\.$/m,
    );
  });

  test("takes shards where memory is short, and local steps where the network is slow", async () => {
    const short = await ondelette("plan", ...given, ...fast, "--ranks", "64", "--memory", "700MB");
    expect(short.out).toMatch(
      /^64 ranks: shard the optimizer \(--shard-optimizer\), since a rank/m,
    );
    const far = await ondelette("plan", ...given, ...slow, "--ranks", "4", "--sync-every", "500");
    expect(far.out).toMatch(
      /^4 ranks: take local steps \(--sync-every 500\): .* They are other steps/m,
    );
    const hopeless = await ondelette("plan", ...given, ...slow, "--ranks", "8", "--memory", "1MB");
    expect(hopeless.out).toMatch(/^8 ranks: no way of sharing fits into 1.0 MB/m);
    const least = await ondelette("plan", ...given, ...slow, "--ranks", "8", "--sync-every", "1");
    expect(least.out).toMatch(/^8 ranks: nothing reaches 90 %; to .* comes nearest/m);
  });

  test("gives the same as JSON, and knows that ranks take turns", async () => {
    const words = ["plan", ...given, ...fast, "--ranks", "2,4", "--cores", "2"];
    const { predictions, recommendations, link } = JSON.parse(
      (await ondelette(...words, "--json")).out,
    );
    expect(link).toEqual({ latency: expect.closeTo(20e-6, 12), bandwidth: 3.125e9 });
    expect(predictions).toHaveLength(6);
    expect(predictions[3].seconds).toBeGreaterThan(1.9 * predictions[0].seconds);
    expect(recommendations).toMatchObject([{ ranks: 2 }, { ranks: 4 }]);
    expect((await ondelette(...words)).out).toContain("4 ranks take turns on 2 cores: ");
  });

  test("takes parameters, state and step time from a run, and what is given instead", async () => {
    const run = join(await temporaryFolder(), "run");
    await ondelette(
      ...["sequence", "classify", "--out", run, "--layers", "1", "--width", "8", "--heads", "2"],
      ...[
        "--batch",
        "4",
        "--threads",
        "1",
        "--valid",
        "8",
        "--min-length",
        "4",
        "--max-length",
        "9",
      ],
      ...["--steps", "30"],
    );
    const words = ["plan", "--run", run, ...fast, "--ranks", "1", "--json"];
    const { cost } = JSON.parse((await ondelette(...words)).out);
    expect(cost).toMatchObject({ parameters: 1178, slots: expect.any(Number) });
    expect(cost.seconds).toBeGreaterThan(0);
    const more = JSON.parse((await ondelette(...words, "--params", "5", "--step-time", "3s")).out);
    expect(more.cost).toMatchObject({ parameters: 5, seconds: 3 });
    const none = await ondelette("plan", "--run", join(run, "nowhere"), ...fast);
    expect(none.code).toBe(2);
  });

  test.each([
    [["--step-time", "1s", ...fast], /^--params is missing: say it, or name a run with --run$/],
    [["--params", "5", ...fast], /^--step-time is missing/],
    [[...given, "--latency", "1us"], /^--bandwidth is missing: .*--network$/],
    [[...given, "--bandwidth", "1GB/s"], /^--latency is missing/],
    [[...given, ...fast, "--ranks", "2,x"], /^--ranks must be whole numbers/],
    [[...given, ...fast, "--update-time", "2s"], /^--update-time 2s is longer than the whole step/],
    [["--params", "5", "--step-time", "1", ...fast], /^--step-time must be a time with its unit/],
  ])("refuses what it cannot use: %j", async (words, sentence) => {
    expect(sentenceOf(await ondelette("plan", ...words))).toMatch(sentence);
  });
});

test("docs/scale.md shows what ondelette plan prints", async () => {
  const page = await readFile(join(import.meta.dirname, "../../../docs/scale.md"), "utf8");
  const examples = [
    ...page.matchAll(/```sh\nondelette (plan --params .*)\n```\n\n```\n([^`]*)```/g),
  ];
  expect(examples).toHaveLength(2);
  for (const [, words = "", output] of examples) {
    expect((await ondelette(...words.split(" "))).out).toBe(output);
  }
});

describe("ondelette bench-network", () => {
  test("says in one process how to start it", async () => {
    expect(sentenceOf(await ondelette("bench-network"))).toMatch(
      /start them with mpiexec -n 2 ondelette bench-network$/,
    );
  });

  test("writes a file that ondelette plan reads", async () => {
    const file = join(await temporaryFolder(), "network.json");
    const words = ["bench-network", "-o", file, "--largest", "4kB", "--repeats", "3"];
    const { signal } = new AbortController();
    // Ranks in one process have no clock of their own: their times are made up.
    const results = await inOneProcess(2, (ranks) => {
      let calls = 0;
      const spent = () => ({ waiting: 0, moving: 1e-5 * calls++, bytes: 0 });
      return interruptible(signal, words, { ...ranks, spent });
    });
    expect(results[0]).toMatchObject({ code: 0, err: expect.any(String) });
    expect(results[0]!.out).toMatch(/^ +bytes +all-reduce +reduce-scatter +all-gather$/m);
    expect(results[0]!.out).toMatch(
      /^latency .* µs, bandwidth .*B\/s \(.*bit\/s\), between 2 processes/m,
    );
    const { kind, ranks, points } = JSON.parse(await readFile(file, "utf8"));
    expect({ kind, ranks }).toEqual({ kind: "network", ranks: 2 });
    expect(points.map(({ bytes }: { bytes: number }) => bytes)).toContain(4000);
    const planned = await ondelette("plan", ...given, "--network", file, "--ranks", "2");
    expect(planned.code).toBe(0);
    expect(planned.err).toMatch(/was measured between processes of one machine: /);

    await writeFile(file, '{"kind":"network"}');
    expect(sentenceOf(await ondelette("plan", ...given, "--network", file))).toMatch(
      /network.json is not a file of ondelette bench-network: /,
    );
  });

  test.skipIf(mpi.missing !== undefined)(
    `measures between processes${mpi.missing ?? ""}`,
    async () => {
      const main = join(import.meta.dirname, "../main.ts");
      const words = ["bench-network", "--largest", "64kB", "--repeats", "3", "--json"];
      const { code, out, err } = await startRanks(mpi, 2, [main, ...words]);
      expect({ code, err }).toMatchObject({ code: 0 });
      const { ranks, localRanks, latency, bandwidth, points } = JSON.parse(out);
      expect({ ranks, localRanks }).toEqual({ ranks: 2, localRanks: 2 });
      expect(latency).toBeGreaterThan(0);
      expect(bandwidth).toBeGreaterThan(0);
      expect(points).toHaveLength(3 * 6 + 1); // 8 B, 64 B … 32 kB, 64 kB, and a small exchange
    },
  );
});
