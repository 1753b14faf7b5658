import type { Raster } from "ondelette/data";
import type { Rectangle } from "ondelette/image";
import { useEffect, useRef } from "preact/hooks";
import { BoxOver } from "../../../shared/boxed.tsx";
import { imageDataOf } from "../../../shared/pictures/rasterCanvas.tsx";
import { afterKey, between, fitted } from "./hole.ts";

/** A picture in which a rectangle is drawn with the pointer, or moved with the arrow keys. */
export function HoleCanvas({
  picture,
  hole,
  change,
}: {
  readonly picture: Raster;
  readonly hole: Rectangle;
  readonly change: (hole: Rectangle) => void;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const start = useRef<{ x: number; y: number } | undefined>(undefined);
  const { width, height } = picture;
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    context.putImageData(imageDataOf(picture), 0, 0);
    context.fillStyle = "rgb(128 128 128)";
    context.fillRect(hole.x, hole.y, hole.width, hole.height);
  }, [picture, hole]);

  const pixelAt = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = (share: number, side: number) =>
      Math.max(0, Math.min(side - 1, Math.floor(share * side)));
    return {
      x: at((event.clientX - box.left) / box.width, width),
      y: at((event.clientY - box.top) / box.height, height),
    };
  };
  return (
    <div class="holed">
      <div
        class="picture"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the hole
        tabIndex={0}
        aria-label={`Hole of ${hole.width} by ${hole.height} pixels at column ${hole.x}, row ${hole.y}. Arrow keys move it, with Shift they resize it.`}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          start.current = pixelAt(event);
          change(between(start.current, start.current));
        }}
        onPointerMove={(event) => {
          if (start.current) change(between(start.current, pixelAt(event)));
        }}
        onPointerUp={() => {
          start.current = undefined;
        }}
        onKeyDown={(event) => {
          const moved = afterKey(hole, event.key, event.shiftKey, picture);
          if (!moved) return;
          event.preventDefault();
          change(fitted(moved, picture));
        }}
      >
        <canvas ref={canvas} width={width} height={height} role="img" aria-label="The picture" />
        <BoxOver
          left={hole.x / width}
          top={hole.y / height}
          width={hole.width / width}
          height={hole.height / height}
        />
      </div>
    </div>
  );
}
