/** Two neighbors of a budget among the files of a scale: the largest within it, and the smallest above. */
export interface Bracket<T> {
  readonly below: T | undefined;
  readonly above: T | undefined;
}

/**
 * Looks for a number of bytes on a scale of `steps` steps, the smallest file first, in about log2 of so many trials. Where sizes
 * do not always grow along the scale, the best of what was tried counts.
 */
export async function bracket<T extends { readonly bytes: number }>(
  steps: number,
  trial: (step: number) => Promise<T>,
  bytes: number,
): Promise<Bracket<T>> {
  let below: T | undefined;
  let above: T | undefined;
  let [first, end] = [0, steps];
  while (first < end) {
    const step = Math.floor((first + end) / 2);
    const tried = await trial(step);
    if (tried.bytes <= bytes) {
      if (!below || tried.bytes > below.bytes) below = tried;
      first = step + 1;
    } else {
      if (!above || tried.bytes < above.bytes) above = tried;
      end = step;
    }
  }
  return { below, above };
}

/** A file's bytes, and the PSNR of what it decodes to in dB. */
export interface Trial {
  readonly bytes: number;
  readonly psnr: number;
}

/**
 * PSNR at exactly a number of bytes: between the files on both sides of it linear in the logarithm of bytes, so that a coarse
 * scale costs a codec nothing. Undefined where no file is so small; the largest file's where none is larger.
 */
export function psnrAt({ below, above }: Bracket<Trial>, bytes: number): number | undefined {
  if (!below || !above) return below?.psnr;
  const share = Math.log(bytes / below.bytes) / Math.log(above.bytes / below.bytes);
  // A larger file that is worse takes nothing away from the smaller one.
  return Math.max(below.psnr, below.psnr + share * (above.psnr - below.psnr));
}
