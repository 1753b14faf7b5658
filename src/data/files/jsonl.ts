import { open, readFile } from "node:fs/promises";
import { writeFileAtomically } from "./atomicWrite.ts";
import { type MetricRecord, metricLine, parseMetrics } from "./metrics.ts";

/** An open metrics file. */
export interface MetricsWriter extends AsyncDisposable {
  /** Appends one line; the operating system has it when the promise resolves. */
  append(record: MetricRecord): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a JSON Lines file of metrics for appending. Without `after` the file starts empty. With `after: n`, records of steps
 * up to n are kept; later ones, which a resumed run repeats, and a half-written last line are removed.
 *
 * @example
 * await using metrics = await openMetrics("metrics.jsonl");
 * await metrics.append({ step: 1, bitsPerPixel: 1.5 });
 */
export async function openMetrics(
  path: string,
  { after = Number.NEGATIVE_INFINITY }: { readonly after?: number } = {},
): Promise<MetricsWriter> {
  const kept = (await readMetrics(path)).filter(({ step }) => step <= after);
  await writeFileAtomically(path, kept.map(metricLine).join(""));
  const file = await open(path, "a");
  return {
    append: (record) => file.appendFile(metricLine(record)),
    close: () => file.close(),
    [Symbol.asyncDispose]: () => file.close(),
  };
}

/** The complete records of a metrics file, in order; none if there is no file. Other lines are skipped. */
export async function readMetrics(path: string): Promise<MetricRecord[]> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return parseMetrics(text);
}
