import { lstatSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
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
  readonly config: JsonFile;
  readonly result: JsonFile;
  readonly metrics: MetricsEnd;
}

/** The content of a JSON file, and what tells that it is still the same. */
interface JsonFile {
  readonly stamp: string;
  readonly json: unknown;
  readonly problem?: string;
}

/** The end of a metrics file. */
interface MetricsEnd {
  readonly stamp: string;
  readonly size: number;
  readonly last: LastRecords;
  /** Whether no more was looked for than whether the result is newer. */
  readonly isBrief: boolean;
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
  const config = readJson(root, at(files.config), before?.config);
  if (config.stamp === absent) return undefined;
  if (!config.problem && !isRunConfig(config.json)) return undefined;
  const result = readJson(root, at(files.result), before?.result);
  const holder = await holderOf(root, at(lockName));
  const metrics = await readLast(root, at(files.metrics), {
    before: before?.metrics,
    // What a finished run did last is in its result.
    resultStep: holder ? undefined : stepOf(result.json),
  });
  const standing = standingOf(result.json, metrics.last, holder !== undefined);
  const described = isRunConfig(config.json) ? describe(config.json) : { kind: "" };
  const problem = config.problem ?? result.problem;
  const run: Run = {
    ...{ name, ...described, ...standing },
    ...(described.plan && { progress: progressOf(described.plan, standing) }),
    configured: timeOf(config.stamp),
    changed: Math.max(timeOf(metrics.stamp), timeOf(result.stamp), timeOf(config.stamp)),
    canStop: holder !== undefined && isOurs(root, at(lockName)) && (await isInterruptible(holder)),
    ...(problem !== undefined && { problem }),
  };
  return { run, holder, config, result, metrics };
}

/** Kind, model, data and plan of a run from its configuration; works for every kind of run. */
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

/** The stamp of a file that is not there. */
const absent = "";

/** Size, time and number of a file: what tells that it changed. */
function stampOf(root: string, path: string): string {
  const found = lstatSync(join(root, path), { throwIfNoEntry: false });
  return found ? `${found.mtimeMs} ${found.size} ${found.ino}` : absent;
}

const timeOf = (stamp: string): number => Number(stamp.split(" ", 1)[0]);

/** A JSON file, which is absent, sound or damaged. */
function readJson(root: string, path: string, before?: JsonFile): JsonFile {
  const stamp = stampOf(root, path);
  if (stamp === absent) return { stamp, json: undefined };
  if (stamp === before?.stamp) return before;
  try {
    const json: unknown = JSON.parse(readInside(root, path));
    if (isShallow(json)) return { stamp, json };
    const problem = `${path} is damaged: more than ${deepest} values lie within each other`;
    return { stamp, json: undefined, problem };
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

/** Values within values in a JSON file, at most: what is read can be very much deeper than what can be sent. */
const deepest = 100;

function isShallow(json: unknown): boolean {
  let level: readonly unknown[] = [json];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return false;
    level = level.flatMap((each) =>
      typeof each === "object" && each !== null ? Object.values(each) : [],
    );
  }
  return true;
}

async function holderOf(root: string, path: string): Promise<Holder | undefined> {
  if (stampOf(root, path) === absent) return undefined;
  try {
    return await livingHolder(readInside(root, path, 10_000));
  } catch {
    return undefined; // gone meanwhile, or no lock at all
  }
}

/** Whether a file was written by the user that this process works for. */
const isOurs = (root: string, path: string): boolean =>
  lstatSync(join(root, path), { throwIfNoEntry: false })?.uid === process.getuid?.();

const stepOf = (result: unknown): number | undefined => {
  const { step } = fieldsOf(result);
  return typeof step === "number" ? step : undefined;
};

/** Portions of metrics that are read without other work between them. */
const together = 16;

interface ReadLastOptions {
  readonly before: MetricsEnd | undefined;
  readonly resultStep: number | undefined;
}

async function readLast(
  root: string,
  path: string,
  { before, resultStep }: ReadLastOptions,
): Promise<MetricsEnd> {
  const stamp = stampOf(root, path);
  if (before?.stamp === stamp && !before.isBrief) return before;
  const none = { stamp, size: 0, last: {}, isBrief: false };
  if (stamp === absent) return none;
  try {
    using file = openInside(root, path);
    const { size, ino } = file;
    let portions = 0;
    const read = async (start: number, end: number) => {
      if (++portions % together === 0) await setImmediate();
      const bytes = Buffer.alloc(end - start);
      return bytes.subarray(0, file.readInto(bytes, start));
    };
    // A file that was only appended to keeps its number; what a resumed training cuts is written anew.
    const grew =
      before && !before.isBrief && before.stamp.endsWith(` ${ino}`) && before.size <= size;
    let isBrief = false;
    const last = await lastRecords(read, size, {
      ...(grew && { before }),
      isEnough({ step }) {
        isBrief = resultStep !== undefined && step <= resultStep;
        return isBrief;
      },
    });
    return { stamp, size, last, isBrief };
  } catch {
    return none;
  }
}
