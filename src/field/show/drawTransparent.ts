import type { Picture } from "../../data/images/picture.ts";
import type { Signal } from "../signal/signal.ts";
import { drawPicture } from "./drawPicture.ts";

/**
 * A picture with opacity, of a signal that lies on white and the opacity of the same points: what `pictureSignal` made one of, at
 * any zoom. A color that lies on white is `1 + a (c − 1)`, of which c is found again; where nothing is opaque it is white.
 *
 * @example
 * ```ts
 * const opacity = pictureSignal({ width, height, channels: 1, data: picture.alpha });
 * const back = drawTransparent(pictureSignal(picture), opacity); // in eight bits
 * ```
 */
export function drawTransparent(laidOnWhite: Signal, opacity: Signal): Picture {
  const { channels, values } = laidOnWhite;
  const colors = values.map((value, i) => {
    const part = (opacity.values[Math.floor(i / channels)]! + 1) / 2; // one a point
    return part > 0 ? 1 + (value - 1) / part : 1;
  });
  const { data: alpha } = drawPicture(opacity);
  return { ...drawPicture({ ...laidOnWhite, values: colors }), alpha };
}
