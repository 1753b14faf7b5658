import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { ondelette } from "../testing.ts";
import { sentenceOf } from "./testing.ts";

const classify = (out: string, ...more: string[]) =>
  ondelette(
    ...["sequence", "classify", "--out", out, "--layers", "1", "--width", "8", "--heads", "2"],
    ...["--batch", "4", "--threads", "1", "--valid", "8", "--min-length", "4", "--max-length", "9"],
    ...more,
  );

test("ondelette runs lists the runs below a folder with kind, size, steps and scores", async () => {
  const root = await temporaryFolder();
  await classify(join(root, "b"), "--steps", "3");
  await classify(join(root, "deep", "a"), "--steps", "2");
  await mkdir(join(root, "no run"));
  await writeFile(join(root, "no run", "config.json"), "{}");

  const { code, out } = await ondelette("runs", root);
  expect(code).toBe(0);
  const [head, ...rows] = out.trimEnd().split("\n");
  expect(head).toMatch(/^run +kind +parameters +steps +seconds +state +training +validation$/);
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatch(
    new RegExp(
      `^${join(root, "b")} +classifier +1178 +3 +\\S+ +finished +accuracy \\S+ +accuracy `,
    ),
  );
  expect(rows[1]).toMatch(new RegExp(`^${join(root, "deep", "a")} +classifier +1178 +2 `));

  const { runs } = JSON.parse((await ondelette("runs", root, "--json")).out);
  expect(runs).toMatchObject([
    { folder: join(root, "b"), parameters: 1178, step: 3, state: "finished" },
    { folder: join(root, "deep", "a"), validation: { accuracy: expect.any(Number) } },
  ]);
});

test("ondelette runs says where there are none, and where there is no folder", async () => {
  const root = await temporaryFolder();
  expect(await ondelette("runs", root)).toMatchObject({ code: 0, out: `no runs in ${root}\n` });
  const missing = join(root, "nowhere");
  expect(sentenceOf(await ondelette("runs", missing))).toBe(`${missing} does not exist`);
});
