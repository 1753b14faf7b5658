import { open, readFile } from "node:fs/promises";
import { writeFileAtomically } from "./atomicWrite.ts";

/** One line of a metrics file; every record says which step it belongs to. */
export interface MetricRecord {
  readonly step: number;
  readonly [name: string]: number | string | boolean | null;
}

/** An open metrics file. */
export interface MetricsWriter extends AsyncDisposable {
  /** Adds one line; it is on its way to the disk when the promise resolves. */
  append(record: MetricRecord): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens `metrics.jsonl` for appending. A run that resumes after step n passes `after: n`: records of later
 * steps, which it is about to repeat, and a last line half-written by a killed run are removed first.
 * Without `after` the file starts empty.
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

/** The whole records of a metrics file, in order; none if there is no file. */
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
