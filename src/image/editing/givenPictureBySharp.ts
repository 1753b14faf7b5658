import type { Raster } from "../../data/images/raster.ts";
import { resizeCover } from "../../data/images/resizeCover.ts";
import type { ImageConfig } from "../run.ts";
import { type GivenPicture, givenPicture as given } from "./givenPicture.ts";

/** Brings a picture to the form of a run as `givenPicture` does, scaled as pictures of files are for training, by sharp. */
export const givenPicture = (
  picture: Raster,
  config: Pick<ImageConfig, "language" | "width" | "height" | "fit">,
  name: string,
): Promise<GivenPicture> => given(picture, config, name, resizeCover);
