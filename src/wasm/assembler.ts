/**
 * A small assembler for WebAssembly with 128-bit vectors, as far as kernels need it. An expression is code that leaves its
 * value on the stack, so expressions nest like function calls.
 */
export type Code = readonly number[];

/** A function whose parameters and locals are 32-bit integers, except for `vectors` locals at the end. */
export interface AssembledFunction {
  readonly name: string;
  readonly parameters: number;
  /** Integer locals besides the parameters. */
  readonly integers: number;
  readonly vectors: number;
  /** Whether the body leaves an integer on the stack, which is the result; nothing by default. */
  readonly returns?: boolean;
  readonly body: Code;
}

const type = { i32: 0x7f, v128: 0x7b, function: 0x60, none: 0x40 } as const;

/** Unsigned LEB128. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return bytes;
}

/** Signed LEB128. */
function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const byte = rest & 0x7f;
    rest >>= 7;
    const done = (rest === 0 && !(byte & 0x40)) || (rest === -1 && byte & 0x40);
    if (done) return [...bytes, byte];
    bytes.push(byte | 0x80);
  }
}

/** An instruction on vectors by its number. */
export const vector = (operation: number, ...rest: Code): Code => [
  0xfd,
  ...unsigned(operation),
  ...rest,
];

export const constant = (value: number): Code => [0x41, ...signed(value)];
export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];
export const add = (a: Code, b: Code): Code => [...a, ...b, 0x6a];
export const subtract = (a: Code, b: Code): Code => [...a, ...b, 0x6b];
export const multiply = (a: Code, b: Code): Code => [...a, ...b, 0x6c];
export const shiftLeft = (a: Code, bits: number): Code => [...a, ...constant(bits), 0x74];
export const shiftRight = (a: Code, bits: number): Code => [...a, ...constant(bits), 0x75];
/** Shifts zeros in. */
export const shiftRightUnsigned = (a: Code, bits: number): Code => [...a, ...constant(bits), 0x76];
export const and = (a: Code, b: Code): Code => [...a, ...b, 0x71];
export const or = (a: Code, b: Code): Code => [...a, ...b, 0x72];
/** `a` if `condition` is not 0, otherwise `b`. */
export const select = (a: Code, b: Code, condition: Code): Code => [...a, ...b, ...condition, 0x1b];
export const lessThan = (a: Code, b: Code): Code => [...a, ...b, 0x48];
export const atMost = (a: Code, b: Code): Code => [...a, ...b, 0x4c];
export const atLeastUnsigned = (a: Code, b: Code): Code => [...a, ...b, 0x4f];
/** The quotient of two integers, rounded toward zero; a divisor of 0 ends the program. */
export const divide = (a: Code, b: Code): Code => [...a, ...b, 0x6d];
/** The remainder of two integers without sign. */
export const remainder = (a: Code, b: Code): Code => [...a, ...b, 0x70];
export const isZero = (a: Code): Code => [...a, 0x45];

/** Runs the body while the condition holds. */
export const loop = (condition: Code, ...body: readonly Code[]): Code => [
  ...[0x02, type.none, 0x03, type.none],
  ...condition,
  ...[0x45, 0x0d, 0x01], // leave where it does not hold
  ...body.flat(),
  ...[0x0c, 0x00, 0x0b, 0x0b],
];

/** Runs the body where the condition holds. */
export const when = (condition: Code, ...body: readonly Code[]): Code => [
  ...condition,
  ...[0x04, type.none],
  ...body.flat(),
  0x0b,
];

/** Ends the program: JavaScript sees a `WebAssembly.RuntimeError`. */
export const trap: Code = [0x00];

/** Calls a function of the module by its number, which is its place in the list of functions. */
export const call = (index: number, ...values: readonly Code[]): Code => [
  ...values.flat(),
  ...[0x10, ...unsigned(index)],
];

const unaligned = (offset: number): Code => [0, ...unsigned(offset)];

