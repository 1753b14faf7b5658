import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { summarize } from "../../compare/summary.ts";
import { seedsOf, someFit } from "../../compare/testing.ts";
import { siren } from "../families/baselines/siren.ts";
import type { FieldFamily } from "../family.ts";
import { snrOf } from "../signal/quality.ts";
import type { Signal } from "../signal/signal.ts";
import { waves } from "../testing.ts";
import { type CompareOptions, compareFields, fieldTable } from "./compareFields.ts";
import type { FieldComparison, FieldVariant } from "./comparison.ts";

const sound: Signal = { size: [64], channels: 1, values: waves.values.slice(0, 64), rate: 8000 };
/** A variant that is not in the table of families. */
const variant = (name: string, family: FieldFamily): FieldVariant => ({
  name,
  family,
  init: "maxima",
});
const variants = [
  variant("slow", siren({ omega: 10, rate: 1e-3 })),
  variant("fast/30", siren({ rate: 1e-3 })),
];
const comparison: FieldComparison = {
  ...{ variants, parameters: 400, factors: [1], seeds: 2, batch: 192, plan: { steps: 8 } },
  inputs: [
    { name: "waves", signal: waves },
    { name: "sound", signal: sound },
  ],
};

async function compared(
  more: Partial<FieldComparison> = {},
  options: Partial<CompareOptions> = {},
) {
  const folder = await temporaryFolder();
  const begun: string[] = [];
  const notices: string[] = [];
  const compare = (again: Partial<FieldComparison> = {}, others: Partial<CompareOptions> = {}) =>
    compareFields(
      folder,
      { ...comparison, ...more, ...again },
      {
        ...{ threads: 1, signal: new AbortController().signal },
        report: (fit) => {
          if (begun.at(-1) !== fit) begun.push(fit);
        },
        notice: (sentence) => notices.push(sentence),
        ...options,
        ...others,
      },
    );
  return { folder, begun, notices, compare };
}

