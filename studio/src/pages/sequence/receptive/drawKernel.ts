import { themeColor } from "../../../shared/theme.ts";
import { type Heat, strength } from "./heat.ts";

/** Draws weights as a field: tokens from left to right, channels from top to bottom. */
export function drawHeat(
  context: CanvasRenderingContext2D,
  heat: Heat,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): void {
  context.save();
  context.fillStyle = themeColor("--sunken");
  context.fillRect(box.x, box.y, box.width, box.height);
  if (heat.weights.length > 0) {
    // One pixel a weight, then enlarged: thousands of rectangles a picture would hold up the page.
    const cells = new OffscreenCanvas(heat.context, heat.width);
    cells.getContext("2d")?.putImageData(imageOf(heat), 0, 0);
    context.imageSmoothingEnabled = false;
    context.drawImage(cells, box.x, box.y, box.width, box.height);
  }
  context.restore();
}

/** Red, green and blue of a color as the page tells it, `rgb(r, g, b)`. */
const channelsOf = (color: string): readonly number[] => color.match(/[\d.]+/g)?.map(Number) ?? [];

function imageOf({ weights, context: tokens, width: channels }: Heat): ImageData {
  const [positive, negative] = [
    channelsOf(themeColor("--line-1")),
    channelsOf(themeColor("--line-2")),
  ];
  const image = new ImageData(tokens, channels);
  for (let token = 0; token < tokens; token++)
    for (let channel = 0; channel < channels; channel++) {
      const weight = weights[token * channels + channel] ?? 0;
      if (Math.abs(weight) < 1e-4) continue;
      const [red = 0, green = 0, blue = 0] = weight > 0 ? positive : negative;
      const alpha = Math.round(255 * strength(weight));
      image.data.set([red, green, blue, alpha], 4 * (channel * tokens + token));
    }
  return image;
}
