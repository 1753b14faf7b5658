import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../../errors/userError.ts";
import { type Plan, progressOf } from "../../train/plan.ts";
import { lastRecords } from "../../train/run/lastRecords.ts";
import { type Holder, isInterruptible, livingHolder, lockName } from "../../train/run/lock.ts";
import { runFiles } from "../../train/run/runFolder.ts";
import { isRunConfig } from "../../train/run/runStore.ts";
import { type LastRecords, standingOf } from "../../train/run/summary.ts";
import type { Run } from "../api.ts";
import { openInside, readInside } from "./openInside.ts";

/** What was read of a run, and what of it need not be read again. */
export interface ReadRun {
  readonly run: Run;
  readonly holder: Holder | undefined;
  readonly config: Text;
  readonly result: Text;
  readonly metrics: { readonly stamp: string; readonly last: LastRecords };
}

/** The content of a file, and what tells that it is still the same. */
interface Text {
  readonly stamp: string;
  readonly json: unknown;
  readonly problem?: string;
}

const files = runFiles(".");

/**
 * Reads a run of the folder `root`; `undefined` where its `config.json` is of something else. `before` is what was read the
 * last time: files that did not change are not read again. A damaged file is said in the run's `problem`.
 */
export async function readRun(
  root: string,
  name: string,
  before?: ReadRun,
): Promise<ReadRun | undefined> {
  const at = (path: string) => join(name, path);
  const config = await readText(root, at(files.config), before?.config);
  if (config.stamp === absent) return undefined;
  if (!config.problem && !isRunConfig(config.json)) return undefined;
  const [result, metrics, lock] = await Promise.all([
    readText(root, at(files.result), before?.result),
    readLast(root, at(files.metrics), before?.metrics),
    readInside(root, at(lockName), 10_000).catch(() => ""),
  ]);
  const holder = await livingHolder(lock);
  const standing = standingOf(result.json, metrics.last, holder !== undefined);
  const described = isRunConfig(config.json) ? describe(config.json) : { kind: "" };
  const problem = config.problem ?? result.problem;
  const run: Run = {
    ...{ name, ...described, ...standing },
    ...(described.plan && { progress: progressOf(described.plan, standing) }),
    configured: timeOf(config.stamp),
    changed: Math.max(timeOf(metrics.stamp), timeOf(result.stamp), timeOf(config.stamp)),
    canStop: holder !== undefined && isInterruptible(holder),
    ...(problem !== undefined && { problem }),
  };
  return { run, holder, config, result, metrics };
}

/** What a configuration says about its run, whatever kind it is of. */
function describe(config: Readonly<Record<string, unknown>>) {
  const own = fieldsOf(config.model);
  const model = firstText(config.model, own.name, fieldsOf(config.options).mixing);
  const { settings } = fieldsOf(config.task);
  const data = firstText(
    fieldsOf(config.data).path,
    fieldsOf(config.signal).path,
    fieldsOf(settings).path,
  );
  const plan = planOf(config.plan);
  return {
    kind: String(config.kind),
    ...(model !== undefined && { model }),
    ...(data !== undefined && { data }),
    ...(plan && { plan }),
  };
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

const firstText = (...values: readonly unknown[]): string | undefined =>
  values.find((value): value is string => typeof value === "string");

function planOf(value: unknown): Plan | undefined {
  const { steps, minutes } = fieldsOf(value);
  if (typeof steps === "number" && steps > 0) return { steps };
  return typeof minutes === "number" && minutes > 0 ? { minutes } : undefined;
}

const absent = "";

/** Size, time and number of a file: what tells that it changed. */
async function stampOf(root: string, path: string): Promise<string> {
  const found = await lstat(join(root, path)).catch(() => undefined);
  return found ? `${found.mtimeMs} ${found.size} ${found.ino}` : absent;
}

const timeOf = (stamp: string): number => Number(stamp.split(" ", 1)[0]);

/** A JSON file, which is absent, sound or damaged. */
async function readText(root: string, path: string, before?: Text): Promise<Text> {
  const stamp = await stampOf(root, path);
  if (stamp === absent) return { stamp, json: undefined };
  if (stamp === before?.stamp) return before;
  try {
    return { stamp, json: JSON.parse(await readInside(root, path)) };
  } catch (error) {
    const problem =
      error instanceof SyntaxError
        ? `${path} is damaged: it is not JSON`
        : error instanceof UserError
          ? error.message
          : `${path} cannot be read`;
    return { stamp, json: undefined, problem };
  }
}

async function readLast(root: string, path: string, before?: ReadRun["metrics"]) {
  const stamp = await stampOf(root, path);
  if (stamp === absent) return { stamp, last: {} };
  if (stamp === before?.stamp) return before;
  try {
    await using file = await openInside(root, path);
    const { size, ino } = await file.stat();
    // A file that was only appended to keeps its number; what a resumed training cuts is written anew.
    const grew = before?.stamp.endsWith(` ${ino}`);
    return {
      stamp,
      last: await lastRecords(file, size, grew ? before?.last.validation : undefined),
    };
  } catch {
    return { stamp, last: {} };
  }
}
