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

const vector = (operation: number, ...rest: Code): Code => [0xfd, ...unsigned(operation), ...rest];

export const constant = (value: number): Code => [0x41, ...signed(value)];
export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];
export const add = (a: Code, b: Code): Code => [...a, ...b, 0x6a];
export const subtract = (a: Code, b: Code): Code => [...a, ...b, 0x6b];
export const multiply = (a: Code, b: Code): Code => [...a, ...b, 0x6c];
export const shiftRight = (a: Code, bits: number): Code => [...a, ...constant(bits), 0x75];
export const and = (a: Code, b: Code): Code => [...a, ...b, 0x71];
/** `a` if `condition` is not 0, otherwise `b`. */
export const select = (a: Code, b: Code, condition: Code): Code => [...a, ...b, ...condition, 0x1b];
export const lessThan = (a: Code, b: Code): Code => [...a, ...b, 0x48];
export const atMost = (a: Code, b: Code): Code => [...a, ...b, 0x4c];

/** Runs the body while the condition holds. */
export const loop = (condition: Code, ...body: readonly Code[]): Code => [
  ...[0x02, type.none, 0x03, type.none],
  ...condition,
  ...[0x45, 0x0d, 0x01], // leave where it does not hold
  ...body.flat(),
  ...[0x0c, 0x00, 0x0b, 0x0b],
];

const unaligned = (offset: number): Code => [0, ...unsigned(offset)];

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
/** Sums of four 32-bit integers, modulo 2^32. */
export const addIntegers = (a: Code, b: Code): Code => [...a, ...b, ...vector(0xae)];

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
  const signatures = functions.map(({ parameters }) => {
    return [type.function, ...unsigned(parameters), ...Array(parameters).fill(type.i32), 0];
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
