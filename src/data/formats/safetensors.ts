import { UserError } from "../../errors/userError.ts";

/** The element types that are read and written, and the array class of each. */
const arrays = {
  F32: Float32Array,
  F64: Float64Array,
  I16: Int16Array,
  I32: Int32Array,
  I64: BigInt64Array,
  U8: Uint8Array,
} as const;

/** Name of an element type in the file. */
export type StoredType = keyof typeof arrays;

/** The array of an element type. */
export type StoredData = InstanceType<(typeof arrays)[StoredType]>;

/** The content of a named array. */
export interface StoredTensor {
  readonly shape: readonly number[];
  /** Row-major; the class is the element type. */
  readonly data: StoredData;
}

/** The content of a safetensors file. */
export interface Safetensors {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** One entry of the header, as the format describes it. */
interface Entry {
  readonly dtype: StoredType;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [begin: number, end: number];
}

/** The file as a list of chunks: the header, then the memory of every array without a copy. */
export function encodeSafetensors({ tensors, metadata }: Safetensors): Uint8Array[] {
  // Widest elements first, after a header padded to 8 bytes: every array starts aligned.
  const ordered = [...tensors].sort(
    ([, a], [, b]) => b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT,
  );
  const entries: [string, unknown][] = [["__metadata__", metadata]];
  let offset = 0;
  for (const [name, { shape, data }] of ordered) {
    if (sizeOf(shape) !== data.length || name === "__metadata__") {
      throw new RangeError(
        `safetensors: “${name}” of shape [${shape}] has ${data.length} elements`,
      );
    }
    const end = offset + data.byteLength;
    entries.push([name, { dtype: typeOf(data), shape, data_offsets: [offset, end] }]);
    offset = end;
  }
  // Joined by hand: an object would put names that look like numbers first.
  const fields = entries.map(([name, entry]) => `${JSON.stringify(name)}:${JSON.stringify(entry)}`);
  const json = new TextEncoder().encode(`{${fields.join(",")}}`);
  const header = new Uint8Array(8 + Math.ceil(json.length / 8) * 8).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(header.length - 8), true);
  header.set(json, 8);
  return [header, ...ordered.map(([, { data }]) => bytesOf(data))];
}

/**
 * Parses the bytes of a safetensors file; `name` is for messages. Every offset is checked before it is used. Throws UserError
 * where the file is damaged or has element types other than F32, F64, I16, I32, I64 and U8.
 */
export function decodeSafetensors(bytes: Uint8Array, name: string): Safetensors {
  const damaged = (reason: string) =>
    new UserError(`${name} is not a whole safetensors file: ${reason}`, "damaged-file");
  if (bytes.length < 8) throw damaged("it is shorter than a header");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const headerLength = Number(view.getBigUint64(0, true));
  if (headerLength > bytes.length - 8) throw damaged("its header is cut short");
  const header = parseHeader(bytes.subarray(8, 8 + headerLength));
  if (header === undefined) throw damaged("its header is not JSON");

  const { __metadata__: metadata = {}, ...rest } = header;
  if (!isMetadata(metadata)) throw damaged("its metadata are not strings");
  const body = bytes.subarray(8 + headerLength);
  const entries = Object.entries(rest).map(([tensor, entry]) => {
    if (!isEntry(entry)) throw damaged(`the entry of “${tensor}” is malformed or of unknown type`);
    return [tensor, entry] as const;
  });
  // By end as well, so that an empty array comes before the one that begins at the same place.
  const byPlace = (a: Entry, b: Entry) =>
    a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1];
  entries.sort(([, a], [, b]) => byPlace(a, b));

  let reached = 0;
  const tensors = new Map<string, StoredTensor>();
  for (const [
    tensor,
    {
      dtype,
      shape,
      data_offsets: [begin, end],
    },
  ] of entries) {
    if (begin !== reached) throw damaged(`“${tensor}” does not begin where the one before it ends`);
    if (end > body.length) throw damaged(`“${tensor}” is cut short`);
    if (end - begin !== sizeOf(shape) * arrays[dtype].BYTES_PER_ELEMENT) {
      throw damaged(`the shape of “${tensor}” does not match its bytes`);
    }
    // A copy, which is aligned and lets the file's bytes go. (Buffer's `slice` would be a view.)
    const copy = new Uint8Array(body.subarray(begin, end));
    tensors.set(tensor, { shape, data: new arrays[dtype](copy.buffer) });
    reached = end;
  }
  if (reached !== body.length) throw damaged(`${body.length - reached} bytes belong to no tensor`);
  return { tensors, metadata };
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isMetadata(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every((text) => typeof text === "string");
}

function isEntry(value: unknown): value is Entry {
  if (!isRecord(value)) return false;
  const { dtype, shape, data_offsets: offsets } = value;
  return (
    typeof dtype === "string" &&
    Object.hasOwn(arrays, dtype) &&
    isCounts(shape) &&
    isCounts(offsets) &&
    offsets.length === 2 &&
    offsets[0]! <= offsets[1]!
  );
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function typeOf(data: StoredData): StoredType {
  for (const type of Object.keys(arrays) as StoredType[]) {
    if (data instanceof arrays[type]) return type;
  }
  throw new TypeError("safetensors: an array of unknown type");
}

function bytesOf(data: StoredData): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
