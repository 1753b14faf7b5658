import { cropAt, type Raster, toGray, toRgb } from "../../data/images/raster.ts";
import { UserError } from "../../errors/userError.ts";
import { formOf, type ImageConfig } from "../run.ts";
import { coverTriangle } from "./coverTriangle.ts";

/** A picture in the form that a run takes. */
export interface GivenPicture {
  readonly raster: Raster;
  /** How often its sides had to be doubled: so many of the finest levels say nothing about the picture. 0 if not at all. */
  readonly doublings: number;
  /** What was done to it, as the end of a sentence; undefined if nothing was. */
  readonly change?: string;
}

/** Scales a picture so that it covers the `size`×`size` square, and cuts what sticks out evenly on two sides. */
export type Cover = (raster: Raster, size: number) => Raster | Promise<Raster>;

/**
 * Brings a picture to the form of a run: its channels, and its size as images for training are brought to it (of a run that
 * cuts squares the middle is taken). A smaller picture is enlarged. Where the run's sides are exactly a power of two times
 * its own, each pixel becomes a square of pixels, so that Haar's coarse coefficients are its pixels. Throws UserError, which
 * calls the picture `name`, where a run of pictures that are no squares takes another size. `cover` scales.
 */
export async function givenPicture(
  picture: Raster,
  config: Pick<ImageConfig, "language" | "width" | "height" | "fit">,
  name: string,
  cover: Cover = coverTriangle,
): Promise<GivenPicture> {
  const { color, size } = formOf(config);
  const raster = color === "gray" ? toGray(picture) : toRgb(picture);
  const { width, height } = config;
  const scale = Math.max(width / raster.width, height / raster.height);
  if (raster.width === width && raster.height === height) return { raster, doublings: 0 };

  const doublings = Math.max(0, Math.ceil(Math.log2(scale)));
  const factor = 2 ** doublings;
  const is = `is ${raster.width}×${raster.height} pixels`;
  if (raster.width * factor === width && raster.height * factor === height)
    return {
      raster: repeated(raster, factor),
      doublings,
      change: `${is}; each becomes ${factor}×${factor} of the run's ${width}×${height}`,
    };
  if (size === undefined)
    throw new UserError(
      `${name} ${is}, and the run takes ${width}×${height}, halves or quarters of that`,
      "sizes-differ",
    );
  if (config.fit === "crop" && doublings === 0) {
    const [x, y] = [raster.width - size, raster.height - size].map((rest) => Math.floor(rest / 2));
    return {
      raster: cropAt(raster, x!, y!, size), // two of two
      doublings,
      change: `${is}; the ${size}×${size} in its middle are taken`,
    };
  }
  return {
    raster: await cover(raster, size),
    doublings,
    change: `${is}; it is scaled to cover the run's ${size}×${size}`,
  };
}

/** Each pixel as a square of `factor`×`factor`. */
function repeated({ width, height, channels, data }: Raster, factor: number): Raster {
  const large = new Uint8Array(data.length * factor * factor);
  for (let y = 0, to = 0; y < height * factor; y++) {
    for (let x = 0; x < width * factor; x++, to += channels) {
      const from = (Math.floor(y / factor) * width + Math.floor(x / factor)) * channels;
      for (let c = 0; c < channels; c++) large[to + c] = data[from + c]!;
    }
  }
  return { width: width * factor, height: height * factor, channels, data: large };
}
