import type { Rectangle } from "ondelette/image";

/** A picture's size. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The part of a rectangle that lies in a picture, at least one pixel. */
export function fitted({ x, y, width, height }: Rectangle, picture: Size): Rectangle {
  const left = Math.max(0, Math.min(picture.width - 1, x));
  const top = Math.max(0, Math.min(picture.height - 1, y));
  return {
    x: left,
    y: top,
    width: Math.max(1, Math.min(width, picture.width - left)),
    height: Math.max(1, Math.min(height, picture.height - top)),
  };
}

/** The rectangle between two pixels, both inclusive. */
export const between = (
  a: { readonly x: number; readonly y: number },
  b: { readonly x: number; readonly y: number },
): Rectangle => ({
  x: Math.min(a.x, b.x),
  y: Math.min(a.y, b.y),
  width: Math.abs(a.x - b.x) + 1,
  height: Math.abs(a.y - b.y) + 1,
});

const moves: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The hole after a key: arrows move it, and with Shift make it larger or smaller. Undefined for other keys. */
export function afterKey(
  hole: Rectangle,
  key: string,
  shift: boolean,
  picture: Size,
): Rectangle | undefined {
  const move = moves[key];
  if (!move) return undefined;
  const [x, y] = move;
  if (shift) return fitted({ ...hole, width: hole.width + x, height: hole.height + y }, picture);
  return {
    ...hole,
    x: Math.max(0, Math.min(picture.width - hole.width, hole.x + x)),
    y: Math.max(0, Math.min(picture.height - hole.height, hole.y + y)),
  };
}
