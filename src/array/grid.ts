import type { Prepared } from "./prepare.ts";
import { wholeLimit } from "./wholeCode.ts";

/** Numbers offset + unit · n, n whole. */
export interface Grid {
  readonly offset: number;
  readonly unit: number;
}

/** The widest power of two of which all samples are multiples; undefined where their range has too many of them. */
export function gridOf({ data, range, offset }: Prepared): Grid | undefined {
  if (range === 0) return { offset, unit: 1 };
  let unit = 2 ** 127;
  const finest = range / wholeLimit;
  for (let i = 0; i < data.length; i++) {
    const x = data[i]!;
    while (x % unit !== 0) {
      unit /= 2;
      if (unit < finest) return undefined;
    }
  }
  const middle = Math.round(offset / unit) * unit;
  return Number.isFinite(middle) ? { offset: middle, unit } : undefined;
}
