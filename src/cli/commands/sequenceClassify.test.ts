import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { readImage } from "../../data/images/decodeImage.ts";
import { ondelette } from "../testing.ts";

const tiny = "--layers 1 --width 8 --heads 2 --batch 4 --threads 1 --valid 8".split(" ");
const short = ["--min-length", "4", "--max-length", "9"];
const listops = (out: string, ...more: string[]) =>
  ondelette("sequence", "classify", "--out", out, ...more);

describe("ondelette sequence classify", () => {
  test("trains, says how many answers are right, and continues", async () => {
    const out = join(await temporaryFolder(), "run");
    const first = await listops(out, ...tiny, ...short, "--steps", "3");
    expect(first).toMatchObject({ code: 0 });
    expect(first.out).toMatch(
      /3 steps on 12 examples .* % right in training, .* % right in validation/,
    );
    const more = await listops(out, "--resume", "--steps", "6", "--threads", "1", "--json");
    const result = JSON.parse(more.out);
    expect(result).toMatchObject({ run: out, classes: 10, step: 6, examples: 24 });
    for (const { accuracy } of [result.training, result.validation]) {
      expect(accuracy).toBeGreaterThanOrEqual(0);
    }
    expect((await readImage(result.curve)).width).toBe(720);
  });

  test("trains on texts by class", async () => {
    const folder = await temporaryFolder();
    for (const name of ["left", "right"]) {
      await mkdir(join(folder, "data", name), { recursive: true });
      for (const i of [1, 2, 3])
        await writeFile(join(folder, "data", name, `${i}`), name.repeat(i));
    }
    const data = ["--task", "text", "--data", join(folder, "data"), "--context", "6"];
    const done = await listops(join(folder, "run"), ...tiny, ...data, "--steps", "2", "--json");
    expect(JSON.parse(done.out)).toMatchObject({ classes: 2, step: 2, examples: 8 });
    const config = JSON.parse(await readFile(join(folder, "run", "config.json"), "utf8"));
    expect(config.readout).toBe("mean");
  });

  test.each([
    [["--task", "text"], "--task text needs --data"],
    [["--task", "image"], "--task image needs --data"],
    [["--data", "x"], "--task listops draws its own expressions and takes no --data"],
    [["--min-length", "50", "--max-length", "20"], "--min-length 50 is more than --max-length 20"],
    [["--min-length", "2", "--max-length", "3"], "no expression of 2 to 3 tokens turned up"],
    [["--task", "image", "--data", "/none"], "/none does not exist"],
    [
      ["--context", "20"],
      "a context window of 20 is too short for the 100 tokens of the longest example; give a larger --context",
    ],
    [["--resume"], "cannot be resumed: it has no config.json"],
    [["--steps", "1", "--minutes", "1"], "give --steps or --minutes, not both"],
  ])("refuses %j", async (more, message) => {
    const out = join(await temporaryFolder(), "run");
    const { code, err } = await listops(out, ...more);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err.trim().split("\n")).toHaveLength(1);
  });

  test("overwrites no run", async () => {
    const out = join(await temporaryFolder(), "run");
    expect((await listops(out, ...tiny, ...short, "--steps", "1")).code).toBe(0);
    const again = await listops(out, ...tiny, ...short, "--steps", "1");
    expect(again.code).toBe(2);
    expect(again.err).toContain("already holds a run");
  });
});
