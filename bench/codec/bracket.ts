/** Two neighbors of a budget among the files of a scale: the largest within it, and the smallest above. */
export interface Bracket<T> {
  readonly below: T | undefined;
  readonly above: T | undefined;
}

/** Neighbors whose sizes differ by less than this are near enough: between them PSNR is as good as linear. */
const near = 1.01;

/**
 * Looks for a number of bytes on a scale of `steps` steps, the smallest file first, until its neighbors are next to each other on
 * the scale, or so near in size that it does not matter. Once there are both, two of three trials guess that the logarithm
 * of bytes grows evenly, and the third one halves what is left of the scale. Where sizes do not always grow
 * along the scale, the best of what was tried counts.
 */
export async function bracket<T extends { readonly bytes: number }>(
  steps: number,
  trial: (step: number) => Promise<T>,
  bytes: number,
): Promise<Bracket<T>> {
  let below: T | undefined;
  let above: T | undefined;
  let [first, end] = [0, steps];
  let aim = bytes;
  let turn = 0;
  while (first < end) {
    if (below && above && above.bytes <= near * below.bytes) break;
    const step =
      below && above && turn++ % 3 < 2
        ? guess([first - 1, below.bytes], [end, above.bytes], aim)
        : Math.floor((first + end) / 2);
    const tried = await trial(step);
    // The next guess is to land on the other side, a little beyond.
    if (tried.bytes <= bytes) {
      if (!below || tried.bytes > below.bytes) below = tried;
      first = step + 1;
      aim = bytes * Math.sqrt(near);
    } else {
      if (!above || tried.bytes < above.bytes) above = tried;
      end = step;
      aim = bytes / Math.sqrt(near);
    }
  }
  return { below, above };
}

type Known = readonly [step: number, bytes: number];

/** The step between two known ones where a size is to be expected. */
function guess([low, least]: Known, [high, most]: Known, bytes: number): number {
  const share = Math.log(bytes / least) / Math.log(most / least);
  return Math.min(Math.max(Math.round(low + share * (high - low)), low + 1), high - 1);
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
