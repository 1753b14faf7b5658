import type { MetricRecord } from "ondelette/data";

/** What was recorded at a step. */
export interface Point {
  readonly step: number;
  readonly seconds: number;
  /** Bits per image of the training, or of held-out images. */
  readonly bits?: number | undefined;
  readonly heldOut?: number | undefined;
}

/** The points of a curve from a run's metrics. */
export const pointsOf = (records: readonly MetricRecord[]): readonly Point[] =>
  records.map((record) => {
    const number = (key: string) => {
      const value = record[key];
      return typeof value === "number" ? value : undefined;
    };
    return {
      step: number("step") ?? 0,
      seconds: number("seconds") ?? 0,
      bits: number("bitsPerImage"),
      heldOut: number("validationBitsPerImage"),
    };
  });

/** Columns for a chart: steps, and the two curves with gaps. Two points of a step are one. */
export function columnsOf(points: readonly Point[]): {
  readonly steps: readonly number[];
  readonly bits: readonly (number | null)[];
  readonly heldOut: readonly (number | null)[];
} {
  const byStep = new Map<number, Point>();
  for (const { step, seconds, bits, heldOut } of points) {
    const known = byStep.get(step);
    byStep.set(step, {
      ...{ step, seconds },
      bits: bits ?? known?.bits,
      heldOut: heldOut ?? known?.heldOut,
    });
  }
  const all = [...byStep.values()].sort((a, b) => a.step - b.step);
  return {
    steps: all.map(({ step }) => step),
    bits: all.map(({ bits }) => bits ?? null),
    heldOut: all.map(({ heldOut }) => heldOut ?? null),
  };
}
