import { lstatSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { UserError } from "../../errors/userError.ts";
import { runFiles } from "../../train/run/runFolder.ts";
import { validationKey } from "../../train/run/validationKey.ts";
import type { Curve, CurvesRequest } from "../api.ts";
import { type Columns, readColumns } from "./columns.ts";
import { type Sketch, sketcherOf } from "./sketch.ts";
import { thin } from "./thin.ts";

/** Curves of runs; what was read is kept, so that a growing file is read on from its end. */
export type Curves = (request: CurvesRequest) => Promise<Curve[]>;

/** So many runs are read whole; of more, a part of the rows is enough for a picture of them all. */
const mostWhole = 16;
const points = { whole: 1500, sketch: 160 } as const;
/** Files that are kept in memory: about 1 MB each for 10,000 rows. */
const mostKept = 32;
/** Sketches that are kept. */
const mostSketches = 4000;
/** Milliseconds of work after which others have a turn. */
const longestWork = 20;

/** Curves of the runs in the folder `root`, a path without links. The names are of runs that were found there. */
export function curvesOf(root: string): Curves {
  const whole = new Map<string, Columns>();
  const sketches = new Map<string, { readonly stamp: string; readonly sketch: Sketch }>();
  const sketch = sketcherOf(root);
  const reading = new Map<string, Promise<Columns>>();

  /** One reader of a file at a time: columns grow in place. */
  const columnsOf = (run: string): Promise<Columns> => {
    const now = reading.get(run);
    if (now) return now;
    const next = readColumns(root, metricsOf(run), whole.get(run))
      .then((columns) => keep(whole, run, columns, mostKept))
      .catch((error) => {
        whole.delete(run); // it may have grown by half of what was to be read
        throw error;
      })
      .finally(() => reading.delete(run));
    reading.set(run, next);
    return next;
  };

  const exact = async (run: string, metric: string): Promise<Curve> => {
    const { columns } = await columnsOf(run);
    const series = (key: string) => thin(columns.get(key) ?? none, points.whole);
    return { run, training: series(metric), validation: series(validationKey(metric)) };
  };

  const rough = (run: string, metric: string): Curve => {
    const found = lstatSync(join(root, metricsOf(run)));
    const stamp = `${found.ino} ${found.size} ${found.mtimeMs}`;
    const key = JSON.stringify([run, metric]);
    const kept = sketches.get(key);
    if (kept?.stamp === stamp) return { run, ...kept.sketch };
    const drawn = sketch(metricsOf(run), metric, points.sketch);
    keep(sketches, key, { stamp, sketch: drawn }, mostSketches);
    return { run, ...drawn };
  };

  return async ({ runs, metric }) => {
    const curves: Curve[] = [];
    let begun = performance.now();
    for (const run of runs) {
      try {
        curves.push(runs.length <= mostWhole ? await exact(run, metric) : rough(run, metric));
      } catch (error) {
        curves.push(withoutFile(error, run));
      }
      if (performance.now() - begun < longestWork) continue;
      await setImmediate();
      begun = performance.now();
    }
    return curves;
  };
}

const metricsOf = (run: string) => runFiles(run).metrics;
const none = { step: [], seconds: [], value: [] };

/** A run whose metrics are missing, no file of its own, or cannot be read has no curve; the others have theirs. */
function withoutFile(error: unknown, run: string): Curve {
  const isOfSystem = error instanceof Error && "syscall" in error;
  if (error instanceof UserError || isOfSystem) return { run, training: none, validation: none };
  throw error;
}

/** Keeps a value under a key as the newest, and forgets the oldest where there are too many. */
function keep<T>(map: Map<string, T>, key: string, value: T, most: number): T {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= most) break;
    map.delete(oldest);
  }
  return value;
}