export const loadInteger = (address: Code, offset = 0): Code => [
  ...address,
  ...[0x28, ...unaligned(offset)],
];
/** A signed 16-bit integer. */
export const loadShort = (address: Code, offset = 0): Code => [
  ...address,
  ...[0x2e, ...unaligned(offset)],
];
/** An unsigned 16-bit integer. */
export const loadUnsignedShort = (address: Code, offset = 0): Code => [
  ...address,
  ...[0x2f, ...unaligned(offset)],
];
export const storeInteger = (address: Code, value: Code, offset = 0): Code => [
  ...address,
  ...value,
  ...[0x36, ...unaligned(offset)],
];
/** Stores the lower 16 bits. */
export const storeShort = (address: Code, value: Code, offset = 0): Code => [
  ...address,
  ...value,
  ...[0x3b, ...unaligned(offset)],
];

export const loadVector = (address: Code, offset = 0): Code => [
  ...address,
  ...vector(0x00, ...unaligned(offset)),
];
export const storeVector = (address: Code, value: Code, offset = 0): Code => [
  ...address,
  ...value,
  ...vector(0x0b, ...unaligned(offset)),
];
export const zeroVector: Code = vector(0x0c, ...Array.from({ length: 16 }, () => 0));
/** Bytes of two vectors by number, 0 to 31. */
export const shuffle = (a: Code, b: Code, bytes: Code): Code => [
  ...a,
  ...b,
  ...vector(0x0d, ...bytes),
];

/** Products of the eight 16-bit integers of two vectors, neighbors added: four 32-bit integers. */
export const dotOfShorts = (a: Code, b: Code): Code => [...a, ...b, ...vector(0xba)];
/** Magnitudes of eight 16-bit integers. */
export const absoluteShorts = (a: Code): Code => [...a, ...vector(0x80)];
/** The lesser of two signed 16-bit integers, eight times. */
export const leastShorts = (a: Code, b: Code): Code => [...a, ...b, ...vector(0x96)];
/** A vector of eight 16-bit integers that are known beforehand. */
export const shorts = (...values: readonly number[]): Code =>
  vector(0x0c, ...new Uint8Array(Int16Array.from(values).buffer));
/** The 32-bit integers of two vectors as 16-bit integers; those that are too large become the nearest. */
export const narrowIntegers = (a: Code, b: Code): Code => [...a, ...b, ...vector(0x85)];
/** Sums of four 32-bit integers, modulo 2^32. */
export const addIntegers = (a: Code, b: Code): Code => [...a, ...b, ...vector(0xae)];
/** Differences of four 32-bit integers, modulo 2^32. */
export const subtractIntegers = (a: Code, b: Code): Code => [...a, ...b, ...vector(0xb1)];
/** Products of four 32-bit integers, modulo 2^32. */
export const multiplyIntegers = (a: Code, b: Code): Code => [...a, ...b, ...vector(0xb5)];
/** Four 32-bit integers, each shifted with its sign. */
export const shiftIntegersRight = (a: Code, bits: number): Code => [
  ...a,
  ...constant(bits),
  ...vector(0xac),
];
/** Four 32-bit integers, each shifted to the left. */
export const shiftIntegersLeft = (a: Code, bits: number): Code => [
  ...a,
  ...constant(bits),
  ...vector(0xab),
];
/** Four 32-bit integers, each shifted so that zeros come in. */
export const shiftIntegersRightUnsigned = (a: Code, bits: number): Code => [
  ...a,
  ...constant(bits),
  ...vector(0xad),
];
export const andVectors = (a: Code, b: Code): Code => [...a, ...b, ...vector(0x4e)];
export const xorVectors = (a: Code, b: Code): Code => [...a, ...b, ...vector(0x51)];
/** A vector whose first 32-bit integer lies at an address; the others are 0. */
export const loadFirstInteger = (address: Code, offset = 0): Code => [
  ...address,
  ...vector(0x5c, ...unaligned(offset)),
];
/** A vector with the 32-bit integer at an address in one lane, 0 … 3. */
export const replaceInteger = (address: Code, a: Code, lane: number, offset = 0): Code => [
  ...address,
  ...a,
  ...vector(0x56, ...unaligned(offset), lane),
];
/** Stores the 32-bit integer of one lane, 0 … 3. */
export const storeLane = (address: Code, a: Code, lane: number): Code => [
  ...address,
  ...a,
  ...vector(0x5a, ...unaligned(0), lane),
];
export const orVectors = (a: Code, b: Code): Code => [...a, ...b, ...vector(0x50)];
/** All bits of a lane where its 32-bit integers are equal, and none where not. */
export const equalIntegers = (a: Code, b: Code): Code => [...a, ...b, ...vector(0x37)];
/** Whether a vector has a bit. */
export const hasBits = (a: Code): Code => [...a, ...vector(0x53)];
/** The lesser of two signed 32-bit integers, four times. */
export const leastIntegers = (a: Code, b: Code): Code => [...a, ...b, ...vector(0xb6)];
/** The greater of two signed 32-bit integers, four times. */
export const greatestIntegers = (a: Code, b: Code): Code => [...a, ...b, ...vector(0xb8)];
/** A vector of one 32-bit integer, four times. */
export const splatInteger = (a: Code): Code => [...a, ...vector(0x11)];
/** A vector of four 32-bit integers that are known beforehand. */
export const integers = (a: number, b: number, c: number, d: number): Code =>
  vector(0x0c, ...new Uint8Array(Int32Array.of(a, b, c, d).buffer));
