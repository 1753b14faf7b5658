/** A color map as 256 colors, red, green and blue of one after the other. */
export type ColorMap = Uint8Array;

type Stop = readonly [red: number, green: number, blue: number];

/** From dark blue over magenta and orange to light yellow; lightness grows evenly. For numbers from 0 to 1. */
export const glow: ColorMap = mapOf([
  [8, 10, 30],
  [58, 19, 102],
  [128, 31, 118],
  [199, 58, 91],
  [243, 118, 60],
  [250, 190, 92],
  [252, 250, 205],
]);

/** From light blue over nearly black to light orange: for numbers from -1 to 1, 0 in the middle. */
export const signed: ColorMap = mapOf([
  [178, 236, 240],
  [42, 168, 178],
  [18, 82, 92],
  [17, 20, 24],
  [110, 54, 18],
  [226, 124, 50],
  [255, 224, 186],
]);

function mapOf(stops: readonly Stop[]): ColorMap {
  const map = new Uint8Array(256 * 3);
  for (let i = 0; i < 256; i++) {
    const at = (i / 255) * (stops.length - 1);
    const below = Math.min(stops.length - 2, Math.floor(at));
    const [from, to] = [stops[below]!, stops[below + 1]!]; // two stops or more
    for (let c = 0; c < 3; c++) map[3 * i + c] = from[c]! + (at - below) * (to[c]! - from[c]!);
  }
  return map;
}

/** Writes the color of `value`, from 0 to 1, at pixel `i` of RGB data; values beyond have the end's color. */
export function paint(data: Uint8Array, i: number, map: ColorMap, value: number): void {
  const at = 3 * Math.max(0, Math.min(255, Math.round(value * 255)));
  data[3 * i] = map[at]!;
  data[3 * i + 1] = map[at + 1]!;
  data[3 * i + 2] = map[at + 2]!;
}
