import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { writeNpy } from "../../data/formats/npyFile.ts";
import { readImage } from "../../data/images/decodeImage.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { waves } from "../../field/testing.ts";
import { testPicture } from "../../image/testing.ts";
import { ondelette } from "../testing.ts";

async function comparison() {
  const folder = await temporaryFolder();
  const picture = join(folder, "picture.png");
  await writeImage(picture, testPicture(20, 16, 3));
  const array = join(folder, "waves.npy");
  await writeNpy(array, { shape: [12, 16, 2], data: waves.values });
  const out = join(folder, "compared");
  const compare = (flags: Readonly<Record<string, string>>, inputs = [picture]) =>
    ondelette(
      ...["field", "compare", ...inputs, "--out", out, "--threads", "1", "--json"],
      ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]),
    );
  return { folder, picture, array, out, compare };
}
const plan = { models: "siren,relu", params: "600", steps: "6", seeds: "2", crop: "12" };

test("compares families on several inputs, continues where it was, and says what it found", async () => {
  const { out, picture, array, compare } = await comparison();
  const more = { ...plan, "channel-axis": "last", "rate-factors": "1,10", "trial-steps": "3" };
  const first = await compare(more, [picture, array]);
  expect(first.code).toBe(0);
  const { models } = JSON.parse(first.out);
  expect(models.map(({ name }: { name: string }) => name)).toEqual(["siren", "relu"]);
  for (const { inputs, steps, rate } of models) {
    expect(inputs).toMatchObject([{ input: "picture" }, { input: "waves" }]);
    expect([1, 10]).toContain(rate); // a factor of the family's own
    expect(steps).toBe(6);
  }
  expect(JSON.parse(await readFile(join(out, "summary.json"), "utf8"))).toEqual(models);
  expect(await readFile(join(out, "table.md"), "utf8")).toContain("mean of 2 inputs");
  for (const axis of ["step", "seconds"]) {
    expect(await readFile(join(out, `curves-${axis}.svg`), "utf8")).toMatch(/^<svg /);
  }
  // Two pictures of 12 samples, 22 times as large, and two rows of them.
  const { width, height } = await readImage(join(out, "sheet.png"));
  expect(width).toBeGreaterThan(3 * 12 * 22);
  expect(height).toBeGreaterThan(2 * 12 * 22);

  const record = join(
    out,
    "fits",
    (await readdir(join(out, "fits"))).find((name) => name.endsWith(".json"))!,
  ); // of many
  const before = await stat(record);
  expect((await compare(more, [picture, array])).out).toBe(first.out);
  expect((await stat(record)).mtimeMs).toBe(before.mtimeMs);
  expect(await compare({ ...more, params: "700" }, [picture, array])).toMatchObject({
    code: 2,
    err: expect.stringContaining("is of a fit with size"),
  });
});

test("by the clock, with gray channels; people are shown the table", async () => {
  const { picture, out } = await comparison();
  const flags = "--models siren --params 300 --seconds 0.05 --seeds 1 --channels gray --threads 1";
  const words = ["field", "compare", picture, "--out", out, ...flags.split(" ")];
  const { code, out: printed, err } = await ondelette(...words);
  expect(code).toBe(0);
  expect(printed).toContain((await readFile(join(out, "table.md"), "utf8")).trim());
  expect(printed).toContain("sheet.png");
  expect(err).toContain("siren-picture-rate-1-seed-1-0.05-s");
});

test("inputs of one name are told apart", async () => {
  const { picture, out, compare } = await comparison();
  const { models } = JSON.parse(
    (await compare({ ...plan, models: "relu" }, [picture, picture])).out,
  );
  expect(models[0].inputs).toMatchObject([{ input: "picture" }, { input: "picture-2" }]);
  expect(await readdir(out)).toContain("sheet.png");
});

test.each([
  [{ models: "siren,sirne" }, 'there is no model "sirne"; there are expansion, split'],
  [
    { init: "maxima,somewhere" },
    'there is no start of atoms "somewhere"; there are maxima, random',
  ],
  [{ "rate-factors": "1,fast" }, "--rate-factors 1,fast must be positive numbers"],
  [{ seconds: "1" }, "give --steps or --seconds, not both"],
  [{ "trial-steps": "1", "trial-seconds": "1" }, "give --trial-steps or --trial-seconds, not both"],
  [{ crop: "17" }, "17 samples along each axis cannot be cut out of 16 x 20"],
  [{ params: "5" }, "a field of this kind has at least"],
])("%o is refused in one sentence", async (flags, message) => {
  const { compare } = await comparison();
  const { code, err } = await compare({ ...plan, ...flags });
  expect(code).toBe(2);
  expect(err).toContain(message);
  expect(err.trim().split("\n")).toHaveLength(1);
});

test("how long a fit is must be said, and what is fitted must be there", async () => {
  const { compare, folder } = await comparison();
  expect(await compare({})).toMatchObject({
    code: 2,
    err: "ondelette: --steps or --seconds is missing: it says how long each fit is\n",
  });
  const missing = await compare(plan, [join(folder, "cat.png")]);
  expect(missing).toMatchObject({
    code: 2,
    err: expect.stringContaining("cat.png does not exist"),
  });
});
