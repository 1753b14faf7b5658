import type { BandPlan, Extent } from "../../../codec/planes/bandPlan.ts";
import { decodePlanes } from "../../../codec/planes/decodePlanes.ts";
import { type Known, nothingKnown } from "../../../codec/planes/known.ts";
import { eachSharedRow, planOfPart } from "../../../codec/planes/partsOfPlan.ts";
import type { Picture } from "../../../data/images/picture.ts";
import type { Rectangle } from "../../rectangle.ts";
import { type PictureOfCode, pictureOf, planOf } from "../codePicture.ts";
import { pictureOfIndices } from "../indexed.ts";
import type { PictureHead } from "../pictureHead.ts";
import { crop } from "./crop.ts";
import { usualLayout } from "./layout.ts";
import { type Need, type NeededPart, needOf, type View } from "./need.ts";

/** The bytes of a part of the code that are at hand, the first ones. */
export interface PartBytes {
  readonly bytes: Uint8Array;
  /** Whether its code ends with them; else what follows is unknown. */
  readonly isComplete: boolean;
}

/** The parts of a code, or of the beginning of one (not `complete`). */
export const bytesOfCode =
  ({ isCut }: PictureHead, code: Uint8Array, complete: boolean) =>
  ({ from, to, end }: NeededPart): PartBytes => {
    const isThere = end === Infinity ? complete : end <= code.length;
    return {
      bytes: code.subarray(from, to),
      isComplete: !isCut && isThere && to >= Math.min(end, code.length),
    };
  };

/** Decodes a code, or the beginning of one (not `complete`). */
export function decodePicture(
  head: PictureHead,
  code: Uint8Array,
  complete: boolean,
): PictureOfCode {
  const { raster, finished } = decodeView(
    head,
    {},
    needOf(head, {}),
    bytesOfCode(head, code, complete),
  );
  return { raster, finished };
}

/** A view of a picture. */
export interface DecodedView extends PictureOfCode {
  /** Whether a complete code ended before its part was told: it is damaged. */
  readonly isDamaged: boolean;
}

/** Decodes a view of a picture. What is not known of it is taken for 0. */
export function decodeView(
  head: PictureHead,
  { omitted = 0, region }: View,
  { frame, parts }: Need,
  bytesOf: (part: NeededPart) => PartBytes,
): DecodedView {
  const [first] = parts;
  if (head.coding.type === "indexed" && first) {
    const { bytes, isComplete } = bytesOf(first);
    const { raster, finished } = pictureOfIndices(head, head.coding.count, bytes, isComplete);
    const isDamaged = isComplete && !finished;
    return { raster: region ? crop(raster, region) : raster, finished, isDamaged };
  }
  const plan: BandPlan = { ...planOf(head), order: (head.layout ?? usualLayout).order };
  const whole = planOfPart(plan, { ...frame, omitted });
  let [finished, isDamaged] = [parts.length > 0, false];
  let known: Known | undefined;
  for (const part of parts) {
    const own = planOfPart(plan, { ...part.tile, omitted: part.omitted });
    const { bytes, isComplete } = bytesOf(part);
    const decoded = decodePlanes(bytes, own, part.startingPlane, isComplete);
    if (!decoded.finished) {
      finished = false;
      isDamaged = isComplete;
      if (isDamaged) break; // the others would be work for nothing
    }
    if (isSame(own.extent, whole.extent)) {
      known = decoded.known; // of the only part
      break;
    }
    known ??= nothingKnown(whole, head.startingPlane);
    copy(decoded.known, own, known, whole, part.tile, frame);
  }
  const { width, height, levels } = whole.extent;
  const picture = pictureOf(
    { ...head, width, height, levels },
    whole,
    known ?? nothingKnown(whole, head.startingPlane),
  );
  return { raster: region ? cut(picture, region, frame) : picture, finished, isDamaged };
}

const isSame = (a: Extent, b: Extent): boolean =>
  a.height === b.height && a.width === b.width && a.levels === b.levels;

function copy(
  from: Known,
  part: BandPlan,
  to: Known,
  whole: BandPlan,
  tile: Rectangle,
  frame: Rectangle,
): void {
  const corner = { top: tile.y - frame.y, left: tile.x - frame.x };
  eachSharedRow(part, whole, corner, (at, place, length) => {
    to.estimates.set(from.estimates.subarray(at, at + length), place);
    to.signs.set(from.signs.subarray(at, at + length), place);
  });
}

const cut = (picture: Picture, region: Rectangle, frame: Rectangle): Picture =>
  crop(picture, { ...region, x: region.x - frame.x, y: region.y - frame.y });
