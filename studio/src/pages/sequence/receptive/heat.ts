/** Weights of one position, `[context, width]`: how much of each token it sees in each channel. */
export interface Heat {
  readonly weights: Float32Array;
  readonly context: number;
  readonly width: number;
}

/** How strongly a weight is seen, 0 … 1: a 64th is still seen beside a 1. */
export const strength = (weight: number): number => Math.min(1, Math.abs(weight)) ** 0.45;

/** The farthest token that a channel sees, in tokens before the position; 0 where it sees the present alone. */
export function reachOf(
  { weights, context, width }: Heat,
  channel: number,
  position: number,
): number {
  for (let token = 0; token < Math.min(position, context); token++) {
    if (Math.abs(weights[token * width + channel] ?? 0) >= 1e-3) return position - token;
  }
  return 0;
}
