import type { Change, Everything, Job, Run } from "../../../../src/server/api.ts";
import { isPaceKey } from "../../../../src/train/steps/pace.ts";

/** What is known of the folder. */
export interface Known {
  readonly folder: string;
  readonly notice: string | undefined;
  readonly runs: ReadonlyMap<string, Run>;
  readonly jobs: ReadonlyMap<string, Job>;
}

const byName = <T>(list: readonly T[], nameOf: (each: T) => string): Map<string, T> =>
  new Map(list.map((each) => [nameOf(each), each]));

export const knownOf = ({ folder, runs, jobs, notice }: Everything): Known => ({
  ...{ folder, notice },
  runs: byName(runs, ({ name }) => name),
  jobs: byName(jobs, ({ run }) => run),
});

/** What is known after a change. */
export function changed(known: Known, { runs = [], gone = [], jobs = [] }: Change): Known {
  const all = new Map(known.runs);
  for (const name of gone) all.delete(name);
  for (const run of runs) all.set(run.name, run);
  const work = new Map(known.jobs);
  for (const job of jobs) work.set(job.run, job);
  return { ...known, runs: all, jobs: work };
}

/** Numbers that the optimizer needs rather than a person. */
const technical = new Set(["gradientNorm", "rate", "correct", "loss"]);

/** The metrics that runs can be compared by, those that most of them have first, technical ones and the pace last. */
export function metricsOf(runs: Iterable<Run>): string[] {
  const counts = new Map<string, number>();
  for (const { metrics, validation } of runs) {
    for (const name of new Set([...Object.keys(metrics), ...Object.keys(validation)])) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const rank = (name: string) =>
    isPaceKey(name) ? 3 : technical.has(name) ? (name === "loss" ? 1 : 2) : 0;
  return [...counts]
    .toSorted(([a, n], [b, m]) => rank(a) - rank(b) || m - n || (a < b ? -1 : 1))
    .map(([name]) => name);
}

/** The columns that the table can be sorted by. */
export const columns = {
  name: "Run",
  state: "State",
  kind: "Kind",
  model: "Model",
  step: "Steps",
  seconds: "Time",
  training: "Training",
  validation: "Validation",
  changed: "Changed",
} as const;

export type Column = keyof typeof columns;
export const columnNames = Object.keys(columns) as readonly Column[]; // a literal's own keys

const states = { running: 0, stopped: 1, failed: 2, finished: 3 } as const;

/** What a run is sorted by; undefined where it has none, which comes last. */
function keyOf(run: Run, column: Column, metric: string): string | number | undefined {
  switch (column) {
    case "state":
      return states[run.state];
    case "training":
      return run.metrics[metric];
    case "validation":
      return run.validation[metric];
    default:
      return run[column];
  }
}

/** Runs in the order of a column; equal ones by name. */
export function sorted(
  runs: readonly Run[],
  column: Column,
  falling: boolean,
  metric: string,
): Run[] {
  const sign = falling ? -1 : 1;
  return runs.toSorted((a, b) => {
    const [x, y] = [keyOf(a, column, metric), keyOf(b, column, metric)];
    if (x === undefined || y === undefined) {
      return Number(x === undefined) - Number(y === undefined) || compare(a.name, b.name);
    }
    return sign * compare(x, y) || compare(a.name, b.name);
  });
}

const collator = new Intl.Collator("en", { numeric: true });
const compare = (a: string | number, b: string | number): number =>
  typeof a === "number" && typeof b === "number" ? a - b : collator.compare(`${a}`, `${b}`);

/** Whether a run has all words of a filter in its name, kind, model, data or state. */
export function matches(
  { name, kind, model = "", data = "", state }: Run,
  filter: string,
): boolean {
  const text = [name, kind, model, data, state].join("\n").toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** A value in which configurations differ. */
export interface Difference {
  /** Its place: `options.width`. */
  readonly key: string;
  /** One for each configuration, as text; empty where there is none. */
  readonly values: readonly string[];
}

/** Where configurations differ, in the order of the first one that has each key. */
export function differencesOf(configs: readonly unknown[]): Difference[] {
  const flat = configs.map((config) => new Map(flatten(config, "")));
  const keys = [...new Set(flat.flatMap((each) => [...each.keys()]))];
  return keys.flatMap((key) => {
    const values = flat.map((each) => each.get(key) ?? "");
    return values.every((value) => value === values[0]) ? [] : [{ key, values }];
  });
}

function flatten(value: unknown, key: string): [string, string][] {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([name, inner]) =>
      flatten(inner, key === "" ? name : `${key}.${name}`),
    );
  }
  return [[key, typeof value === "string" ? value : JSON.stringify(value)]];
}
