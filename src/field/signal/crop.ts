import { UserError } from "../../errors/userError.ts";
import { pointsOf, type Signal } from "./signal.ts";

/**
 * The middle of a signal, `side` samples along each axis. If the rest is odd, one more sample is cut off at the end than at
 * the start. Throws UserError if an axis has fewer samples.
 */
export function centerCrop(signal: Signal, side: number): Signal {
  const { size, channels, values } = signal;
  if (size.some((length) => length < side)) {
    throw new UserError(`${side} samples along each axis cannot be cut out of ${size.join(" x ")}`);
  }
  const first = size.map((length) => Math.floor((length - side) / 2));
  const cropped = size.map(() => side);
  const row = side * channels;
  const middle = new Float32Array(pointsOf(cropped) * channels);
  for (let to = 0; to < middle.length; to += row) {
    // The index of the row along every axis except the last, innermost first.
    let [rest, from, stride] = [to / row, first.at(-1) ?? 0, size.at(-1) ?? 1];
    for (let axis = size.length - 2; axis >= 0; axis--) {
      from += (first[axis]! + (rest % side)) * stride;
      stride *= size[axis]!;
      rest = Math.floor(rest / side);
    }
    middle.set(values.subarray(from * channels, from * channels + row), to);
  }
  return { ...signal, size: cropped, values: middle };
}

/** The middle slice of a volume, as a picture; any other signal unchanged. */
export function middleSlice(signal: Signal): Signal {
  const { size, channels, values } = signal;
  if (size.length !== 3) return signal;
  const [depth = 1, ...plane] = size;
  const count = pointsOf(plane) * channels;
  const first = Math.floor(depth / 2) * count;
  return { ...signal, size: plane, values: values.subarray(first, first + count) };
}
