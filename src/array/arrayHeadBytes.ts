import { UserError } from "../errors/userError.ts";
import type { ArrayHead } from "./arrayHead.ts";
import { rankLimit, sampleCount } from "./axes.ts";
import { elementTypes } from "./elements.ts";
import { sampleLimit } from "./prepare.ts";
import { loweredLimit } from "./wholeCode.ts";

/*
 * The head of an array, little-endian:
 *
 *   0  flags: 1 whole, 2 listed, 4 stored, 8 the code is the beginning of a longer one, 16 a maximal error is promised, 32 sound,
 *      64 corrections follow the code   uint8
 *   1  type of samples   uint8      2  number of axes   uint8
 *   3  levels at most    uint8      4  starting plane   int8      5  lowered planes   uint8
 *   6  offset   float64            14  unit            float64
 *  22  length of each axis   uint32
 *   …  maximal error   float64, where one is promised
 *   …  samples per second   uint32, of sounds
 */
const flag = {
  whole: 1,
  listed: 2,
  stored: 4,
  cut: 8,
  bounded: 16,
  sound: 32,
  corrected: 64,
} as const;
const allFlags = 127;
const fixedBytes = 22;
const levelLimit = 15;
const planeLimit = 25;

/** The bytes of a head. */
export function writeArrayHead(head: ArrayHead): Uint8Array {
  const { element, shape, coding, levels, startingPlane, isCut, isCorrected, maxError, rate } =
    head;
  const length =
    fixedBytes + 4 * shape.length + (maxError === undefined ? 0 : 8) + (rate === undefined ? 0 : 4);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  const kind =
    coding.type === "stored"
      ? flag.stored
      : coding.type === "smooth"
        ? 0
        : flag.whole | (coding.isListed ? flag.listed : 0);
  view.setUint8(
    0,
    kind |
      (isCut ? flag.cut : 0) |
      (isCorrected ? flag.corrected : 0) |
      (maxError === undefined ? 0 : flag.bounded) |
      (rate === undefined ? 0 : flag.sound),
  );
  view.setUint8(1, element.id);
  view.setUint8(2, shape.length);
  view.setUint8(3, levels);
  view.setInt8(4, startingPlane);
  if (coding.type === "whole") view.setUint8(5, coding.lowered);
  view.setFloat64(6, coding.type === "stored" ? 0 : coding.offset, true);
  view.setFloat64(14, coding.type === "stored" ? 1 : coding.unit, true);
  let at = fixedBytes;
  for (const n of shape) {
    view.setUint32(at, n, true);
    at += 4;
  }
  if (maxError !== undefined) {
    view.setFloat64(at, maxError, true);
    at += 8;
  }
  if (rate !== undefined) view.setUint32(at, rate, true);
  return bytes;
}

/** The head of these bytes. Throws UserError, naming the file, where none is like that. */
export function readArrayHead(content: Uint8Array, name: string): ArrayHead {
  const impossible = () =>
    new UserError(`${name} is damaged: the head of its array is impossible`, "damaged-file");
  if (content.length < fixedBytes) throw impossible();
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const flags = view.getUint8(0);
  const element = Object.values(elementTypes).find(({ id }) => id === view.getUint8(1));
  const rank = view.getUint8(2);
  const levels = view.getUint8(3);
  const startingPlane = view.getInt8(4);
  const lowered = view.getUint8(5);
  const offset = view.getFloat64(6, true);
  const unit = view.getFloat64(14, true);
  const isBounded = (flags & flag.bounded) !== 0;
  const isSound = (flags & flag.sound) !== 0;
  const length = fixedBytes + 4 * rank + (isBounded ? 8 : 0) + (isSound ? 4 : 0);
  if (!element || rank > rankLimit || content.length !== length) throw impossible();
  const shape = Array.from({ length: rank }, (_, k) => view.getUint32(fixedBytes + 4 * k, true));
  let at = fixedBytes + 4 * rank;
  const maxError = isBounded ? view.getFloat64(at, true) : undefined;
  if (isBounded) at += 8;
  const rate = isSound ? view.getUint32(at, true) : undefined;
  const isPossible =
    (flags & ~allFlags) === 0 &&
    levels <= levelLimit &&
    lowered <= loweredLimit &&
    startingPlane >= -1 &&
    startingPlane <= planeLimit &&
    Number.isFinite(offset) &&
    unit > 0 &&
    Number.isFinite(unit) &&
    sampleCount(shape) <= sampleLimit &&
    (maxError === undefined || (maxError >= 0 && Number.isFinite(maxError))) &&
    rate !== 0;
  if (!isPossible) throw impossible();
  const isCut = (flags & flag.cut) !== 0;
  const isCorrected = (flags & flag.corrected) !== 0;
  const head = { element, shape, levels, startingPlane, isCut, isCorrected, maxError, rate };
  switch (flags & (flag.whole | flag.listed | flag.stored)) {
    case 0:
      return { ...head, coding: { type: "smooth", offset, unit } };
    case flag.whole:
    case flag.whole | flag.listed: {
      const isListed = (flags & flag.listed) !== 0;
      return { ...head, coding: { type: "whole", offset, unit, lowered, isListed } };
    }
    case flag.stored:
      return { ...head, coding: { type: "stored" } };
    default:
      throw impossible();
  }
}
