import { UserError } from "../../errors/userError.ts";

/** Pixels at most: more memory than any photograph needs is not asked for. */
export const areaLimit = 2 ** 27;

/** How much a stranger's file may ask for. */
export interface PixelLimit {
  /**
   * The most pixels that are decoded; 2^27 by default, which no file exceeds. Decoding takes about 100 bytes of memory for each pixel
   * in color, even for a file of a few bytes: a program that reads untrusted files sets a lower limit.
   */
  readonly mostPixels?: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Throws UserError where a picture has more pixels than wanted. */
export function checkPixels(
  { width, height }: Size,
  name: string,
  { mostPixels = areaLimit }: PixelLimit,
): void {
  if (width * height > mostPixels)
    throw new UserError(
      `${name} has ${width}×${height} pixels; at most ${mostPixels} are decoded`,
      "sizes-do-not-fit",
    );
}

/** What work gives; throws UserError where there is no memory for it. */
export function withMemory<T>(name: string, { width, height }: Size, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError && /alloc|array length|too large/i.test(error.message))
      throw new UserError(
        `${name} has ${width}×${height} pixels, for which there is not enough memory`,
        "sizes-do-not-fit",
      );
    throw error;
  }
}
