import type { Random, Raster } from "../../src/data/index.ts";

/** The largest turn and shear (radians), change of scale (fraction) and shift (fraction of the side). */
const largest = { turn: 0.2, shear: 0.2, scale: 0.12, shift: 0.09 } as const;

/**
 * A square gray picture under a small random affine map (turn, shear, scale, shift), with linear interpolation and
 * black outside; written to `into` as numbers from 0 to 1.
 */
export function distort({ width: side, data }: Raster, random: Random, into: Float32Array): void {
  const within = (bound: number) => bound * (2 * random.uniform() - 1);
  const [turn, shear] = [within(largest.turn), within(largest.shear)];
  const [scaleX, scaleY] = [1 + within(largest.scale), 1 + within(largest.scale)];
  const [shiftX, shiftY] = [within(largest.shift * side), within(largest.shift * side)];
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  // From a place in the new picture back to its source, relative to the center.
  const [xx, xy] = [cos / scaleX, (shear * cos - sin) / scaleX];
  const [yx, yy] = [sin / scaleY, (shear * sin + cos) / scaleY];
  const center = (side - 1) / 2;

  for (let row = 0, i = 0; row < side; row++) {
    for (let column = 0; column < side; column++, i++) {
      const [dx, dy] = [column - center - shiftX, row - center - shiftY];
      const x = center + xx * dx + xy * dy;
      const y = center + yx * dx + yy * dy;
      into[i] = interpolate(data, side, x, y) / 255;
    }
  }
}

function interpolate(data: Uint8Array, side: number, x: number, y: number): number {
  if (!(x > -1 && y > -1 && x < side && y < side)) return 0;
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - left, y - top];
  const [hasLeft, hasRight] = [left >= 0, left + 1 < side];
  let value = 0;
  if (top >= 0) {
    const at = top * side + left;
    value +=
      (1 - fy) * ((hasLeft ? (1 - fx) * data[at]! : 0) + (hasRight ? fx * data[at + 1]! : 0));
  }
  if (top + 1 < side) {
    const at = (top + 1) * side + left;
    value += fy * ((hasLeft ? (1 - fx) * data[at]! : 0) + (hasRight ? fx * data[at + 1]! : 0));
  }
  return value;
}
