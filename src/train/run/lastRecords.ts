import { type MetricRecord, parseRecord } from "../../data/files/metrics.ts";
import { isValidation, type LastRecords } from "./summary.ts";

/** Bytes that are read at once, from the end of the file: a few records, and then more. */
const portions = [4 * 1024, 64 * 1024] as const;

/**
 * Bytes from the end of the file in which records are looked for: 80,000 rows and more. Between validations of a training lie
 * far fewer, and a long file without any is not searched from end to end.
 */
const farthest = 8 << 20;

export interface LastRecordsOptions {
  /** What was found when the file was smaller, and its size then: what was read once is not read again. */
  readonly before?: { readonly size: number; readonly last: LastRecords };
  /** Whether the very last record says enough, so that no other is looked for. */
  readonly isEnough?: (last: MetricRecord) => boolean;
}

/**
 * The last records of training and validation in a metrics file of `size` bytes, read from its end: as little of it as holds
 * both, and 8 MB at most. `read` gives the bytes from one position to another.
 */
export async function lastRecords(
  read: (start: number, end: number) => Uint8Array | Promise<Uint8Array>,
  size: number,
  { before, isEnough = () => false }: LastRecordsOptions = {},
): Promise<LastRecords> {
  if (before?.size === size) return before.last;
  // The last line may have been half-written then.
  const searched = Math.max(0, (before?.size ?? 0) - portions[0], size - farthest);
  let training: MetricRecord | undefined;
  let validation: MetricRecord | undefined;
  // The beginning of the portion after this one, whose line begins here.
  let tail: Buffer = Buffer.alloc(0);
  for (let end = size; end > searched; ) {
    const portion = end === size ? portions[0] : portions[1];
    const start = Math.max(0, end - portion);
    const bytes = Buffer.concat([await read(start, end), tail]);
    const first = start === 0 ? 0 : bytes.indexOf(newline) + 1;
    // A line longer than two portions is none of a run's.
    tail = first > 0 ? bytes.subarray(0, first) : start === 0 ? tail : bytes.subarray(0, portion);
    const lines = first === 0 && start > 0 ? [] : bytes.toString("utf8", first).split("\n");
    for (const line of lines.reverse()) {
      if (training && validation) break;
      const record = parseRecord(line);
      if (!record) continue;
      if (!training && !validation && isEnough(record)) {
        return isValidation(record) ? { validation: record } : { training: record };
      }
      if (isValidation(record)) validation ??= record;
      else training ??= record;
    }
    if (training && validation) break;
    end = start;
  }
  return {
    training: training ?? before?.last.training,
    validation: validation ?? before?.last.validation,
  };
}

const newline = 10;
