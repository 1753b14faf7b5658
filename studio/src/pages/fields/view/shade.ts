import { type Surface, valuesAt, type Window } from "./surface.ts";

export type Derivative = "none" | "gradient" | "laplacian";

/** How values become colors: `limit` is the magnitude that is shown at full strength. */
export interface Shading {
  readonly derivative: Derivative;
  readonly limit: number;
}

/** The values that are shown of a surface: themselves, the length of the gradient, or the Laplacian, per pixel of the picture. */
export function shownValues(
  surface: Surface,
  window: Window,
  derivative: Derivative,
): Float32Array {
  if (derivative === "none") return valuesAt(surface, window);
  const order = derivative === "gradient" ? 1 : 2;
  const down = valuesAt(surface, window, [order, 0]);
  const across = valuesAt(surface, window, [0, order]);
  for (let i = 0; i < down.length; i++)
    down[i] = order === 1 ? Math.sqrt(down[i]! ** 2 + across[i]! ** 2) : down[i]! + across[i]!;
  return down;
}

/** Values as the browser draws them: gray stands for 0, or black where there are only lengths. */
export function shade(
  values: Float32Array,
  { derivative, limit }: Shading,
  rgba: Uint8ClampedArray,
): void {
  const [offset, gain] = derivative === "gradient" ? [0, 255 / limit] : [127.5, 127.5 / limit];
  for (let from = 0, to = 0; from < values.length; from += 3, to += 4) {
    rgba[to] = offset + gain * values[from]!;
    rgba[to + 1] = offset + gain * values[from + 1]!;
    rgba[to + 2] = offset + gain * values[from + 2]!;
    rgba[to + 3] = 255;
  }
}

/** The magnitude that all but a few values of a surface stay below. */
export function limitOf(surface: Surface, derivative: Derivative): number {
  const step = Math.max(1, surface.width / 256);
  const window = {
    ...{ left: 0, top: 0, step },
    width: Math.max(1, Math.floor(surface.width / step)),
    height: Math.max(1, Math.floor(surface.height / step)),
  };
  const magnitudes = shownValues(surface, window, derivative).map(Math.abs).sort();
  return magnitudes[Math.floor(0.995 * (magnitudes.length - 1))] || 1;
}
