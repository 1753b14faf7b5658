/** A rectangle of pixels; it may stick out of a picture. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The part of a rectangle that lies within a picture; undefined if none does. */
export function within(
  { x, y, width, height }: Rectangle,
  picture: { readonly width: number; readonly height: number },
): Rectangle | undefined {
  const [left, top] = [Math.max(x, 0), Math.max(y, 0)];
  const right = Math.min(x + width, picture.width);
  const bottom = Math.min(y + height, picture.height);
  return left < right && top < bottom
    ? { x: left, y: top, width: right - left, height: bottom - top }
    : undefined;
}
