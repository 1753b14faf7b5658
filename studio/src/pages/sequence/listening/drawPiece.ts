import { themeColor } from "../../../shared/theme.ts";
import type { Piece } from "./sounds.ts";

/** Draws notes as a piano roll, or a recording as its envelope; what lies before `at`, in seconds, is dark. */
export function drawPiece(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  piece: Piece,
  at: number,
): void {
  const [accent, soft, grid] = [
    themeColor("--line-1"),
    themeColor("--text-soft"),
    themeColor("--grid"),
  ];
  context.fillStyle = themeColor("--sunken");
  context.fillRect(0, 0, width, height);
  const x = (seconds: number) => (seconds / piece.seconds) * width;
  if (piece.notes) drawRoll(context, height, piece.notes, x, { at, accent, soft, grid, width });
  else drawEnvelope(context, height, piece.buffer, x, { at, accent, soft, width });
  context.fillStyle = themeColor("--accent");
  context.fillRect(Math.min(width - 2, x(at)), 0, 2, height);
}

/** Lowest and highest pitch that is shown, with room for a third on either side. */
export function pitchRange(
  notes: readonly { readonly pitch: number }[],
): readonly [number, number] {
  const pitches = notes.map(({ pitch }) => pitch);
  if (pitches.length === 0) return [60, 72];
  return [Math.min(...pitches) - 4, Math.max(...pitches) + 4];
}

interface Look {
  readonly at: number;
  readonly accent: string;
  readonly soft: string;
  readonly width: number;
}

function drawRoll(
  context: CanvasRenderingContext2D,
  height: number,
  notes: NonNullable<Piece["notes"]>,
  x: (seconds: number) => number,
  { at, accent, soft, grid, width }: Look & { readonly grid: string },
): void {
  const [low, high] = pitchRange(notes);
  const row = height / (high - low + 1);
  const y = (pitch: number) => (high - pitch) * row;
  context.font = "11px system-ui";
  context.textBaseline = "middle";
  for (let octave = Math.ceil(low / 12); octave * 12 <= high; octave++) {
    const middle = y(octave * 12) + row / 2;
    context.fillStyle = grid;
    context.fillRect(0, Math.round(middle), width, 1);
    context.fillStyle = soft;
    context.fillText(`C${octave - 1}`, 4, middle - 7);
  }
  for (const note of notes) {
    context.globalAlpha = note.start <= at ? 1 : 0.55;
    context.fillStyle = note.start <= at && at < note.end ? themeColor("--line-2") : accent;
    context.fillRect(
      x(note.start),
      y(note.pitch),
      Math.max(1.5, x(note.end - note.start) - 1),
      Math.max(2, row - 1),
    );
  }
  context.globalAlpha = 1;
}

function drawEnvelope(
  context: CanvasRenderingContext2D,
  height: number,
  buffer: AudioBuffer,
  x: (seconds: number) => number,
  { at, accent, width }: Look,
): void {
  const samples = buffer.getChannelData(0);
  const middle = height / 2;
  context.fillStyle = accent;
  for (let column = 0; column < width; column++) {
    const from = Math.floor((column / width) * samples.length);
    const to = Math.max(from + 1, Math.floor(((column + 1) / width) * samples.length));
    let largest = 0;
    for (let i = from; i < to; i++) largest = Math.max(largest, Math.abs(samples[i] ?? 0));
    const size = Math.max(0.5, largest * (middle - 6));
    context.globalAlpha = column <= x(at) ? 1 : 0.55;
    context.fillRect(column, middle - size, 1, 2 * size);
  }
  context.globalAlpha = 1;
}
