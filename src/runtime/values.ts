import type { DType, Shape } from "../graph/index.ts";
import { sizeOf } from "../graph/index.ts";

/** The array that holds a tensor's elements, row-major; bool is one byte, 0 or 1. */
export interface ArrayOf {
  float32: Float32Array;
  float64: Float64Array;
  int32: Int32Array;
  int64: BigInt64Array;
  bool: Uint8Array;
}

export type Values = ArrayOf[DType];

const constructors: {
  readonly [D in DType]: {
    readonly BYTES_PER_ELEMENT: number;
    readonly name: string;
    new (length: number): ArrayOf[D];
    new (buffer: ArrayBufferLike, offset: number, length: number): ArrayOf[D];
  };
} = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  int64: BigInt64Array,
  bool: Uint8Array,
};

/** A new array of zeros for a tensor of this type. */
export function allocate<D extends DType>(dtype: D, shape: Shape): ArrayOf[D] {
  return new constructors[dtype](sizeOf(shape));
}

/** The type of tensor whose elements an array holds. */
export function dtypeOf(values: Values): DType {
  if (values instanceof Float32Array) return "float32";
  if (values instanceof Float64Array) return "float64";
  if (values instanceof Int32Array) return "int32";
  return values instanceof BigInt64Array ? "int64" : "bool";
}

/** The class of array that holds elements of this type: "Float32Array". */
export const arrayName = (dtype: DType): string => constructors[dtype].name;

/** Whether `values` is the right array for a tensor of this type. */
export function fits(values: Values, dtype: DType, shape: Shape): boolean {
  return values instanceof constructors[dtype] && values.length === sizeOf(shape);
}

/** Numbers as the elements of a tensor of type `dtype`. */
export function valuesOf(dtype: DType, numbers: ArrayLike<number>): Values {
  const values = allocate(dtype, [numbers.length]);
  for (let i = 0; i < numbers.length; i++) {
    values[i] = values instanceof BigInt64Array ? BigInt(numbers[i]!) : numbers[i]!; // i < length
  }
  return values;
}

/** The elements whose bytes an ONNX constant holds. */
export function viewOf({
  dtype,
  bytes,
}: {
  readonly dtype: DType;
  readonly bytes: Uint8Array;
}): Values {
  const type = constructors[dtype];
  return new type(bytes.buffer, bytes.byteOffset, bytes.byteLength / type.BYTES_PER_ELEMENT);
}
