import { withMixing } from "../../codec/mixing/withMixing.ts";
import type { BandPlan } from "../../codec/planes/bandPlan.ts";
import { type SetDecoder, setDecoder, setEncoder } from "../../codec/planes/planesOfSet.ts";
import type { Picture } from "../../data/images/picture.ts";
import {
  analyzePicture,
  codeAtStep,
  codeLosslessly,
  type PictureOfCode,
  pictureOf,
  planOf,
} from "./codePicture.ts";
import { areDrawings, throughSet } from "./drawings.ts";
import { type PictureHead, usualLevels } from "./pictureHead.ts";
import { rotationOfAll } from "./rotation.ts";

/** How the pictures of a set are coded: exactly, or with one finest threshold for all, in gray levels. */
export type SetCoding = { readonly lossless: true } | { readonly step: number };

/** Pictures as one code. */
export interface CodedSet {
  /** One for each picture; the starting plane is part of the code, and −1 here. */
  readonly heads: readonly PictureHead[];
  readonly code: Uint8Array;
}

/**
 * Codes pictures one after another, so that each is coded by what was learned of those before. `onPicture` hears of each what a decoder will
 * make of it. Colors of lossy ones are turned alike.
 */
export function codeSet(
  rasters: readonly Picture[],
  coding: SetCoding,
  onPicture?: (i: number, decoded: () => Picture) => void,
): CodedSet {
  const colored = rasters.filter(({ channels }) => channels === 3);
  const isLossless = "lossless" in coding;
  const rotation = isLossless || colored.length === 0 ? undefined : rotationOfAll(colored);
  const isDrawn = isLossless && areDrawings(rasters);
  return withMixing((mixing) => {
    const encoder = setEncoder(mixing);
    const encode = throughSet(encoder);
    const heads = rasters.map((raster, i) => {
      const { width, height } = raster;
      const { head, known } = isLossless
        ? codeLosslessly(raster, encode, isDrawn ? 0 : usualLevels(width, height))
        : codeAtStep({ ...analyzePicture(raster, rotation), encode }, coding.step);
      onPicture?.(i, () => pictureOf(head, planOf(head), known));
      return { ...head, startingPlane: -1 };
    });
    return { heads, code: encoder.finish() };
  });
}

/**
 * Decodes the pictures of {@link codeSet} one after another, of a code or of the beginning of one (not `complete`). The last one may be unfinished:
 * the code does not reach to its end.
 */
export function* picturesOfSet(
  heads: Iterable<PictureHead>,
  code: Uint8Array,
  complete: boolean,
): Generator<PictureOfCode> {
  const decode: SetDecoder = setDecoder(code, complete);
  let last: PictureHead | undefined;
  let plan: BandPlan | undefined;
  for (const head of heads) {
    if (!plan || head !== last) plan = planOf(head);
    last = head;
    const decoded = decode(plan);
    if (!decoded) return;
    const { known, finished, startingPlane } = decoded;
    yield { raster: pictureOf({ ...head, startingPlane }, plan, known), finished };
    if (!finished) return;
  }
}
