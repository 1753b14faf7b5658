import { appendFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { lockRun } from "../../train/run/lock.ts";
import type { Change } from "../api.ts";
import { soon, toyRun, writeFiles } from "../testing.ts";
import { scanOf } from "./scan.ts";
import { watchOf } from "./watch.ts";

const folder = async () => realpath(await temporaryFolder());

test("a scan finds runs at any depth but in hidden folders, in packages and inside runs", async () => {
  const root = await folder();
  for (const name of ["b", "a/deep", ".hidden/x", "node_modules/x", "b/lossless", "a/not"]) {
    await writeFiles(join(root, name), name === "a/not" ? { "config.json": "{}" } : toyRun(5));
  }
  await symlink(root, join(root, "circle"));
  const { runs, notice } = await scanOf(root)();
  expect([...runs.keys()]).toEqual(["a/deep", "b"]);
  expect(notice).toBeUndefined();
  expect(runs.get("b")?.run).toMatchObject({
    ...{ kind: "toy", state: "finished", step: 5, seconds: 0.5, parameters: 5 },
    ...{ plan: { steps: 5 }, progress: 1, canStop: false, metrics: { loss: 0.2 } },
  });
  expect([...(await scanOf(join(root, "b"))()).runs.keys()]).toEqual(["."]);
});

test("a scan says that it leaves out folders that lie too deep", async () => {
  const root = await folder();
  await writeFiles(join(root, "1/2/3/4/5/6/7/8/9/10"), toyRun(5));
  const { runs, notice } = await scanOf(root)();
  expect(runs.size).toBe(0);
  expect(notice).toMatch(/left out/);
});

test("a run is running while its lock is held, and says then what its metrics say", async () => {
  const root = await folder();
  await writeFiles(join(root, "a"), toyRun(30));
  const scan = scanOf(root);
  const stateOf = async () => (await scan()).runs.get("a")?.run;
  expect((await stateOf())?.state).toBe("finished");
  {
    await using _lock = await lockRun(join(root, "a"));
    await appendFile(join(root, "a/metrics.jsonl"), '{"step":31,"seconds":4,"loss":7}\n');
    expect(await stateOf()).toMatchObject({
      ...{ state: "running", step: 31, seconds: 4, progress: 1 },
      ...{ metrics: { loss: 7 }, validation: { loss: 2 / 30 } },
    });
  }
  expect((await stateOf())?.state).toBe("failed");
});

test("other work goes on while a long file of metrics is looked through", async () => {
  const root = await folder();
  await writeFiles(join(root, "a"), toyRun(5, { finished: false }));
  await writeFile(join(root, "a/metrics.jsonl"), '{"step":1,"seconds":1,"loss":1}\n'.repeat(3e5));
  let turns = 0;
  const count = () => {
    turns++;
    turning = setImmediate(count);
  };
  let turning = setImmediate(count);
  expect((await scanOf(root)()).runs.get("a")?.run).toMatchObject({ step: 1, validation: {} });
  clearImmediate(turning);
  expect(turns).toBeGreaterThan(5);
});

test("a watch tells new, changed and gone runs, and only these", async () => {
  const root = await folder();
  await writeFiles(join(root, "a"), toyRun(5));
  await writeFiles(join(root, "b"), toyRun(5));
  const watch = watchOf(scanOf(root), 100);
  await watch.look();
  const changes: Change[] = [];
  const stop = watch.listen((change) => changes.push(change));
  await sleep(350);
  expect(changes).toEqual([]);

  await writeFiles(join(root, "deep/c"), toyRun(2));
  await expect.poll(() => changes.at(-1)?.runs?.map(({ name }) => name)).toEqual(["deep/c"]);
  await writeFile(join(root, "b/result.json"), '{"step":9,"seconds":1,"interrupted":true}');
  await rm(join(root, "b/result.json"));
  await writeFile(join(root, "b/result.json"), '{"step":9,"seconds":1,"interrupted":true}');
  await expect.poll(() => changes.at(-1)?.runs?.[0]).toMatchObject({ name: "b", state: "stopped" });
  await rm(join(root, "a"), { recursive: true });
  await soon(() => changes.at(-1)).toEqual({ gone: ["a"] });

  stop();
  const told = changes.length;
  await rm(join(root, "b"), { recursive: true });
  await sleep(350);
  expect(changes).toHaveLength(told);
  watch.close();
});
