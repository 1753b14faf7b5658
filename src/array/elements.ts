import type { NpyData, NpyType } from "../data/formats/npy.ts";

/** A type of samples. */
export interface ElementType {
  readonly name: NpyType;
  /** Its number on disk; none ever changes. */
  readonly id: number;
  readonly bytes: number;
  /** The least and the greatest whole number; undefined of floating-point numbers. */
  readonly range: readonly [least: number, most: number] | undefined;
  /** Zeros. */
  readonly zeros: (length: number) => NpyData;
  /** Bits of the significand, the hidden one included. */
  readonly precision: number;
}

const whole = (least: number, most: number) =>
  ({ range: [least, most], precision: 53 }) as const satisfies Partial<ElementType>;
const floating = (precision: number) =>
  ({ range: undefined, precision }) as const satisfies Partial<ElementType>;

/** All types of samples. */
export const elementTypes: Readonly<Record<NpyType, ElementType>> = {
  u1: { name: "u1", id: 0, bytes: 1, ...whole(0, 255), zeros: (n) => new Uint8Array(n) },
  i1: { name: "i1", id: 1, bytes: 1, ...whole(-128, 127), zeros: (n) => new Int8Array(n) },
  u2: { name: "u2", id: 2, bytes: 2, ...whole(0, 65535), zeros: (n) => new Uint16Array(n) },
  i2: { name: "i2", id: 3, bytes: 2, ...whole(-32768, 32767), zeros: (n) => new Int16Array(n) },
  u4: { name: "u4", id: 4, bytes: 4, ...whole(0, 2 ** 32 - 1), zeros: (n) => new Uint32Array(n) },
  i4: {
    ...{ name: "i4", id: 5, bytes: 4, ...whole(-(2 ** 31), 2 ** 31 - 1) },
    zeros: (n) => new Int32Array(n),
  },
  f4: { name: "f4", id: 6, bytes: 4, ...floating(24), zeros: (n) => new Float32Array(n) },
  f8: { name: "f8", id: 7, bytes: 8, ...floating(53), zeros: (n) => new Float64Array(n) },
};

/** The type of an array's samples; undefined where it is none of the eight. */
export const elementTypeOf = (data: NpyData): ElementType | undefined =>
  Object.values(elementTypes).find(({ zeros }) => data.constructor === zeros(0).constructor);

/** The greatest number of 32 bits. */
const mostSingle = (2 - 2 ** -23) * 2 ** 127;

/** The sample of a type that a number becomes: clipped to what the type has, whole ones rounded. */
export function rounderOf({ range, precision }: ElementType): (x: number) => number {
  if (!range) {
    const most = precision === 24 ? mostSingle : Number.MAX_VALUE;
    const clip = (x: number) => Math.min(Math.max(x, -most), most);
    return precision === 24 ? (x) => Math.fround(clip(x)) : clip;
  }
  const [least, most] = range;
  return (x) => Math.min(Math.max(Math.floor(x + 0.5), least), most);
}
