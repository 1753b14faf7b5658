/** One line of a metrics file: a step and its metrics. */
export interface MetricRecord {
  readonly step: number;
  readonly [name: string]: number | string | boolean | null;
}

/** The complete records of the text of a metrics file, in order; other lines are skipped. */
export const parseMetrics = (text: string): MetricRecord[] =>
  text.split("\n").flatMap((line) => parseRecord(line) ?? []);

/** A record as a line of a metrics file. */
export const metricLine = (record: MetricRecord): string => `${JSON.stringify(record)}\n`;

/** The record of a line; `undefined` where the line is not a whole record, such as a truncated last line. */
export function parseRecord(line: string): MetricRecord | undefined {
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
