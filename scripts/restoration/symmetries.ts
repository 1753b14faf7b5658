import {
  diagonalWindows,
  straightWindows,
  type Window,
} from "../../src/image/compression/restoration/windows.ts";

/** Row and column beside a place, in a frame turned or mirrored as a picture is. */
type Place = readonly [row: number, column: number];

/** The inputs of a net window by window, as names of the places that they are read from. */
function placesOf(isDiagonal: boolean): { readonly window: string; readonly place: Place }[] {
  const { own, first, second, coarser } = isDiagonal ? diagonalWindows : straightWindows;
  const list = (window: string, { top, bottom, left, right }: Window, isTurned = false) => {
    const places: { window: string; place: Place }[] = [];
    for (let i = top; i <= bottom; i++)
      for (let j = left; j <= right; j++)
        if (window !== "own" || i !== 0 || j !== 0)
          places.push({ window, place: isTurned ? [j, i] : [i, j] });
    return places;
  };
  return [
    ...list("own", own),
    ...list("first", first),
    ...list("second", second, isDiagonal),
    ...list("coarser", coarser),
  ];
}

/** The middle about which a window's places are mirrored, doubled: of a band whose samples lie between those of another, not 0. */
function twiceTheMiddle(places: readonly Place[], axis: 0 | 1): number {
  const along = places.map((place) => place[axis]);
  return Math.min(...along) + Math.max(...along);
}

/**
 * Input `i` of the mirrored or turned picture is input `symmetry[i]` of the picture: mirrored along rows, mirrored along columns, and, of
 * diagonal bands, rows and columns exchanged. Parent, coefficient and sign stay where they are.
 */
export function symmetriesOf(isDiagonal: boolean): readonly Int32Array[] {
  const inputs = placesOf(isDiagonal);
  const index = new Map(inputs.map(({ window, place }, i) => [`${window} ${place}`, i]));
  const symmetry = (image: (window: string, place: Place) => string) =>
    Int32Array.from({ length: inputs.length + 3 }, (_, i) => {
      const { window, place } = inputs[i] ?? {};
      if (!window || !place) return i;
      const from = index.get(image(window, place));
      if (from === undefined) throw new RangeError(`${window} ${place} has no image`);
      return from;
    });
  const ofWindow = (window: string) =>
    inputs.filter((input) => input.window === window).map(({ place }) => place);
  const mirrored = (axis: 0 | 1) =>
    symmetry((window, [i, j]) => {
      const twice = twiceTheMiddle(ofWindow(window), axis);
      return axis === 0 ? `${window} ${[twice - i, j]}` : `${window} ${[i, twice - j]}`;
    });
  const other = (window: string) =>
    window === "first" ? "second" : window === "second" ? "first" : window;
  const turned = () => symmetry((window, [i, j]) => `${other(window)} ${[j, i]}`);
  return [mirrored(1), mirrored(0), ...(isDiagonal ? [turned()] : [])];
}
