import type { BandPlan } from "../../../codec/planes/bandPlan.ts";
import {
  type Coefficients,
  type EncodedPlanes,
  type EncodeOptions,
  encodePlanes,
} from "../../../codec/planes/encodePlanes.ts";
import { nothingKnown } from "../../../codec/planes/known.ts";
import { eachSharedRow, planOfPart } from "../../../codec/planes/partsOfPlan.ts";
import { type CodePart, type LaidOut, type Layout, tilesOf } from "./layout.ts";

/** The code of planes, and how it is laid out where that is not as usual. */
export interface LaidOutPlanes extends EncodedPlanes {
  readonly layout?: LaidOut;
}

/** Makes planes a code. */
export type PlanesEncoder = (
  coefficients: Coefficients,
  plan: BandPlan,
  options?: EncodeOptions,
) => LaidOutPlanes;

/** An encoder of a layout; undefined of the usual one, in which codes are chosen and paced as pictures need them. */
export const laidOut = ({ order, tileSide }: Layout): PlanesEncoder | undefined =>
  order === "quality" && tileSide === undefined
    ? undefined
    : (coefficients, plan, options) =>
        encodeLaidOut({ order, tileSide }, coefficients, plan, options);

/**
 * The transform is that of the whole picture. A tile has the coefficients that lie at its place, which are as many as those of a picture
 * of its size, since its corner is a multiple of 2^levels; it is coded as such a picture is, by what was learned in it alone.
 */
function encodeLaidOut(
  { order, tileSide }: Layout,
  coefficients: Coefficients,
  plan: BandPlan,
  options: EncodeOptions | undefined,
): LaidOutPlanes {
  const known = nothingKnown(plan, -1);
  const codes: Uint8Array[] = [];
  const parts: CodePart[] = [];
  let most = -1;
  for (const { x: left, y: top, ...size } of tilesOf(plan.extent, tileSide)) {
    const own = planOfPart({ ...plan, order }, size);
    const inside = new Float64Array(own.length);
    eachSharedRow(own, plan, { top, left }, (to, from, length) =>
      inside.set(coefficients.subarray(from, from + length), to),
    );
    const { bytes, startingPlane, levelEnds, ...part } = encodePlanes(inside, own, options);
    eachSharedRow(own, plan, { top, left }, (from, to, length) => {
      known.estimates.set(part.known.estimates.subarray(from, from + length), to);
      known.signs.set(part.known.signs.subarray(from, from + length), to);
    });
    codes.push(bytes);
    parts.push({
      ...{ startingPlane, levelEnds: levelEnds.slice(0, -1) },
      length: tileSide === undefined ? undefined : bytes.length,
    });
    most = Math.max(most, startingPlane);
  }
  const bytes = new Uint8Array(codes.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const code of codes) {
    bytes.set(code, at);
    at += code.length;
  }
  const layout = { order, tileSide, parts };
  const costs = { chosenBits: new Float64Array(plan.bands.length), chosenBytes: bytes.length };
  return { bytes, known, startingPlane: most, finished: true, levelEnds: [], ...costs, layout };
}
