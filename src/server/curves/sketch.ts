import { parseRecord } from "../../data/files/metrics.ts";
import { validationKey } from "../../train/run/validationKey.ts";
import type { Series } from "../api.ts";
import { type OpenFile, openInside } from "../folder/openInside.ts";
import type { Column } from "./columns.ts";

/** A curve of which only some rows were looked at. */
export interface Sketch {
  readonly training: Series;
  readonly validation: Series;
}

/** Sketches a metric of a metrics file, from about `points` of its rows. */
export type Sketcher = (path: string, metric: string, points: number) => Sketch;

/** Bytes of a file that are read, at most; of a larger one, so many pieces of it, evenly from its beginning to its end. */
const mostRead = 16 << 20;
const piece = 64 << 10;
const pieces = 255;

/**
 * Sketches of the metrics files in the folder `root`, a path without links: of rows evenly over the bytes of a file, the first
 * and the last among them; the others are not parsed. That makes many runs quick to look at: 10,000 rows take about a
 * millisecond. Rows of validation are few and lie between the others, so they are searched for in what was read: all of a file
 * of up to 16 MB, and 16 MB of a larger one.
 */
export function sketcherOf(root: string): Sketcher {
  // Room for each anew would have to be collected again and again.
  let room = Buffer.alloc(0);
  const roomFor = (size: number): Buffer => {
    if (room.length < size) room = Buffer.allocUnsafe(Math.min(mostRead, 2 * size));
    return room.subarray(0, size);
  };
  return (path, metric, points) => {
    using file = openInside(root, path);
    const bytes = roomFor(Math.min(file.size, mostRead));
    const read = file.size <= mostRead ? file.readInto(bytes, 0) : readPieces(file, bytes);
    return sketchOf(bytes.subarray(0, read), metric, points);
  };
}

/** Reads pieces of a file, the first and the last among them, with line ends between; gives how many bytes these are. */
function readPieces(file: OpenFile, bytes: Buffer): number {
  let end = 0;
  for (let i = 0; i < pieces; i++) {
    const start = Math.round((i * (file.size - piece)) / (pieces - 1));
    end += file.readInto(bytes.subarray(end, end + piece), start);
    bytes[end++] = newline;
  }
  return end;
}

function sketchOf(bytes: Buffer, metric: string, points: number): Sketch {
  const validation = empty();
  const training = empty();
  // Keys of a run's metrics need no escapes in JSON.
  const marks = positionsOf(bytes, `${JSON.stringify(validationKey(metric))}:`);
  const every = Math.max(1, Math.ceil(marks.length / points));
  for (const [i, mark] of marks.entries()) {
    if (i % every === 0 || i === marks.length - 1) {
      add(validation, lineAt(bytes, mark), validationKey(metric));
    }
  }
  const stride = Math.max(1, Math.floor(bytes.length / points));
  let next = 0;
  for (let at = 0; at < bytes.length; at = Math.max(next, at + stride)) {
    next = addFirst(training, bytes, startAfter(bytes, at), metric);
  }
  addLast(training, bytes, metric);
  return { training, validation };
}

const newline = 10;
const empty = (): Column => ({ step: [], seconds: [], value: [] });

function positionsOf(bytes: Buffer, text: string): number[] {
  const needle = Buffer.from(text);
  const found: number[] = [];
  for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + 1)) found.push(at);
  return found;
}

/** Where a line begins, at or after a position. */
const startAfter = (bytes: Buffer, at: number): number => {
  if (at === 0) return 0;
  const end = bytes.indexOf(newline, at - 1);
  return end < 0 ? bytes.length : end + 1;
};

/** The line around a position. */
function lineAt(bytes: Buffer, at: number): string {
  const start = at === 0 ? 0 : bytes.lastIndexOf(newline, at - 1) + 1;
  const end = bytes.indexOf(newline, at);
  return bytes.toString("utf8", start, end < 0 ? bytes.length : end);
}

/** Adds the value of a line's record; false where it has none. A step that is there already is skipped. */
function add(column: Column, line: string, key: string): boolean {
  const record = parseRecord(line);
  const value = record?.[key];
  if (!record || typeof value !== "number") return false;
  if (record.step === column.step.at(-1)) return true;
  column.step.push(record.step);
  column.seconds.push(typeof record.seconds === "number" ? record.seconds : 0);
  column.value.push(value);
  return true;
}

/** Lines that may follow each other without the metric: validations, mostly. */
const longestGap = 20;

/** Adds the first line from `start` on that has the metric; gives where the line after it begins. */
function addFirst(column: Column, bytes: Buffer, start: number, metric: string): number {
  let at = start;
  for (let tries = 0; tries < longestGap && at < bytes.length; tries++) {
    const done = add(column, lineAt(bytes, at), metric);
    at = startAfter(bytes, at + 1);
    if (done) break;
  }
  return at;
}

/** Adds the last line that has the metric. */
function addLast(column: Column, bytes: Buffer, metric: string): void {
  let end = bytes.length;
  for (let tries = 0; tries < longestGap && end > 0; tries++) {
    const start = bytes.lastIndexOf(newline, end - 2) + 1;
    if (add(column, bytes.toString("utf8", start, end), metric)) return;
    end = start;
  }
}
