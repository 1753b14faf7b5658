import type { FileHandle } from "node:fs/promises";
import { type MetricRecord, parseRecord } from "../../data/files/metrics.ts";
import { isValidation, type LastRecords } from "./summary.ts";

/** Bytes that are read at once, from the end of the file. */
const portion = 64 * 1024;

/**
 * The last records of training and validation in an open metrics file, read from its end: as little of it as holds both.
 * `known` is the validation that was last found, so that a growing file is not searched for an old one again and again.
 */
export async function lastRecords(
  file: FileHandle,
  size: number,
  known?: MetricRecord,
): Promise<LastRecords> {
  let training: MetricRecord | undefined;
  let validation: MetricRecord | undefined;
  // The beginning of the portion after this one, whose line begins here.
  let tail: Buffer = Buffer.alloc(0);
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - portion);
    const bytes = Buffer.alloc(end - start);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
    const read = Buffer.concat([bytes.subarray(0, bytesRead), tail]);
    const first = start === 0 ? 0 : read.indexOf(newline) + 1;
    // A line longer than two portions is none of a run's.
    tail = first > 0 ? read.subarray(0, first) : start === 0 ? tail : read.subarray(0, portion);
    const lines = first === 0 && start > 0 ? [] : read.toString("utf8", first).split("\n");
    for (const line of lines.reverse()) {
      if (training && validation) break;
      const record = parseRecord(line);
      if (!record) continue;
      if (isValidation(record)) validation ??= record;
      else training ??= record;
    }
    if (training && (validation || known)) break;
    end = start;
  }
  return { training, validation: validation ?? known };
}

const newline = 10;
