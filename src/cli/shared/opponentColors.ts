import type { FloatArray } from "../../wavelets/index.ts";

/** Rows of an orthonormal matrix: brightness, red against blue, green against both. */
const rows = [
  [1 / Math.sqrt(3), 1 / Math.sqrt(3), 1 / Math.sqrt(3)],
  [1 / Math.SQRT2, 0, -1 / Math.SQRT2],
  [1 / Math.sqrt(6), -2 / Math.sqrt(6), 1 / Math.sqrt(6)],
] as const;

/**
 * Red, green and blue as brightness and two opponent colors, or back. What is alike in the three channels comes together, and white noise
 * stays white noise of the same strength, since the matrix is orthonormal.
 */
export function opponentColors(
  channels: readonly FloatArray[],
  direction: "to" | "from",
): readonly FloatArray[] {
  return [0, 1, 2].map((to) =>
    channels[0]!.map((_, i) =>
      channels.reduce(
        (sum, channel, from) =>
          sum + (direction === "to" ? rows[to]![from]! : rows[from]![to]!) * channel[i]!,
        0,
      ),
    ),
  );
}
