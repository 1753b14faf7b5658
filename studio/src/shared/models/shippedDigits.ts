import type { Raster } from "ondelette/data";
import { decodeSafetensors } from "ondelette/data";
import { fetchBytes } from "./fetchBytes.ts";

/** Pictures with their classes, as the library's `loadImages` gives them. */
export interface Images {
  readonly classNames: readonly string[];
  readonly rasters: readonly Raster[];
  readonly labels: Uint16Array;
}

/** The shipped digits: to train on, and of other typefaces to test on. */
export interface Digits {
  readonly train: Images;
  readonly test: Images;
}

export const digitNames = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

/** Fetches the shipped digits, which `scripts/studioDigits.ts` makes. */
export async function fetchDigits(url: string): Promise<Digits> {
  const { tensors } = decodeSafetensors(await fetchBytes(url), "the digits");
  const part = (name: string): Images => {
    const images = tensors.get(`${name}/images`);
    const labels = tensors.get(`${name}/labels`);
    if (!(images?.data instanceof Uint8Array && labels?.data instanceof Uint8Array))
      throw new Error("the digits are not whole");
    const [count = 0, height = 0, width = 0] = images.shape;
    const { data } = images;
    const rasters = Array.from({ length: count }, (_, i): Raster => {
      const size = height * width;
      return { width, height, channels: 1, data: data.slice(i * size, (i + 1) * size) };
    });
    return { classNames: digitNames, rasters, labels: Uint16Array.from(labels.data) };
  };
  return { train: part("train"), test: part("test") };
}
