import type { Raster } from "ondelette/data";
import { pictureSignal, resample, type Signal } from "ondelette/field";

/** A picture with at most `side` pixels along its longer side, each the mean of what it covers. */
export function reduced(raster: Raster, side: number): Signal {
  const signal = pictureSignal(raster);
  const factor = Math.min(1, side / Math.max(...signal.size));
  if (factor === 1) return signal;
  return resample(
    signal,
    signal.size.map((n) => Math.max(1, Math.round(n * factor))),
    "box",
  );
}
