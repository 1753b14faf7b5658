import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { ondelette } from "../testing.ts";
import { adviceOnMissing, demoDigits } from "./missingData.ts";

test.each([
  ["data/mnist", "`ondelette data get mnist --out data` fetches this data set"],
  ["none here/mnist", "`ondelette data get mnist --out 'none here'` fetches this data set"],
  [
    "data/tinyshakespeare/input.txt",
    "`ondelette data get tinyshakespeare --out data` fetches this data set",
  ],
  ["./kodak", "`ondelette data get kodak --out .` fetches this data set"],
  ["/kodak", "`ondelette data get kodak --out /` fetches this data set"],
  [demoDigits, "`ondelette demo` draws these digits"],
  ["photos", undefined],
  ["mnist-of-mine", undefined],
])("missing data %s: %s", (path, advice) => {
  expect(adviceOnMissing(path)).toBe(advice);
});

test.each([
  "image train",
  "image stats",
  "sequence train",
  "sequence compare",
  "sequence classify",
])("%s says how missing data are fetched, and makes nothing", async (command) => {
  const folder = await temporaryFolder();
  const words = {
    "image train": ["--out", join(folder, "run"), "--steps", "1"],
    "image stats": [],
    "sequence train": ["--kind", "chars", "--out", join(folder, "run"), "--steps", "1"],
    "sequence compare": ["--kind", "chars", "--out", join(folder, "run"), "--steps", "1"],
    "sequence classify": ["--task", "image", "--out", join(folder, "run"), "--steps", "1"],
  }[command]!;
  const data = join(folder, "mnist");
  const { code, err, out } = await ondelette(...command.split(" "), "--data", data, ...words);
  expect({ code, err, out }).toEqual({
    code: 2,
    err: `ondelette: ${data} does not exist; \`ondelette data get mnist --out ${folder}\` fetches this data set\n`,
    out: "",
  });
});

test("data that are there and cannot be opened are not called missing", async () => {
  const folder = await temporaryFolder();
  const loop = join(folder, "mnist");
  await symlink(loop, loop);
  const { code, err } = await ondelette("image", "stats", "--data", loop);
  expect(code).toBe(2);
  expect(err).toBe(`ondelette: ${loop} is a link that leads back to itself\n`);
});
