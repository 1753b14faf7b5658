import type { Signal } from "../src/field/index.ts";

/** A piecewise-smooth signal: waves of rising frequency, two jumps, a kink and a cusp. */
export function piecewise(length: number): Signal {
  const at = (x: number) => {
    if (x < 0.25) return 0.5 * Math.sin(20 * x ** 2) - 0.2;
    if (x < 0.6) return 0.7 - 2 * Math.abs(x - 0.42);
    return 0.6 * Math.cos(14 * x) * (1.4 - x) - 0.5 * Math.sqrt(Math.abs(x - 0.8));
  };
  return {
    size: [length],
    channels: 1,
    values: Float32Array.from({ length }, (_, i) => at((i + 0.5) / length)),
  };
}
