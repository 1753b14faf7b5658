import { useCallback } from "preact/hooks";
import { Drawn } from "../../../shared/drawn.tsx";
import { themeColor } from "../../../shared/theme.ts";
import { drawHeat } from "./drawKernel.ts";
import type { Heat } from "./heat.ts";

/** Room left of the picture for channel numbers, and the heights of its parts. */
const gutter = 42;
const parts = { heat: 224, gap: 10, bars: 64, letters: 26 } as const;
const height = parts.heat + parts.gap + parts.bars + parts.letters;

/** The weights of one position: channels by tokens above, the chosen channel's kernel over the letters of a text below. */
export function KernelPicture({
  name,
  heat,
  text,
  channel,
  position,
  choose,
}: {
  readonly name: string;
  readonly heat: Heat | undefined;
  readonly text: string;
  readonly channel: number;
  readonly position: number;
  readonly choose: (change: { readonly channel?: number; readonly position?: number }) => void;
}) {
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number) => {
      if (!heat) return;
      const box = { x: gutter, y: 0, width: width - gutter, height: parts.heat };
      const column = box.width / heat.context;
      const row = box.height / heat.width;
      const [accent, soft, strong] = [
        themeColor("--accent"),
        themeColor("--text-soft"),
        themeColor("--text"),
      ];
      drawHeat(context, heat, box);

      context.font = "11px system-ui";
      context.fillStyle = soft;
      context.textAlign = "right";
      context.textBaseline = "middle";
      const marks = [0, heat.width / 2, heat.width - 1].filter(
        (mark) => Math.abs(mark - channel) * row > 12,
      );
      for (const mark of marks)
        context.fillText(`${mark}`, gutter - 6, clampedY((mark + 0.5) * row));
      context.fillStyle = strong;
      context.font = "600 11px system-ui";
      context.fillText(`${channel}`, gutter - 6, clampedY((channel + 0.5) * row));

      // The chosen row and column.
      context.strokeStyle = accent;
      context.lineWidth = 1.5;
      context.strokeRect(box.x + 0.75, channel * row, box.width - 1.5, Math.max(row, 3));
      const at = box.x + position * column;
      context.globalAlpha = 0.16;
      context.fillStyle = accent;
      context.fillRect(at, 0, column, height);
      context.globalAlpha = 1;

      const bars = parts.heat + parts.gap;
      const base = bars + parts.bars;
      const weights = Array.from(
        { length: heat.context },
        (_, t) => heat.weights[t * heat.width + channel] ?? 0,
      );
      const largest = Math.max(...weights.map(Math.abs), 1e-9);
      const least = Math.min(0, ...weights);
      const zero = base - (least < 0 ? parts.bars * 0.4 : 0);
      const scale = (least < 0 ? parts.bars * 0.55 : parts.bars - 4) / largest;
      const [positive, negative] = [themeColor("--line-1"), themeColor("--line-2")];
      weights.forEach((weight, token) => {
        if (Math.abs(weight) < 1e-5) return;
        context.fillStyle = weight > 0 ? positive : negative;
        const size = Math.max(1, Math.abs(weight) * scale);
        const inset = column > 6 ? 1 : 0;
        context.fillRect(
          box.x + token * column + inset,
          weight > 0 ? zero - size : zero,
          column - 2 * inset,
          size,
        );
      });
      context.strokeStyle = themeColor("--border");
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(box.x, Math.round(zero) + 0.5);
      context.lineTo(width, Math.round(zero) + 0.5);
      context.stroke();
      context.fillStyle = soft;
      context.font = "11px system-ui";
      context.fillText(largest.toPrecision(2), gutter - 6, zero - largest * scale + 6);

      context.textAlign = "center";
      const letter = Math.min(16, column * 1.5);
      [...text].slice(0, heat.context).forEach((character, token) => {
        context.fillStyle = token === position ? accent : token < position ? strong : soft;
        context.font = `${token === position ? "700 " : ""}${letter}px ui-monospace, monospace`;
        context.fillText(
          visible(character),
          box.x + (token + 0.5) * column,
          base + parts.letters / 2 + 1,
        );
      });
    },
    [heat, text, channel, position],
  );
  const point = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    if (!heat) return;
    const box = event.currentTarget.getBoundingClientRect();
    const token = Math.floor(
      ((event.clientX - box.left - gutter) / (box.width - gutter)) * heat.context,
    );
    const row = Math.floor(((event.clientY - box.top) / parts.heat) * heat.width);
    if (row >= 0 && row < heat.width) choose({ channel: row });
    else if (token >= 0 && token < heat.context) choose({ position: token });
  };
  return (
    <div class="kernel" onPointerMove={point} onPointerDown={point}>
      <Drawn
        label={`Receptive field of ${name}: position ${position}, channel ${channel}`}
        height={height}
        draw={draw}
      />
    </div>
  );
}

/** So that a number at the edge is whole. */
const clampedY = (y: number) => Math.max(7, Math.min(parts.heat - 7, y));

const visible = (character: string) =>
  character === "\n" ? "↵" : character === " " ? "·" : character;
