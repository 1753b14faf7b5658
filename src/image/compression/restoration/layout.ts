import { inputsOf, type Window, type Windows } from "./windows.ts";

/**
 * How vectors read the windows of a band: row by row as they lie in memory, the place itself among those around it, then the parent and
 * the sign.
 */
export interface Layout {
  readonly windows: Windows;
  /** For each input of the layout the number that it has among those of a net. */
  readonly order: readonly number[];
  /** The places of the coarser picture whose mean its differences are from. */
  readonly middle: readonly (readonly [row: number, column: number])[];
}

/** The layout of a band of a net's windows; of a turned band rows and columns are exchanged. */
export function layoutOf(canonical: Windows, isDiagonal: boolean, isTurned: boolean): Layout {
  const { own, first, second, coarser } = canonical;
  const count = inputsOf(canonical);
  const order: number[] = [];
  let from = 0;
  const add = (window: Window, turned: boolean, number = numberOf(window)): Window => {
    const { top, bottom, left, right } = turned ? turn(window) : window;
    for (let i = top; i <= bottom; i++)
      for (let j = left; j <= right; j++) order.push(from + (turned ? number(j, i) : number(i, j)));
    return { top, bottom, left, right };
  };
  const middleOfOwn = numberOf(own)(0, 0);
  // A net has the place itself behind the others.
  const ownNumber = (i: number, j: number) => {
    const number = numberOf(own)(i, j);
    return number === middleOfOwn ? count - 2 : number < middleOfOwn ? number : number - 1;
  };
  const windows: { -readonly [K in keyof Windows]: Window } = { own, first, second, coarser };
  windows.own = add(own, isTurned, ownNumber);
  from = order.length - 1;
  windows.first = add(first, isTurned);
  from = order.length - 1;
  windows.second = add(second, isTurned || isDiagonal);
  from = order.length - 1;
  windows.coarser = add(coarser, isTurned);
  order.push(count - 3, count - 1);
  const beside = [0, 0] as const;
  const middle: Layout["middle"] = isDiagonal
    ? [beside, [0, 1], [1, 0], [1, 1]]
    : [beside, isTurned ? [1, 0] : [0, 1]];
  return { windows, order, middle };
}

const turn = ({ top, bottom, left, right }: Window): Window => ({
  ...{ top: left, bottom: right, left: top, right: bottom },
});

/** The number of a place in a window, row by row. */
const numberOf =
  ({ top, left, right }: Window) =>
  (i: number, j: number): number =>
    (i - top) * (right - left + 1) + j - left;
