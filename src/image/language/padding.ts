/** The values around an image that does not fill its coefficient matrix: zeros, or its border pixels. */
export type Padding = "zero" | "edge";

/** An image centered in a larger matrix; an odd remainder goes below and to the right. */
export interface Frame {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** The frame of the smallest matrix around height × width whose sides are multiples of `unit`. */
export function frameOf(height: number, width: number, unit: number): Frame {
  const framed = { height: unit * Math.ceil(height / unit), width: unit * Math.ceil(width / unit) };
  const top = Math.floor((framed.height - height) / 2);
  const left = Math.floor((framed.width - width) / 2);
  return { ...framed, top, left };
}

/** The index in the image of a pixel outside it; −1 means that it is zero. */
const outside: Readonly<Record<Padding, (i: number, length: number) => number>> = {
  zero: (i, length) => (i < 0 || i >= length ? -1 : i),
  edge: (i, length) => Math.min(Math.max(i, 0), length - 1),
};

/** Puts a height × width plane into its frame. */
export function pad(
  plane: Float64Array,
  height: number,
  width: number,
  frame: Frame,
  padding: Padding,
): Float64Array {
  const framed = new Float64Array(frame.height * frame.width);
  for (let i = 0; i < frame.height; i++) {
    const row = outside[padding](i - frame.top, height);
    if (row < 0) continue;
    for (let j = 0; j < frame.width; j++) {
      const column = outside[padding](j - frame.left, width);
      if (column >= 0) framed[i * frame.width + j] = plane[row * width + column]!;
    }
  }
  return framed;
}

/** Takes a height × width plane out of its frame. */
export function crop(
  framed: Float64Array,
  height: number,
  width: number,
  frame: Frame,
): Float64Array {
  const plane = new Float64Array(height * width);
  for (let i = 0; i < height; i++) {
    const from = (frame.top + i) * frame.width + frame.left;
    plane.set(framed.subarray(from, from + width), i * width);
  }
  return plane;
}
