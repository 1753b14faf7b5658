import { type DType, type Shape, sizeOf } from "../../graph/index.ts";
import type { LaneType } from "./elementwiseKernels.ts";
import type { Program, RingRow, Room } from "./program.ts";

/** A value of a program: where its numbers lie, in row-major order, all of them 32 bits wide. */
export interface Held {
  readonly shape: Shape;
  readonly lane: LaneType;
  /** Known beforehand; it takes room when its address is first asked for. */
  readonly values?: ArrayLike<number>;
  readonly address: () => number;
  readonly room?: Room;
  /** Where it is without being copied: who can read it from there need not ask for its address. */
  readonly row?: RingRow;
}

/** How the numbers of an element type are held; undefined where they are not. */
export function laneOf(dtype: DType): LaneType | undefined {
  if (dtype === "float32") return "float";
  if (dtype === "int32" || dtype === "int64") return "integer";
  return dtype === "bool" ? "truth" : undefined;
}

/** Room for a value of a tensor's type. */
export function roomFor(program: Program, shape: Shape, lane: LaneType): Held {
  const room = program.reserve(sizeOf(shape));
  return { shape, lane, room, address: () => room.address };
}

/** The same, for what is fed or may be needed until the end of a step: it is never given back. */
export function lastingRoomFor(program: Program, shape: Shape, lane: LaneType): Held {
  const { address } = program.reserveNew(sizeOf(shape));
  return { shape, lane, address: () => address };
}

/** A value that is known beforehand. */
export function constantOf(
  program: Program,
  shape: Shape,
  lane: LaneType,
  values: ArrayLike<number>,
): Held {
  let address: number | undefined;
  const bits = () =>
    lane === "float"
      ? Float32Array.from(values)
      : Int32Array.from(values, (value) => (lane === "truth" ? -Number(value !== 0) : value));
  return {
    ...{ shape, lane, values },
    address() {
      address ??= program.hold(bits());
      return address;
    },
  };
}

/** The same numbers under another shape, from an element on. */
export function viewOf({ values: _, row: __, ...x }: Held, shape: Shape, start = 0): Held {
  return { ...x, shape, address: () => x.address() + 4 * start };
}
