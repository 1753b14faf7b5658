import { decodeImage } from "../../src/data/images/decodeImage.ts";
import { type Raster, toGray } from "../../src/data/images/raster.ts";

/** The picture of a file that sharp reads, gray where the original was. */
export async function decodeAs(file: Uint8Array, channels: 1 | 3): Promise<Raster> {
  const raster = await decodeImage(file, "the rival's file");
  return channels === 1 ? toGray(raster) : raster;
}
