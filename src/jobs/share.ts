/** One of several shares of a work. */
export interface Share {
  /** From 0 to count - 1. */
  readonly index: number;
  readonly count: number;
}

/** `2/3`, as people count. */
export const shareText = ({ index, count }: Share): string => `${index + 1}/${count}`;

/** The share that a text such as `2/3` names: the second of three. `undefined` where it names none. */
export function parseShare(text: string): Share | undefined {
  const [, number, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const [index, count] = [Number(number) - 1, Number(of)];
  return index >= 0 && index < count ? { index, count } : undefined;
}

/** The pieces of a share: every `count`-th, so that all shares are of about equal length wherever the long ones are. */
export function piecesOf({ index, count }: Share, pieces: number): number[] {
  const own = Math.max(0, Math.ceil((pieces - index) / count));
  return Array.from({ length: own }, (_, k) => index + k * count);
}
