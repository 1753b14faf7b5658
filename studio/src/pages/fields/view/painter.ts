import { gpuPainter } from "./gpu.ts";
import type { Look, Size } from "./place.ts";
import { type Shading, shade, shownValues } from "./shade.ts";
import type { Surface, Window } from "./surface.ts";

/** Draws a look at a surface, `size` pixels large, on its canvas. */
export interface Painter {
  readonly by: "GPU" | "CPU";
  readonly canvas: OffscreenCanvas;
  paint(surface: Surface, look: Look, size: Size, shading: Shading): void;
}

/** By WebGL2 where the browser has it on a graphics processor, else by our own loops. */
export function painterOn(canvas: OffscreenCanvas): Painter {
  // A canvas that was asked for one kind of context has no other: a scratch one is asked first.
  const gpu = gpuPainter(new OffscreenCanvas(1, 1)) && gpuPainter(canvas);
  if (gpu)
    return {
      ...{ by: "GPU", canvas },
      paint(surface, look, size, shading) {
        resize(canvas, size);
        gpu(surface, windowOf(surface, look, size), shading);
      },
    };
  const context = canvas.getContext("2d");
  return {
    ...{ by: "CPU", canvas },
    paint(surface, look, size, shading) {
      if (!context) return;
      const window = windowOf(surface, look, size);
      const image = new ImageData(size.width, size.height);
      shade(shownValues(surface, window, shading.derivative), shading, image.data);
      resize(canvas, size);
      context.putImageData(image, 0, 0);
    },
  };
}

function resize(canvas: OffscreenCanvas, { width, height }: Size): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}

/** The points that a look of a picture shows on `size` pixels. */
export function windowOf(picture: Size, { x, y, zoom }: Look, { width, height }: Size): Window {
  const step = picture.width / zoom / width;
  return { left: x - (width / 2) * step, top: y - (height / 2) * step, step, width, height };
}
