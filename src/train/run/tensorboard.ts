import { type FileHandle, mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/** How an event file begins. */
export interface EventFileOptions {
  /**
   * The step that a resumed training goes on after: what older files of the folder say of later steps is repeated, and
   * TensorBoard forgets it.
   */
  readonly after?: number | undefined;
  /** The time, in milliseconds since 1970; `Date.now` by default. */
  readonly now?: (() => number) | undefined;
}

/** An event file that is being written. */
export interface EventFile extends AsyncDisposable {
  readonly path: string;
  /**
   * Adds a value of a curve: `tag` names the curve (`/` makes groups), `step` is its place, a whole number, and `wallTime`
   * its time in milliseconds since 1970, by default now. The value is kept as a 32-bit float. It is on its way to the disk
   * when the promise resolves.
   */
  scalar(tag: string, step: number, value: number, wallTime?: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a new event file of TensorBoard in a folder, which is made where it is absent. `tensorboard --logdir FOLDER` shows
 * all event files of a folder as one run, so a training that is resumed adds a file and changes none.
 *
 * Source: `event.proto`, `summary.proto` and `record_writer.cc` of TensorFlow.
 *
 * @example
 * await using events = await openEventFile("runs/mnist");
 * await events.scalar("loss/train", 10, 0.25);
 */
export async function openEventFile(
  folder: string,
  { after, now = Date.now }: EventFileOptions = {},
): Promise<EventFile> {
  await mkdir(folder, { recursive: true });
  const { file, path } = await openNew(folder, now());
  let last: Promise<void> = Promise.resolve();
  const append = (event: Uint8Array): Promise<void> => {
    // One after the other, so that no record is written into another.
    const written = last.then(() => file.appendFile(recordOf(event)));
    last = written.catch(() => {});
    return written;
  };
  const close = async () => {
    await last;
    await file.close();
  };

  await append(eventOf(now(), 0, (writer) => text(writer, 3, "brain.Event:2")));
  if (after !== undefined) {
    // A session that starts at a step makes TensorBoard drop what it knows of that step and later ones.
    const started = 1;
    const session = (writer: BinaryWriter) =>
      message(writer, 7, (log) => log.tag(1, WireType.Varint).int32(started));
    await append(eventOf(now(), after + 1, session));
  }
  return {
    path,
    scalar: (tag, step, value, wallTime = now()) =>
      append(
        eventOf(wallTime, step, (writer) =>
          message(writer, 5, (summary) =>
            message(summary, 1, (entry) => {
              text(entry, 1, tag);
              entry.tag(2, WireType.Bit32).float(asFloat(value));
            }),
          ),
        ),
      ),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** A file of a name that none has; TensorBoard reads the files of a folder in the order of their names. */
async function openNew(
  folder: string,
  milliseconds: number,
): Promise<{ readonly file: FileHandle; readonly path: string }> {
  const seconds = String(Math.floor(milliseconds / 1000)).padStart(10, "0");
  for (let count = 0; ; count++) {
    const path = join(folder, `events.out.tfevents.${seconds}.ondelette.${count}`);
    try {
      return { file: await open(path, "ax"), path };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** An `Event`, with its time in milliseconds and the field that says what it is. */
function eventOf(
  milliseconds: number,
  step: number,
  what: (writer: BinaryWriter) => void,
): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.Bit64).double(milliseconds / 1000);
  writer.tag(2, WireType.Varint).int64(step);
  what(writer);
  return writer.finish();
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, WireType.LengthDelimited).string(value);
}

function message(writer: BinaryWriter, field: number, write: (w: BinaryWriter) => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write(writer);
  writer.join();
}

/** The writer of the wire format refuses finite numbers beyond the range of 32 bits; rounded, they are infinite. */
const asFloat = Math.fround;

/** A record of a TFRecord file: length, its checksum, the data, their checksum; little-endian. */
function recordOf(data: Uint8Array): Uint8Array {
  const record = new Uint8Array(12 + data.length + 4);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedChecksum(record.subarray(0, 8)), true);
  record.set(data, 12);
  view.setUint32(12 + data.length, maskedChecksum(data), true);
  return record;
}

/** TensorFlow's mask: a file may hold the checksums of other files, and they must not look like its own. */
function maskedChecksum(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

/** CRC-32C (Castagnoli) of every byte alone, the polynomial with its bits reversed. */
const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
  return crc >>> 0;
});

function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ crcTable[(crc ^ byte) & 0xff]!; // 256 entries
  return (crc ^ 0xffffffff) >>> 0;
}
