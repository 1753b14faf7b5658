/** Dark blue, red, yellow, white, with increasing brightness. */
const stops = [
  [8, 8, 40],
  [90, 20, 110],
  [215, 60, 60],
  [250, 180, 60],
  [255, 255, 235],
] as const;

/** The color of a share from 0, dark blue, to 1, white: red, green and blue from 0 to 255, times `dim`. */
export function heat(share: number, dim = 1): readonly number[] {
  const place = share * (stops.length - 1);
  const below = Math.min(stops.length - 2, Math.floor(place));
  const [from, to] = [stops[below]!, stops[below + 1]!]; // below is not the last
  return from.map((value, i) => dim * (value + (to[i]! - value) * (place - below))); // three channels
}
