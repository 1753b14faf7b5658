import type { ComplexParts } from "../../arrays/complex.ts";

/** A complex number. */
export type Complex = ComplexParts<number>;

/** A number of quarter turns: the factor i^n. */
export type QuarterTurns = 0 | 1 | 2 | 3;

/** i^turns. */
export function quarterTurn(turns: QuarterTurns): Complex {
  return { re: [1, 0, -1, 0][turns]!, im: [0, 1, 0, -1][turns]! };
}

/** `value` · i^turns. */
export function turned(value: number, turns: QuarterTurns): Complex {
  const { re, im } = quarterTurn(turns);
  return { re: value * re, im: value * im };
}

/** `length` · e^(i·angle). */
export function polar(length: number, angle: number): Complex {
  return { re: length * Math.cos(angle), im: length * Math.sin(angle) };
}