describe("a comparison", () => {
  test("fits every variant to every input with every seed, and writes what it found", async () => {
    const { folder, begun, compare } = await compared();
    const summaries = await compare();
    expect(begun).toEqual(
      [1, 2].flatMap((seed) =>
        ["waves", "sound"].flatMap((input) =>
          ["slow", "fast_30"].map((name) => `${name}-${input}-rate-1-seed-${seed}-8-steps`),
        ),
      ),
    );
    expect(summaries.map(({ name }) => name)).toEqual(["slow", "fast/30"]);
    for (const { inputs } of summaries)
      expect(inputs.map(({ values }) => values.length)).toEqual([2, 2]);
    expect((await readdir(folder)).sort()).toEqual([
      "curves-seconds.svg",
      "curves-step.svg",
      "fits",
      "sheet.png",
      "summary.json",
      "table.md",
    ]);
    expect(JSON.parse(await readFile(join(folder, "summary.json"), "utf8"))).toEqual(
      JSON.parse(JSON.stringify(summaries)),
    );
    // The first seed's fits of the picture are drawn.
    const pictures = (await readdir(join(folder, "fits"))).filter((name) => name.endsWith(".png"));
    expect(pictures).toEqual(
      ["fast_30", "slow"].map((name) => `${name}-waves-rate-1-seed-1-8-steps.png`),
    );
  });

  test("interrupted, continues after the last finished fit and ends with the same values", async () => {
    const whole = await compared({ seeds: 1 });
    const controller = new AbortController();
    const { folder, begun, compare } = await compared({ seeds: 1 });
    const report = (fit: string) => {
      begun.push(fit);
      if (fit.includes("fast_30-sound")) controller.abort();
    };
    await expect(compare({}, { signal: controller.signal, report })).rejects.toThrow("aborted");
    const fits = join(folder, "fits");
    const known = await stat(join(fits, "slow-waves-rate-1-seed-1-8-steps.json"));
    expect((await readdir(fits)).filter((name) => name.endsWith(".json"))).toHaveLength(3);

    begun.length = 0;
    const [rest, expected] = [await compare(), await whole.compare()];
    expect(begun).toHaveLength(1);
    expect((await stat(join(fits, "slow-waves-rate-1-seed-1-8-steps.json"))).mtimeMs).toBe(
      known.mtimeMs,
    );
    const psnrs = (summaries: typeof rest) =>
      summaries.flatMap(({ inputs }) => inputs.map(({ values }) => values));
    expect(psnrs(rest)).toEqual(psnrs(expected));

    // A second seed is added to what there is; a picture that was removed is made again.
    await rm(join(fits, "slow-waves-rate-1-seed-1-8-steps.png"));
    begun.length = 0;
    await compare({ seeds: 2 });
    expect(begun).toEqual([
      "slow-waves-rate-1-seed-1-8-steps",
      ...["waves", "sound"].flatMap((input) =>
        ["slow", "fast_30"].map((name) => `${name}-${input}-rate-1-seed-2-8-steps`),
      ),
    ]);
    await expect(compare({ batch: 64 })).rejects.toThrow("is of a fit with batch 192, not 64");
  });

  test("fits with the factor of the rate whose trials came nearest; a factor that diverges is out", async () => {
    const { folder, begun, compare } = await compared();
    const factors = [1e-6, 2, 1e30];
    const summaries = await compare({ factors, trial: { steps: 4 }, seeds: 1 });
    expect(summaries.map(({ rate }) => rate)).toEqual([2, 2]);
    for (const name of ["slow", "fast_30"]) {
      const file = join(folder, "fits", `${name}-waves-rate-2-seed-1-8-steps.json`);
      const { settings } = JSON.parse(await readFile(file, "utf8"));
      expect(settings).toMatchObject({ factor: 2, peak: 2e-3 });
    }
    expect(begun.filter((name) => name.endsWith("4-steps"))).toHaveLength(2 * 2 * 3);
    expect(begun.filter((name) => name.endsWith("8-steps"))).toHaveLength(2 * 2);
  });

  test("records a fit that diverges, and fits the others", async () => {
    const wild = variant("wild", siren({ rate: 1e30 }));
    const { folder, begun, compare } = await compared({ variants: [...variants, wild], seeds: 1 });
    const [slow, , diverged] = await compare();
    expect(slow?.diverged).toBe(0);
    expect(diverged).toMatchObject({ diverged: 2, mean: Number.NaN });
    // The records are read as they were written: another comparison finds the same, and fits nothing.
    begun.length = 0;
    expect((await compare())[2]).toEqual(diverged);
    expect(begun).toEqual([]);
    expect(await readFile(join(folder, "table.md"), "utf8")).toMatch(/\| wild \|.*\| 2 of 2 \|/);
  });

  test("reports parameters that no width brings within 2 % of the wish", async () => {
    const { notices, compare } = await compared({ parameters: 300, seeds: 1, plan: { steps: 1 } });
    await compare();
    expect(notices[0]).toMatch(
      /^slow has \d+ parameters for waves, -?\d+\.\d % off the 300 that were asked for: no width comes nearer$/,
    );
  });
});

describe("the table of a comparison", () => {
  const sizes = { usedParameters: 412, placeBits: 99, fileBytes: 660 };
  const solved = someFit(30, { variant: "expansion", input: "sound", sizes });
  const summaries = summarize([solved, ...seedsOf("siren", "sound", 20, 22)], { better: "higher" });
  const cells = (table: string) =>
    table
      .split("\n")
      .filter((line) => line.startsWith("| "))
      .map((line) => line.split(" | "));

  test("has the parameters that are used beside those that there is room for", () => {
    const [head, best, other] = cells(fieldTable(summaries));
    const at = head!.indexOf("used");
    expect([best![at - 1], best![at]]).toEqual(["500", "412"]);
    expect([other![at - 1], other![at]]).toEqual(["500", "500"]); // of a network all
  });

  test("has the signal-to-noise ratio where all inputs are sounds, and else none", () => {
    const [head, best, other] = cells(fieldTable(summaries, [{ name: "sound", signal: sound }]));
    const at = head!.indexOf("SNR in dB");
    expect([best![at], other![at]]).toEqual([30, 21].map((psnr) => snrOf(psnr, sound).toFixed(2)));
    const mixed = [
      { name: "sound", signal: sound },
      { name: "waves", signal: waves },
    ];
    for (const inputs of [mixed, []]) expect(fieldTable(summaries, inputs)).not.toContain("| SNR");
  });
});
