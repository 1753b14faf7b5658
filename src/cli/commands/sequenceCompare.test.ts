import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { toyText } from "../../sequence/testing.ts";
import { ondelette } from "../testing.ts";
import { sentenceOf } from "./testing.ts";

async function comparison() {
  const folder = await temporaryFolder();
  const data = join(folder, "toy.txt");
  await writeFile(data, toyText);
  const out = join(folder, "compared");
  const compare = (flags: Readonly<Record<string, string>>) =>
    ondelette(
      ...["sequence", "compare", "--data", data, "--kind", "chars", "--out", out, "--threads", "1"],
      ...Object.entries({ ...small, ...flags }).flatMap(([name, value]) => [`--${name}`, value]),
    );
  return { out, compare };
}
const small = { layers: "2", width: "8", heads: "2", context: "8", batch: "4" };
const plan = { mixing: "none/haar", rates: "0.01,1e30", seeds: "2", steps: "24" };

test("trains each mixing with each rate and the best with each seed, and says what it found", async () => {
  const { out, compare } = await comparison();
  const first = await compare(plan);
  expect(first.code).toBe(0);
  expect((await readdir(join(out, "runs"))).sort()).toEqual(
    ["haar", "none"].flatMap((name) => [
      `${name}-rate-0.01-seed-1`,
      `${name}-rate-0.01-seed-2`,
      `${name}-rate-1e+30-seed-1`, // diverged, and was not chosen
    ]),
  );
  const table = await readFile(join(out, "table.md"), "utf8");
  expect(first.out).toContain(table.trim());
  for (const name of ["none", "haar"])
    expect(table).toMatch(new RegExp(`\\| ${name} \\| 0.01 \\|`));
  for (const axis of ["step", "seconds"]) {
    expect(await readFile(join(out, `curves-${axis}.svg`), "utf8")).toMatch(/^<svg /);
  }
  const summary = JSON.parse(await readFile(join(out, "summary.json"), "utf8"));
  expect(summary).toMatchObject(
    ["none", "haar"].map((name) => ({ name, rate: 0.01, diverged: 0 })),
  );
  for (const { inputs } of summary) expect(inputs[0].values).toHaveLength(2);

  // Repeated, nothing is trained again, and the result is the same.
  const metrics = join(out, "runs", "haar-rate-0.01-seed-2", "metrics.jsonl");
  const before = await stat(metrics);
  const again = await compare(plan);
  expect(again.out).toBe(first.out);
  expect((await stat(metrics)).mtimeMs).toBe(before.mtimeMs);
  // Damaged times are measured again.
  await writeFile(join(out, "step-times.json"), '{"none": 0.0');
  expect((await compare(plan)).code).toBe(0);
  expect(await readFile(join(out, "step-times.json"), "utf8")).toContain("haar");
  // A third seed is added to what there is; other settings are not mixed with it.
  expect((await compare({ ...plan, seeds: "3" })).code).toBe(0);
  expect(await compare({ ...plan, rates: "0.01", width: "16" })).toMatchObject({
    code: 2,
    err: expect.stringContaining("holds a run with options.width 8, not 16; name another folder"),
  });
  expect(await compare({ ...plan, rates: "0.01", steps: "20" })).toMatchObject({
    code: 2,
    err: expect.stringContaining("continue with the same plan, or with at least"),
  });
});

test.each([
  [{ mixing: "none/harr", steps: "1" }, 'there is no mixing "harr"; there are none, haar'],
  [{ mixing: "none" }, "--steps or --minutes is missing: it says how long each training is"],
  [{ rates: "0.1,fast", steps: "1" }, "--rates 0.1,fast must be positive numbers"],
  [{ heads: "3", steps: "1" }, "a width of 8 cannot be shared by 3 heads"],
])("%o is refused in one sentence", async (flags, message) => {
  const { compare } = await comparison();
  const { code, err } = await compare(flags);
  expect(code).toBe(2);
  expect(err).toContain(message);
  expect(err.trim().split("\n")).toHaveLength(1);
});

test("compares classifiers by their right answers", async () => {
  const out = join(await temporaryFolder(), "listops");
  const words =
    "--task listops --mixing none/haar,conv --seeds 2 --steps 3 --layers 1 --width 8 --heads 2";
  const lengths = "--min-length 4 --max-length 12 --valid 40 --batch 4 --rates 0.01 --threads 1";
  const all = ["sequence", "compare", ...words.split(" "), ...lengths.split(" "), "--out", out];
  const { code, out: printed } = await ondelette(...all);
  expect(code).toBe(0);
  expect(printed).toContain(
    "validation, % right (mean ± s.d.) | 95 % of resampled seeds | 95 % of 40 examples | against none",
  );
  expect(printed).toMatch(/\| haar,conv \| 0.01 \| \d+ \| \d+\.\d ± /);
  expect(printed).toContain("A guess among 10 classes is right in 10.0 %");
  const nothing = await ondelette("sequence", "compare", "--steps", "1", "--out", out);
  expect(sentenceOf(nothing)).toMatch("give --kind, to compare models of a corpus, or --task");
});
