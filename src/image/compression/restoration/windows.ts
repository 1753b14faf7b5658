/** What lies beside a place: rows, columns. */
export interface Window {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** What a net reads, window by window and row by row: around the place, without it; then parent, the coefficient and its sign. */
export interface Windows {
  readonly own: Window;
  readonly first: Window;
  readonly second: Window;
  readonly coarser: Window;
}

const own: Window = { top: -2, bottom: 2, left: -2, right: 2 };

/** Of a band that is high along its rows: the band that is high along its columns, then the diagonal one. */
export const straightWindows: Windows = {
  own,
  first: { top: -2, bottom: 1, left: -1, right: 2 },
  second: { top: -2, bottom: 1, left: -1, right: 1 },
  coarser: { top: -2, bottom: 2, left: -2, right: 3 },
};

const beside: Window = { top: -1, bottom: 2, left: -1, right: 1 };

/** Of a diagonal band: the two others, of which the second is read with rows and columns exchanged. */
export const diagonalWindows: Windows = {
  ...{ own, first: beside, second: beside },
  coarser: { top: -2, bottom: 3, left: -2, right: 3 },
};

const sizeOf = ({ top, bottom, left, right }: Window) => (bottom - top + 1) * (right - left + 1);

/** How many inputs a net has. */
export const inputsOf = ({ own, first, second, coarser }: Windows): number =>
  sizeOf(own) + sizeOf(first) + sizeOf(second) + sizeOf(coarser) + 2;

/** Where the elements of a window lie beside its middle, in an array of a stride; turned, its rows are columns. */
export function offsets(
  { top, bottom, left, right }: Window,
  stride: number,
  isTurned: boolean,
): Int32Array {
  const [down, along] = isTurned ? [1, stride] : [stride, 1];
  const places: number[] = [];
  for (let i = top; i <= bottom; i++)
    for (let j = left; j <= right; j++) places.push(i * down + j * along);
  return Int32Array.from(places);
}
