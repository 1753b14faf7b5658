import { UserError } from "../../errors/userError.ts";

/** The element types that are read and written, named by the kind and bytes of NumPy, and the array class of each. */
const arrays = {
  u1: Uint8Array,
  i1: Int8Array,
  u2: Uint16Array,
  i2: Int16Array,
  u4: Uint32Array,
  i4: Int32Array,
  f4: Float32Array,
  f8: Float64Array,
} as const;

/** Name of an element type: its kind and its bytes. */
export type NpyType = keyof typeof arrays;

/** The values of an array; the class is the element type. */
export type NpyData =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** An array as NumPy stores one. */
export interface NpyArray {
  /** Length of each axis; none for a single number. */
  readonly shape: readonly number[];
  /** Row-major (“C order”), however the file has it. */
  readonly data: NpyData;
}

/** How an array is written; reading gives the same array for every layout. */
export interface NpyLayout {
  /** Version of the format: 2 allows a longer header, 3 names in UTF-8. */
  readonly version?: 1 | 2 | 3;
  readonly bigEndian?: boolean;
  /** Column-major: the first axis changes fastest. */
  readonly fortranOrder?: boolean;
}

/** Bytes that begin every file: 0x93 and NUMPY. */
const magic = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59);

/** Headers are filled up so that values begin at a multiple of this. */
const alignment = 64;

/** The bytes of an NPY file: row-major, little-endian and of version 1 unless `layout` says otherwise. */
export function encodeNpy(
  { shape, data }: NpyArray,
  { version = 1, bigEndian = false, fortranOrder = false }: NpyLayout = {},
): Uint8Array {
  if (sizeOf(shape) !== data.length) {
    throw new RangeError(`npy: shape [${shape}] has ${sizeOf(shape)} elements, not ${data.length}`);
  }
  const type = typeOf(data);
  const width = data.BYTES_PER_ELEMENT;
  const order = width === 1 ? "|" : bigEndian ? ">" : "<";
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const fields = `{'descr': '${order}${type}', 'fortran_order': ${fortranOrder ? "True" : "False"}, 'shape': ${tuple}, }`;
  const before = magic.length + 2 + (version === 1 ? 2 : 4);
  const start = Math.ceil((before + fields.length + 1) / alignment) * alignment;

  const file = new Uint8Array(start + data.byteLength).fill(0x20);
  const view = new DataView(file.buffer);
  file.set(magic);
  file.set([version, 0], magic.length);
  if (version === 1) view.setUint16(magic.length + 2, start - before, true);
  else view.setUint32(magic.length + 2, start - before, true);
  file.set(new TextEncoder().encode(`${fields.padEnd(start - before - 1)}\n`), before);
  const stored = fortranOrder ? reverseAxes(data, shape) : data;
  file.set(new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength), start);
  if (bigEndian !== machineIsBigEndian) swap(file.subarray(start), width);
  return file;
}

/** Parses the bytes of an NPY file; `name` is for messages. Throws UserError where it is damaged or does not hold numbers. */
export function decodeNpy(bytes: Uint8Array, name: string): NpyArray {
  const damaged = (reason: string) =>
    new UserError(`${name} is not a whole NPY file: ${reason}`, "damaged-file");
  if (magic.some((byte, i) => bytes[i] !== byte)) {
    throw damaged("it does not begin with NumPy's mark");
  }
  const version = bytes[magic.length];
  if (version === undefined) throw damaged("it ends before its version");
  if (version < 1 || version > 3) {
    throw new UserError(
      `${name} is an NPY file of version ${version}; 1, 2 and 3 are read`,
      "unsupported-file",
    );
  }
  const before = magic.length + 2 + (version === 1 ? 2 : 4);
  if (bytes.length < before) throw damaged("its header is cut short");
  const view = new DataView(bytes.buffer, bytes.byteOffset, before);
  const length =
    version === 1 ? view.getUint16(before - 2, true) : view.getUint32(before - 4, true);
  if (bytes.length < before + length) throw damaged("its header is cut short");
  const encoding = version === 3 ? "utf-8" : "latin1";
  const text = new TextDecoder(encoding).decode(bytes.subarray(before, before + length));
  const header = parseHeader(text);
  if (header === undefined) throw damaged("its header cannot be understood");

  const { type, bigEndian, fortranOrder, shape } = header;
  if (!isType(type)) {
    const what = type === undefined ? "records" : `elements of type “${type}”`;
    throw new UserError(
      `${name} holds ${what}; arrays of ${Object.keys(arrays).join(", ")} are read, so save it with .astype("float32")`,
      "unsupported-file",
    );
  }
  const count = sizeOf(shape);
  const width = arrays[type].BYTES_PER_ELEMENT;
  const body = bytes.subarray(before + length);
  if (!Number.isSafeInteger(count * width) || body.length < count * width) {
    throw damaged(`${shapeText(shape)} values need more than its ${body.length} bytes of data`);
  }
  if (body.length > count * width) {
    throw damaged(`${body.length - count * width} bytes follow its ${shapeText(shape)} values`);
  }
  // A copy, which is aligned and whose bytes may be swapped.
  const copy = new Uint8Array(body);
  if (bigEndian !== machineIsBigEndian) swap(copy, width);
  const data = new arrays[type](copy.buffer);
  return { shape, data: fortranOrder ? reverseAxes(data, [...shape].reverse()) : data };
}

