/** The color of a number from -1 to 1: from blue over white to red. */
export function diverging(error: number): readonly number[] {
  const amount = Math.min(1, Math.abs(error));
  const end = error < 0 ? [5, 48, 97] : [103, 0, 31];
  const middle = error < 0 ? [67, 147, 195] : [214, 96, 77];
  return between([[255, 255, 255], middle, end], amount);
}

/** The color of a number from 0 to 1: from black over purple and orange to light yellow, with increasing lightness. */
export const glowing = (error: number): readonly number[] =>
  between(
    [
      [0, 0, 4],
      [87, 16, 110],
      [188, 55, 84],
      [249, 142, 9],
      [252, 255, 164],
    ],
    Math.min(1, error),
  );

/** Linear interpolation through several colors at `share` from 0 to 1. */
function between(colors: readonly (readonly number[])[], share: number): readonly number[] {
  const at = share * (colors.length - 1);
  const i = Math.min(colors.length - 2, Math.floor(at));
  const [from = [], to = []] = colors.slice(i, i + 2);
  return from.map((value, c) => Math.round(value + (at - i) * ((to[c] ?? value) - value)));
}
