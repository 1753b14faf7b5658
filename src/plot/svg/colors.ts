/** Colors by index: red, green, blue of each. */
export type Palette = Uint8Array;

/** The number of colors of {@link magnitudes} and {@link signs}. */
export const colorCount = 256;

/**
 * From dark to bright, with lightness that grows evenly, so that gray prints and eyes without color vision see the same
 * order: nine colors of matplotlib's viridis (CC0), joined by lines.
 */
const dark = [
  ...["#440154", "#482878", "#3e4989", "#31688e", "#26828e"],
  ...["#1f9e89", "#35b779", "#6ece58", "#fde725"],
];

/** From negative through white to positive, alike on both sides; told apart with any color vision. */
const diverging = ["#08306b", "#2171b5", "#6baed6", "#f7f7f7", "#fdae61", "#d55e00", "#7f2704"];

/** Colors of values from 0 to the largest. */
export const magnitudes = (): Palette => joined(dark, colorCount);

/** Colors of values from the most negative to the most positive; color 128 is 0. */
export const signs = (): Palette => joined(diverging, colorCount);

/** From black to white. */
export const grays = (): Palette => joined(["#000000", "#ffffff"], colorCount);

/** `count` colors along the lines between some. */
function joined(stops: readonly string[], count: number): Palette {
  const palette = new Uint8Array(3 * count);
  for (let i = 0; i < count; i++) {
    const place = ((stops.length - 1) * i) / (count - 1);
    const below = Math.min(Math.floor(place), stops.length - 2);
    for (let c = 0; c < 3; c++) {
      const [a, b] = [channel(stops[below]!, c), channel(stops[below + 1]!, c)];
      palette[3 * i + c] = Math.round(a + (b - a) * (place - below));
    }
  }
  return palette;
}

const channel = (color: string, c: number): number =>
  Number.parseInt(color.slice(1 + 2 * c, 3 + 2 * c), 16);

/** The color index of a share from 0 to 1. */
export const colorIndex = (share: number): number =>
  Math.max(0, Math.min(colorCount - 1, Math.round(share * (colorCount - 1))));
