import { UserError } from "../../../../errors/userError.ts";
import type { SignalForm } from "../../../signal/signal.ts";
import { type DyadicGrid, gridFor } from "../dyadicGrid.ts";

/** What a reader of a compressed field has to know before its code. */
export interface FieldHead {
  /** Atoms: scaling functions and wavelets of CDF 9/7 on this grid, continued between samples by cubic splines. */
  readonly grid: DyadicGrid;
  /** Channels; several are rotated by `channelRotation`. */
  readonly channels: number;
  /** The finest threshold of the coefficients of atoms of unit norm, where values of the signal are from −1 to 1. */
  readonly step: number;
  /** log2 of the first threshold, in steps; −1 where there is no code. */
  readonly startingPlane: number;
  /** Whether the code is the beginning of a longer one, so that what follows its last byte is unknown. */
  readonly isCut: boolean;
  /** The signal, as views are given in its samples. */
  readonly form: SignalForm;
}

/*
 * The content of a field's section, little-endian:
 *
 *   0  basis: 1, what FieldHead says of atoms   uint8
 *   1  flags: bit 0 the code is the beginning of a longer one, 1 rate, 2 range, 3 numbers of 64 bits   uint8
 *   2  axes, 1 to 3   uint8      3  channels − 1   uint16
 *   5  starting plane  int8      6  step  float32
 *   10 for each axis: samples − 1  uint32,  splits  uint8
 *   then rate  float64, and the numbers that −1 and 1 stand for  2 × float64, where the flags say so
 */
const basis = 1;
const flag = { cut: 1, rate: 2, range: 4, double: 8 } as const;
const allFlags = flag.cut | flag.rate | flag.range | flag.double;
const planeLimit = 25;
const axesAt = 10;
const axisBytes = 5;

/** Bytes of a head. */
const sizeOf = (axes: number, flags: number): number =>
  axesAt + axisBytes * axes + (flags & flag.rate ? 8 : 0) + (flags & flag.range ? 16 : 0);

export function writeFieldHead(head: FieldHead): Uint8Array {
  const { grid, channels, step, startingPlane, isCut, form } = head;
  const { rate, range } = form;
  const axes = grid.samples.length;
  const flags =
    (isCut ? flag.cut : 0) |
    (rate === undefined ? 0 : flag.rate) |
    (range === undefined ? 0 : flag.range) |
    (range?.double ? flag.double : 0);
  const bytes = new Uint8Array(sizeOf(axes, flags));
  const view = new DataView(bytes.buffer);
  view.setUint8(0, basis);
  view.setUint8(1, flags);
  view.setUint8(2, axes);
  view.setUint16(3, channels - 1, true);
  view.setInt8(5, startingPlane);
  view.setFloat32(6, step, true);
  let at = axesAt;
  for (const [axis, samples] of grid.samples.entries()) {
    view.setUint32(at, samples - 1, true);
    view.setUint8(at + 4, grid.levels[axis]!);
    at += axisBytes;
  }
  if (rate !== undefined) {
    view.setFloat64(at, rate, true);
    at += 8;
  }
  if (range !== undefined) {
    view.setFloat64(at, range.low, true);
    view.setFloat64(at + 8, range.high, true);
  }
  return bytes;
}

/** Throws UserError, naming the file, where a head is impossible, or of a basis that this program does not know. */
export function readFieldHead(content: Uint8Array, name: string): FieldHead {
  const impossible = () =>
    new UserError(`${name} is damaged: the head of its field is impossible`, "damaged-file");
  if (content.length < axesAt) throw impossible();
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  if (view.getUint8(0) !== basis)
    throw new UserError(
      `${name} is a field of basis ${view.getUint8(0)}; this program reads basis ${basis}`,
      "unsupported-file",
    );
  const flags = view.getUint8(1);
  const axes = view.getUint8(2);
  const channels = view.getUint16(3, true) + 1;
  const startingPlane = view.getInt8(5);
  const step = view.getFloat32(6, true);
  const isPossible =
    (flags & ~allFlags) === 0 &&
    axes >= 1 &&
    axes <= 3 &&
    content.length === sizeOf(axes, flags) &&
    startingPlane >= -1 &&
    startingPlane <= planeLimit &&
    step > 0 &&
    Number.isFinite(step);
  if (!isPossible) throw impossible();
  const places = Array.from({ length: axes }, (_, axis) => axesAt + axisBytes * axis);
  const samples = places.map((at) => view.getUint32(at, true) + 1);
  const grid = gridFor(samples, channels);
  if (places.some((at, axis) => view.getUint8(at + 4) !== grid.levels[axis])) throw impossible();
  const rateAt = axesAt + axisBytes * axes;
  const rangeAt = rateAt + (flags & flag.rate ? 8 : 0);
  const rate = flags & flag.rate ? view.getFloat64(rateAt, true) : undefined;
  const [low, high] =
    flags & flag.range
      ? [view.getFloat64(rangeAt, true), view.getFloat64(rangeAt + 8, true)]
      : [-1, 1];
  if ((rate !== undefined && !(rate > 0 && rate < 1e12)) || !(high - low > 0 && high - low < 1e300))
    throw impossible();
  const form: SignalForm = {
    size: samples,
    ...(rate !== undefined && { rate }),
    ...(flags & flag.range && {
      range: { low, high, ...(flags & flag.double && { double: true }) },
    }),
  };
  return { grid, channels, step, startingPlane, isCut: (flags & flag.cut) !== 0, form };
}
