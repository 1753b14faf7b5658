import { open, readFile } from "node:fs/promises";
import { writeFileAtomically } from "./atomicWrite.ts";

/** One line of a metrics file: a step and its metrics. */
export interface MetricRecord {
  readonly step: number;
  readonly [name: string]: number | string | boolean | null;
}

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
  await writeFileAtomically(path, kept.map(lineOf).join(""));
  const file = await open(path, "a");
  return {
    append: (record) => file.appendFile(lineOf(record)),
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
  return text.split("\n").flatMap((line) => parseRecord(line) ?? []);
}

function parseRecord(line: string): MetricRecord | undefined {
  try {
    const record: unknown = JSON.parse(line);
    return isRecord(record) ? record : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is MetricRecord {
  return (
    typeof value === "object" && value !== null && "step" in value && typeof value.step === "number"
  );
}

function lineOf(record: MetricRecord): string {
  return `${JSON.stringify(record)}\n`;
}
