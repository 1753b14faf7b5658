import { useEffect, useRef } from "preact/hooks";
import { onThemeChange } from "./theme.ts";

/** Draws in units of the page's pixels, `width` by `height` of them, on a clear canvas. */
export type Draw = (context: CanvasRenderingContext2D, width: number, height: number) => void;

/** A canvas as wide as there is room that is drawn again when its size or the colors change, or `draw` is another. */
export function Drawn({
  label,
  height,
  draw,
}: {
  /** What it shows, for people who do not see it. */
  readonly label: string;
  readonly height: number;
  readonly draw: Draw;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const redraw = () => {
      const dots = devicePixelRatio;
      const width = element.clientWidth;
      element.width = Math.max(1, Math.round(width * dots));
      element.height = Math.round(height * dots);
      const context = element.getContext("2d");
      context?.scale(dots, dots);
      if (context && width > 0) draw(context, width, height);
    };
    // Also calls for the size that it finds first.
    const resized = new ResizeObserver(redraw);
    resized.observe(element);
    const stop = onThemeChange(redraw);
    return () => {
      stop();
      resized.disconnect();
    };
  }, [draw, height]);
  return <canvas ref={canvas} class="drawn" role="img" aria-label={label} style={{ height }} />;
}
