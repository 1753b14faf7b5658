import type { Raster } from "ondelette/data";
import type { ComponentChildren } from "preact";
import { type PixelPosition, RasterCanvas } from "./rasterCanvas.tsx";

/**
 * A picture with a cursor that the pointer, a finger or the arrow keys move: by a pixel, with Shift by eight. It stays where the
 * pointer leaves. `children` are drawn over the picture, in an SVG whose unit is a pixel.
 */
export function Pointed({
  raster,
  label,
  at,
  move,
  children,
}: {
  readonly raster: Raster | undefined;
  /** What it shows, for people who do not see it. */
  readonly label: string;
  /** The pixel from which arrow keys go on. */
  readonly at: PixelPosition | undefined;
  readonly move: (position: PixelPosition) => void;
  readonly children?: ComponentChildren;
}) {
  const { width, height } = raster ?? { width: 1, height: 1 };
  const step = (event: KeyboardEvent) => {
    const [dx, dy] = arrows[event.key] ?? [];
    if (dx === undefined || dy === undefined) return;
    event.preventDefault();
    const { x, y } = at ?? { x: width >> 1, y: height >> 1 };
    const by = event.shiftKey ? 8 : 1;
    move({ x: within(x + by * dx, width), y: within(y + by * dy, height) });
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move its cursor
    <div class="pointed" role="application" tabIndex={0} aria-label={label} onKeyDown={step}>
      <RasterCanvas raster={raster} label={label} point={(position) => position && move(position)}>
        <svg class="over" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          {children}
        </svg>
      </RasterCanvas>
    </div>
  );
}

const arrows: Readonly<Record<string, readonly [dx: number, dy: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const within = (place: number, length: number): number => Math.max(0, Math.min(length - 1, place));
