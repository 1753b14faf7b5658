import { luma } from "../../data/images/luma.ts";
import { pointsOf, type Signal } from "./signal.ts";

/** One channel of several: the luma of a picture of three channels, else the mean. Nothing is rounded. */
export function graySignal(signal: Signal): Signal {
  const { size, channels, values } = signal;
  if (channels === 1) return signal;
  const weights =
    size.length === 2 && channels === 3
      ? [luma.red, luma.green, luma.blue]
      : new Array<number>(channels).fill(1 / channels);
  const gray = Float32Array.from({ length: pointsOf(size) }, (_, point) =>
    weights.reduce((sum, weight, c) => sum + weight * (values[point * channels + c] ?? 0), 0),
  );
  return { ...signal, channels: 1, values: gray };
}
