import { binaryDecoder, binaryEncoder } from "../entropy/binaryCoder.ts";
import type { Mixing } from "../mixing/mixing.ts";
import { openMixing } from "../mixing/openMixing.ts";
import type { BandPlan } from "./bandPlan.ts";
import { walkNumber } from "./codedNumber.ts";
import { type DecodedPlanes, hearPlanes } from "./decodePlanes.ts";
import {
  type Coefficients,
  type EncodeOptions,
  startingPlaneOf,
  type ToldPlanes,
  tellPlanes,
} from "./encodePlanes.ts";

/** Codes the planes of pictures one after another, as one code: what was learned of one serves the next. */
export interface SetEncoder {
  /** The same as `encodePlanes`, without bytes of its own. The starting plane is part of the code. */
  encode(coefficients: Coefficients, plan: BandPlan, options?: EncodeOptions): ToldPlanes;
  /** Ends the code. */
  finish(): Uint8Array;
}

/** Bits of a starting plane, of which the first is −1. */
const planeBits = 5;

/** Codes by a mixing that knows nothing yet. */
export function setEncoder(mixing: Mixing): SetEncoder {
  const encoder = binaryEncoder();
  let before = 0;
  return {
    encode(coefficients, plan, options = {}) {
      const startingPlane = startingPlaneOf(coefficients, options.step);
      const number = startingPlane + 1;
      walkNumber(mixing, planeBits, [0, 1 + before], (contexts, k) => {
        const bit = (number >> k) & 1 ? 1 : 0;
        encoder.encode(bit, mixing.predict(contexts));
        mixing.update(bit);
        return bit;
      });
      before = number;
      return tellPlanes({ mixing, encoder }, startingPlane, coefficients, plan, options);
    },
    finish: () => encoder.finish(),
  };
}

/** The planes of a picture, as far as they are known. */
export interface DecodedOfSet extends DecodedPlanes {
  readonly startingPlane: number;
}

/** Decodes the planes of the next picture, of the plan that the encoder had; undefined where not even its starting plane is known, or is none. */
export type SetDecoder = (plan: BandPlan) => DecodedOfSet | undefined;

/** The decoder of {@link SetEncoder}'s codes, or of the beginning of one (not `complete`). */
export function setDecoder(bytes: Uint8Array, complete: boolean): SetDecoder {
  const mixing = openMixing();
  const decoder = binaryDecoder(bytes, complete);
  let before = 0;
  return (plan) => {
    const number = walkNumber(mixing, planeBits, [0, 1 + before], (contexts) => {
      const bit = decoder.decode(mixing.predict(contexts));
      if (bit >= 0) mixing.update(bit === 1 ? 1 : 0);
      return bit;
    });
    if (number < 0 || number > mostNumber) return undefined;
    before = number;
    const startingPlane = number - 1;
    return { ...hearPlanes({ mixing, decoder }, startingPlane, plan), startingPlane };
  };
}

/** The plane 25 is the highest of coefficients below 2^26. */
const mostNumber = 26;