/** The fields of a header. */
interface Header {
  /** Kind and bytes; undefined for records, whose type is a list. */
  readonly type: string | undefined;
  readonly bigEndian: boolean;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
}

/** A field of the header, which is a dictionary: its name, and a text, a truth value, a tuple or a list. */
const field =
  /\s*(['"])(\w+)\1\s*:\s*(?:(['"])([^'"]*)\3|(True|False)|\(([\dL,\s]*)\)|(\[.*\]))\s*(?:,|(?=\}))/y;

/** Parses a dictionary as Python writes it, with exactly the three fields of the format. */
function parseHeader(text: string): Header | undefined {
  const open = text.indexOf("{") + 1;
  if (open === 0 || text.slice(0, open).trim() !== "{") return undefined;
  const found = new Map<string, string | readonly number[] | boolean | undefined>();
  let at = open;
  for (;;) {
    field.lastIndex = at;
    const match = field.exec(text);
    if (match === null) break;
    const [, , key = "", , quoted, truth, tuple] = match;
    if (found.has(key)) return undefined;
    found.set(key, quoted ?? (truth === undefined ? parseTuple(tuple) : truth === "True"));
    at = field.lastIndex;
  }
  if (text.slice(at).trim() !== "}" || found.size !== 3 || !found.has("descr")) return undefined;
  const [descr, fortranOrder, shape] = ["descr", "fortran_order", "shape"].map((key) =>
    found.get(key),
  );
  if (typeof fortranOrder !== "boolean" || !Array.isArray(shape)) return undefined;
  if (descr === undefined) return { type: undefined, bigEndian: false, fortranOrder, shape };
  const parts = typeof descr === "string" ? /^([<>|=]?)(\w+)$/.exec(descr) : null;
  if (parts === null) return undefined;
  const [, order, type = ""] = parts;
  return {
    type,
    bigEndian: order === ">" || (order !== "<" && machineIsBigEndian),
    fortranOrder,
    shape,
  };
}

/** `3, 4` or `3,`, each number with Python 2's L or without; undefined if it is something else. */
function parseTuple(text: string | undefined): readonly number[] | undefined {
  if (text === undefined) return undefined;
  const words = text.trim().replace(/,$/, "");
  if (words === "") return text.trim() === "" ? [] : undefined;
  const numbers = words.split(",").map((word) => /^\s*(\d+)L?\s*$/.exec(word)?.[1]);
  return numbers.every((digits) => digits !== undefined) ? numbers.map(Number) : undefined;
}

/** Row-major values of `shape`, as row-major values of the array whose axes are in reverse: the column-major order. */
function reverseAxes<T extends NpyData>(data: T, shape: readonly number[]): T {
  const result = data.slice() as T; // of the same class
  const index = shape.map(() => 0);
  const strides = shape.map((_, axis) => sizeOf(shape.slice(0, axis)));
  let to = 0;
  for (let from = 0; from < data.length; from++) {
    result[to] = data[from]!; // from < data.length
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const [length, stride] = [shape[axis]!, strides[axis]!]; // axis < shape.length
      index[axis]! += 1; // has the length of shape
      to += stride;
      if (index[axis]! < length) break;
      index[axis] = 0;
      to -= stride * length;
    }
  }
  return result;
}

const machineIsBigEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 0;

/** Reverses the bytes of every element, in place. */
function swap(bytes: Uint8Array, width: number): void {
  for (let at = 0; at < bytes.length; at += width) bytes.subarray(at, at + width).reverse();
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** `3×4`; a shape without axes is `single`. */
function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? "single" : shape.join("×");
}

function isType(type: string | undefined): type is NpyType {
  return type !== undefined && Object.hasOwn(arrays, type);
}

function typeOf(data: NpyData): NpyType {
  for (const type of Object.keys(arrays) as NpyType[]) {
    if (data instanceof arrays[type]) return type;
  }
  throw new TypeError("npy: an array of unknown type");
}
