import { setImmediate } from "node:timers/promises";
import { parseRecord } from "../../data/files/metrics.ts";
import { openInside } from "../folder/openInside.ts";

/** All values of one key of a metrics file, in order. */
export interface Column {
  readonly step: number[];
  readonly seconds: number[];
  readonly value: number[];
}

/** A metrics file as columns, as far as it was read. */
export interface Columns {
  readonly columns: ReadonlyMap<string, Column>;
  /** Number of the file on its disk, and bytes read: where to go on. */
  readonly file: number;
  readonly read: number;
}

/** Bytes that are read at once; between them other work goes on. */
const portion = 1 << 20;
/** A line longer than this is none of a run's. */
const longestLine = 1 << 20;

/**
 * Reads what was appended to a metrics file since `before`; all of it where it was written anew. `before` grows in place. A
 * half-written last line is left for the next time.
 */
export async function readColumns(root: string, path: string, before?: Columns): Promise<Columns> {
  using opened = openInside(root, path);
  const { ino: file, size } = opened;
  const goesOn = before?.file === file && before.read <= size;
  const columns = new Map(goesOn ? before.columns : []);
  let read = goesOn ? before.read : 0;
  let line = "";
  const decoder = new TextDecoder();
  for (let at = read; at < size; ) {
    const bytes = Buffer.alloc(Math.min(portion, size - at));
    const bytesRead = opened.readInto(bytes, at);
    if (bytesRead === 0) break;
    const end = bytes.subarray(0, bytesRead).lastIndexOf(newline) + 1;
    const lines = (line + decoder.decode(bytes.subarray(0, bytesRead), { stream: true })).split(
      "\n",
    );
    line = lines.pop() ?? "";
    for (const each of lines) add(columns, each);
    if (end > 0) read = at + end;
    if (line.length > longestLine) {
      line = "";
      read = at + bytesRead; // nor is it read the next time
    }
    at += bytesRead;
    if (at < size) await setImmediate();
  }
  return { columns, file, read };
}

const newline = 10;

function add(columns: Map<string, Column>, line: string): void {
  const record = parseRecord(line);
  if (!record) return;
  const { step } = record;
  const seconds = typeof record.seconds === "number" ? record.seconds : 0;
  for (const [key, value] of Object.entries(record)) {
    if (typeof value !== "number" || key === "step" || key === "seconds") continue;
    let column = columns.get(key);
    if (!column) {
      column = { step: [], seconds: [], value: [] };
      columns.set(key, column);
    }
    column.step.push(step);
    column.seconds.push(seconds);
    column.value.push(value);
  }
}
