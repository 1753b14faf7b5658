import type { Raster } from "ondelette/data";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** A raster as the browser draws it. */
export function imageDataOf({ width, height, channels, data }: Raster): ImageData {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let from = 0, to = 0; to < rgba.length; from += channels, to += 4) {
    rgba[to] = data[from]!;
    rgba[to + 1] = data[channels === 1 ? from : from + 1]!;
    rgba[to + 2] = data[channels === 1 ? from : from + 2]!;
    rgba[to + 3] = 255;
  }
  return new ImageData(rgba, width, height);
}

/** Pixels of a picture: column and row, from the top left corner. */
export interface PixelPosition {
  readonly x: number;
  readonly y: number;
}

/** A raster, as large as there is room; pixels stay squares. */
export function RasterCanvas({
  raster,
  label,
  point,
  children,
}: {
  readonly raster: Raster | undefined;
  /** What it shows, for people who do not see it. */
  readonly label: string;
  /** Told the pixel under the pointer; undefined where the pointer leaves. */
  readonly point?: (position: PixelPosition | undefined) => void;
  /** What lies over the picture. */
  readonly children?: ComponentChildren;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (raster) canvas.current?.getContext("2d")?.putImageData(imageDataOf(raster), 0, 0);
  }, [raster]);
  const at = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    if (!raster) return;
    const box = event.currentTarget.getBoundingClientRect();
    const x = Math.floor(((event.clientX - box.left) / box.width) * raster.width);
    const y = Math.floor(((event.clientY - box.top) / box.height) * raster.height);
    const inside = x >= 0 && y >= 0 && x < raster.width && y < raster.height;
    point?.(inside ? { x, y } : undefined);
  };
  return (
    <div class="picture">
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        width={raster?.width ?? 1}
        height={raster?.height ?? 1}
        onPointerMove={point && at}
        onPointerDown={point && at}
        onPointerLeave={point && (() => point(undefined))}
      />
      {children}
    </div>
  );
}
