import { useEffect, useRef, useState } from "preact/hooks";
import { onThemeChange, themeColor } from "../../shared/theme.ts";
import type { Encoded } from "./encoded.ts";
import { kindColors, kindNames, kindNumbers } from "./kinds.ts";

const side = 15;
const rows = 8;

/**
 * The tokens around the cursor as cells, in the order of the stream, colored by what they say; those that are not read yet are
 * pale. A click or the arrow keys move the end of what is read, the pointer asks what a token says.
 */
export function TokenMap({
  encoded,
  position,
  seek,
  point,
  describe,
}: {
  readonly encoded: Encoded;
  /** How many tokens are read. */
  readonly position: number;
  readonly seek: (count: number) => void;
  /** Told the token under the pointer; undefined where the pointer leaves. */
  readonly point: (token: number | undefined) => void;
  /** The token at the cursor in words. */
  readonly describe: string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [columns, setColumns] = useState(0);
  const [theme, setTheme] = useState(0);
  const { length } = encoded.tokens;
  const current = Math.max(0, position - 1);
  const half = Math.floor(rows / 2);
  const firstRow = columns ? Math.max(0, Math.floor(current / columns) - half + 1) : 0;
  const start = firstRow * columns;

  useEffect(() => {
    const { current: box } = canvas;
    if (!box) return;
    const resized = new ResizeObserver(() =>
      setColumns(Math.max(8, Math.floor(box.clientWidth / side))),
    );
    resized.observe(box);
    const stop = onThemeChange(() => setTheme((n) => n + 1));
    return () => {
      resized.disconnect();
      stop();
    };
  }, []);

  // `theme` stands for the colors
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || !canvas.current || columns === 0) return;
    const scale = Math.min(3, devicePixelRatio);
    canvas.current.width = columns * side * scale;
    canvas.current.height = rows * side * scale;
    context.scale(scale, scale);
    const numbers = kindNumbers(encoded.vocabulary);
    const colors = kindNames.map((kind) => themeColor(kindColors[kind]));
    for (let i = start; i < Math.min(length, start + columns * rows); i++) {
      const [x, y] = [((i - start) % columns) * side, Math.floor((i - start) / columns) * side];
      context.globalAlpha = i < position ? 1 : 0.3;
      context.fillStyle = colors[numbers[encoded.tokens[i]!]!]!; // every token has a kind
      context.fillRect(x + 1, y + 1, side - 2, side - 2);
      if (i !== current || position === 0) continue;
      context.globalAlpha = 1;
      context.strokeStyle = themeColor("--text");
      context.lineWidth = 2;
      context.strokeRect(x + 0.5, y + 0.5, side - 1, side - 1);
    }
  }, [encoded, position, columns, start, theme]);

  const tokenAt = (event: PointerEvent & { currentTarget: HTMLElement }): number | undefined => {
    const box = event.currentTarget.getBoundingClientRect();
    const column = Math.floor((event.clientX - box.left) / (box.width / columns));
    const row = Math.floor((event.clientY - box.top) / (box.height / rows));
    const token = start + row * columns + column;
    return column >= 0 && column < columns && token >= 0 && token < length ? token : undefined;
  };
  const keys: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: columns,
    ArrowUp: -columns,
    PageDown: columns * rows,
    PageUp: -columns * rows,
    Home: -length,
    End: length,
  };
  return (
    <canvas
      ref={canvas}
      class="tokens"
      role="slider"
      tabIndex={0}
      aria-label="Tokens"
      aria-valuemin={0}
      aria-valuemax={length}
      aria-valuenow={position}
      aria-valuetext={describe}
      onPointerMove={(event) => point(tokenAt(event))}
      onPointerLeave={() => point(undefined)}
      onPointerDown={(event) => {
        const token = tokenAt(event);
        if (token !== undefined) seek(token + 1);
      }}
      onKeyDown={(event) => {
        const step = keys[event.key];
        if (step === undefined) return;
        event.preventDefault();
        seek(Math.max(0, Math.min(length, position + step)));
      }}
    />
  );
}
