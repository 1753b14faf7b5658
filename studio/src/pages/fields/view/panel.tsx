import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { type Look, panned, type Size, zoomed } from "./place.ts";

/** A panel that wheel, mouse and fingers zoom and move. */
export function Panel({
  label,
  canvas,
  over,
  aspect,
  isWhole,
  move,
  keys,
}: {
  /** What it shows, for people who do not see it. */
  readonly label: string;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly over?: RefObject<HTMLCanvasElement | null>;
  /** Width over height. */
  readonly aspect: number;
  /** Whether all is seen: one finger then scrolls the page. */
  readonly isWhole: boolean;
  readonly move: (change: (look: Look, picture: Size) => Look, isSmooth: boolean) => void;
  readonly keys: (event: KeyboardEvent) => void;
}): ComponentChildren {
  const box = useRef<HTMLDivElement>(null);
  const newest = useRef(move);
  newest.current = move;

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const abort = new AbortController();
    const { signal } = abort;
    const fingers = new Map<number, { readonly x: number; readonly y: number }>();
    const share = (x: number, y: number) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return { across: (x - left) / width, down: (y - top) / height };
    };
    element.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        const lines = event.deltaMode === 1 ? 16 : 1;
        const factor = Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.012 : 0.0022));
        const at = share(event.clientX, event.clientY);
        // A wheel with steps glides from one to the next; a touch pad is smooth by itself.
        const isStep = Math.abs(event.deltaY * lines) >= 60;
        newest.current((look, size) => zoomed(look, factor, at, size), isStep);
      },
      { signal, passive: false },
    );
    element.addEventListener(
      "pointerdown",
      (event) => {
        element.setPointerCapture(event.pointerId);
        fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      },
      { signal },
    );
    const up = (event: PointerEvent) => fingers.delete(event.pointerId);
    element.addEventListener("pointerup", up, { signal });
    element.addEventListener("pointercancel", up, { signal });
    element.addEventListener(
      "pointermove",
      (event) => {
        const before = fingers.get(event.pointerId);
        if (!before) return;
        const now = { x: event.clientX, y: event.clientY };
        fingers.set(event.pointerId, now);
        const { width, height } = element.getBoundingClientRect();
        const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
        const by = { across: (now.x - before.x) / width, down: (now.y - before.y) / height };
        if (!other) return newest.current((look, size) => panned(look, by, size), false);
        const apart = (a: typeof now) => Math.hypot(a.x - other.x, a.y - other.y);
        const factor = apart(now) / Math.max(1, apart(before));
        const middle = share((now.x + other.x) / 2, (now.y + other.y) / 2);
        const half = { across: by.across / 2, down: by.down / 2 };
        newest.current(
          (look, size) => zoomed(panned(look, half, size), factor, middle, size),
          false,
        );
      },
      { signal },
    );
    element.addEventListener(
      "dblclick",
      (event) => {
        const at = share(event.clientX, event.clientY);
        newest.current((look, size) => zoomed(look, 2, at, size), true);
      },
      { signal },
    );
    return () => abort.abort();
  }, []);

  return (
    <div
      ref={box}
      class="panel"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys zoom and move it
      tabIndex={0}
      aria-label={label}
      style={{ aspectRatio: `${aspect}`, touchAction: isWhole ? "pan-y" : "none" }}
      onKeyDown={keys}
    >
      <canvas ref={canvas} />
      {over && <canvas ref={over} class="over" />}
    </div>
  );
}
