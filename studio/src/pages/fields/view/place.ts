/** What is looked at: the point in the middle, in pixels of the picture, and how often the picture is as large as its panel. */
export interface Look {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** More than this shows rounding and nothing else. */
export const mostZoom = 500;

/** The whole picture. */
export const wholeLook = ({ width, height }: Size): Look => ({
  x: width / 2,
  y: height / 2,
  zoom: 1,
});

/** The nearest look that shows the picture alone. */
export function within({ x, y, zoom }: Look, { width, height }: Size): Look {
  const near = Math.max(1, Math.min(mostZoom, zoom));
  const between = (at: number, length: number) => {
    const half = length / near / 2;
    return Math.max(half, Math.min(length - half, at));
  };
  return { x: between(x, width), y: between(y, height), zoom: near };
}

/** Zooms by a factor; the point at a share of the panel, from the top left, stays where it is. */
export function zoomed(
  look: Look,
  factor: number,
  at: { readonly across: number; readonly down: number },
  picture: Size,
): Look {
  const zoom = Math.max(1, Math.min(mostZoom, look.zoom * factor));
  const shift = (share: number, length: number) =>
    (share - 0.5) * length * (1 / look.zoom - 1 / zoom);
  return within(
    {
      x: look.x + shift(at.across, picture.width),
      y: look.y + shift(at.down, picture.height),
      zoom,
    },
    picture,
  );
}

/** Moves what is seen by shares of the panel. */
export const panned = (
  { x, y, zoom }: Look,
  by: { readonly across: number; readonly down: number },
  picture: Size,
): Look =>
  within(
    {
      x: x - (by.across * picture.width) / zoom,
      y: y - (by.down * picture.height) / zoom,
      zoom,
    },
    picture,
  );

/** A part of the way from one look to another, on which the zoom grows evenly. */
export function between(from: Look, to: Look, share: number): Look {
  if (share >= 1) return to;
  const zoom = from.zoom * (to.zoom / from.zoom) ** share;
  const same = Math.abs(to.zoom / from.zoom - 1) < 1e-6;
  // The point that stays under the pointer does so on the way, too.
  const done = same ? share : (1 / from.zoom - 1 / zoom) / (1 / from.zoom - 1 / to.zoom);
  return { x: from.x + done * (to.x - from.x), y: from.y + done * (to.y - from.y), zoom };
}