/** The 32-bit integer in a lane, 0 … 3. */
export const integerOf = (a: Code, lane: number): Code => [...a, ...vector(0x1b, lane)];

/** 32-bit integers of two vectors by number, 0 to 7. */
const pickIntegers = (a: Code, b: Code, lanes: readonly number[]): Code =>
  shuffle(
    a,
    b,
    lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte)),
  );

/** Four vectors of 32-bit integers to one vector of their four totals. */
export function totalsOfIntegers(a: Code, b: Code, c: Code, d: Code): Code {
  const halves = (x: Code, y: Code) =>
    addIntegers(pickIntegers(x, y, [0, 4, 1, 5]), pickIntegers(x, y, [2, 6, 3, 7]));
  const [ab, cd] = [halves(a, b), halves(c, d)];
  return addIntegers(pickIntegers(ab, cd, [0, 1, 4, 5]), pickIntegers(ab, cd, [2, 3, 6, 7]));
}

/** Numbers in the lanes of a vector. */
export interface Lanes {
  /** Bytes of a number. */
  readonly bytes: 4 | 8;
  /** The number at an address, in all lanes. */
  splat(address: Code, offset?: number): Code;
  multiply(a: Code, b: Code): Code;
  add(a: Code, b: Code): Code;
}

const lanes = (bytes: 4 | 8, splat: number, times: number, plus: number): Lanes => {
  return {
    bytes,
    splat: (address, offset = 0) => [...address, ...vector(splat, ...unaligned(offset))],
    multiply: (a, b) => [...a, ...b, ...vector(times)],
    add: (a, b) => [...a, ...b, ...vector(plus)],
  };
};

export const singles = lanes(4, 0x09, 0xe6, 0xe4);
export const doubles = lanes(8, 0x0a, 0xf2, 0xf0);

/** A module that uses the imported memory `host.memory`. */
export function assemble(functions: readonly AssembledFunction[]): Uint8Array<ArrayBuffer> {
  const text = (word: string) => [...unsigned(word.length), ...new TextEncoder().encode(word)];
  const section = (id: number, items: readonly Code[]) => {
    const content = [...unsigned(items.length), ...items.flat()];
    return [id, ...unsigned(content.length), ...content];
  };
  const signatures = functions.map(({ parameters, returns }) => {
    const given = [...unsigned(parameters), ...Array(parameters).fill(type.i32)];
    return [type.function, ...given, ...(returns ? [1, type.i32] : [0])];
  });
  const bodies = functions.map(({ integers, vectors, body }) => {
    const code = [
      2,
      ...unsigned(integers),
      type.i32,
      ...unsigned(vectors),
      type.v128,
      ...body,
      0x0b,
    ];
    return [...unsigned(code.length), ...code];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, signatures),
    ...section(2, [[...text("host"), ...text("memory"), 0x02, 0x00, 0x01]]),
    ...section(
      3,
      functions.map((_, i) => unsigned(i)),
    ),
    ...section(
      7,
      functions.map(({ name }, i) => [...text(name), 0x00, ...unsigned(i)]),
    ),
    ...section(10, bodies),
  ]);
}
