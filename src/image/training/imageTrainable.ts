import { join } from "node:path";
import { writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { encodePng } from "../../data/formats/png.ts";
import type { LoadedImages } from "../../data/images/loadedImages.ts";
import type { Raster } from "../../data/images/raster.ts";
import type { Trainable } from "../../train/trainable.ts";
import type { ImageConfig } from "../run.ts";
import { openBatches } from "./batchesAhead.ts";
import { type PlainTraining, plainTrainable } from "./trainable.ts";

export interface ImageTraining extends Omit<PlainTraining, "onSamples"> {
  /** A folder for sheets of samples, halfway and at the end; none by default. */
  readonly samples?: string;
}

/**
 * An image model in training: bits per image. The batches of a built-in model are made in a thread, those of one's own in the
 * training's. Throws UserError where images do not fit the configuration.
 */
export function imageTrainable(
  config: ImageConfig,
  images: LoadedImages,
  { samples, ...training }: ImageTraining = {},
): Trainable {
  const { own, vectors } = training;
  const onSamples =
    samples === undefined
      ? undefined
      : (sheet: Raster, step: number) => {
          const name = `step-${`${step}`.padStart(7, "0")}.png`;
          return writeFileAtomically(join(samples, name), encodePng(sheet));
        };
  return plainTrainable(
    config,
    images,
    { ...training, onSamples },
    own ? undefined : (known, random) => openBatches(config, known, random, vectors),
  );
}
