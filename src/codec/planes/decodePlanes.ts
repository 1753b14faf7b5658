import { type BinaryDecoder, binaryDecoder } from "../entropy/binaryCoder.ts";
import type { Mixing } from "../mixing/mixing.ts";
import { withMixing } from "../mixing/withMixing.ts";
import type { BandPlan } from "./bandPlan.ts";
import { contextsOf } from "./contextsOf.ts";
import { type Known, nothingKnown } from "./known.ts";
import { type Answers, walkPlanes } from "./walkPlanes.ts";

/** What the code of planes, or the beginning of one, tells. */
export interface DecodedPlanes {
  readonly known: Known;
  /** Whether all planes were decoded. */
  readonly finished: boolean;
}

/**
 * Decodes the code of {@link encodePlanes}, or the beginning of one (not `complete`): all that the bytes at hand determine. Damaged
 * bytes give other values, and never an error.
 */
export const decodePlanes = (
  bytes: Uint8Array,
  plan: BandPlan,
  startingPlane: number,
  complete: boolean,
): DecodedPlanes =>
  withMixing((mixing) =>
    hearPlanes({ mixing, decoder: binaryDecoder(bytes, complete) }, startingPlane, plan),
  );

/** What decodes bits: how likely they are, and their code. */
export interface BitsDecoder {
  readonly mixing: Mixing;
  readonly decoder: BinaryDecoder;
}

/** Decodes planes behind what was decoded before, and by what was learned from it. */
export function hearPlanes(
  { mixing, decoder }: BitsDecoder,
  startingPlane: number,
  plan: BandPlan,
): DecodedPlanes {
  const known = nothingKnown(plan, startingPlane);
  function next(count: number): 0 | 1 | -1 {
    const bit = decoder.decode(mixing.predict(count));
    if (bit >= 0) mixing.update(bit === 1 ? 1 : 0);
    return bit;
  }
  const answers: Answers = {
    group: (_, __, count, isCertain) => (isCertain ? 1 : next(count)),
    refine: (_, count) => next(count),
    sign: (_, count) => next(count),
  };
  const finished = walkPlanes(plan, startingPlane, known, contextsOf(plan, mixing, known), answers);
  return { known, finished };
}
