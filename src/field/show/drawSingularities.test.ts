import { describe, expect, test } from "vitest";
import type { Signal } from "../signal/signal.ts";
import { singularitiesOf } from "../signal/singularities.ts";
import { pointColors } from "./drawPoints.ts";
import { drawSingularities } from "./drawSingularities.ts";

const scales = [1, 2, 4];
/** Black, and from column 20 on white: red, green and blue alike. */
const edge: Signal = {
  size: [24, 40],
  channels: 3,
  values: Float32Array.from({ length: 24 * 40 * 3 }, (_, i) =>
    Math.floor(i / 3) % 40 < 20 ? -1 : 1,
  ),
};
const step: Signal = {
  size: [64],
  channels: 1,
  rate: 16,
  values: Float32Array.from({ length: 64 }, (_, i) => (i < 32 ? 0.5 : -0.5)),
};

describe("a drawing of singularities", () => {
  test("shows them in the colors of their scales, where they are", async () => {
    const one = singularitiesOf(edge, scales).filter(({ scale }) => scale === 2);
    const drawn = await drawSingularities(edge, one, scales);
    expect([drawn.width, drawn.height]).toEqual([26 * 40, 26 * 24]);
    expect(pointColors[1]).toBe("#56b4e9"); // blue, as no gray picture is
    const columns = new Set<number>();
    for (let i = 0; i < drawn.data.length; i += 3) {
      const [red = 0, , blue = 0] = drawn.data.subarray(i, i + 3);
      if (blue > red + 60) columns.add((i / 3) % drawn.width);
    }
    // From the edge as far to the right as the scale.
    expect(Math.min(...columns)).toBeGreaterThan(26 * 20 - 4);
    expect(Math.max(...columns)).toBeLessThan(26 * 22 + 4);
    expect(columns.size).toBeGreaterThan(26 * 2 - 4);
  });

  test("of a sound is a chart", async () => {
    const chart = await drawSingularities(step, singularitiesOf(step, scales), scales);
    const plain = await drawSingularities(step, [], scales);
    expect(chart.width).toBe(plain.width);
    expect(chart.data).not.toEqual(plain.data);
  });
});
