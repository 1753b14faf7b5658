import { themeColor } from "../../../shared/theme.ts";
import { type Heat, strength } from "./heat.ts";

/** Draws weights as a field: tokens from left to right, channels from top to bottom. */
export function drawHeat(
  context: CanvasRenderingContext2D,
  { weights, context: tokens, width: channels }: Heat,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): void {
  context.save();
  context.fillStyle = themeColor("--sunken");
  context.fillRect(box.x, box.y, box.width, box.height);
  const [positive, negative] = [themeColor("--line-1"), themeColor("--line-2")];
  const edge = (i: number, count: number, from: number, size: number) =>
    from + Math.round((i * size) / count);
  for (let token = 0; token < tokens; token++) {
    const left = edge(token, tokens, box.x, box.width);
    const right = edge(token + 1, tokens, box.x, box.width);
    for (let channel = 0; channel < channels; channel++) {
      const weight = weights[token * channels + channel] ?? 0;
      if (Math.abs(weight) < 1e-4) continue;
      const top = edge(channel, channels, box.y, box.height);
      const bottom = edge(channel + 1, channels, box.y, box.height);
      context.globalAlpha = strength(weight);
      context.fillStyle = weight > 0 ? positive : negative;
      context.fillRect(left, top, right - left, bottom - top);
    }
  }
  context.restore();
}
