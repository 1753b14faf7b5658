import type { MixingName } from "ondelette/sequence";

/** What a model learns, and how. */
export interface TrainingRequest {
  readonly mixing: MixingName;
  readonly text: string;
  readonly layers: number;
  readonly heads: number;
  readonly width: number;
  readonly context: number;
  readonly batch: number;
  /** Highest learning rate. */
  readonly rate: number;
  readonly seed: number;
  readonly steps: number;
}

/**
 * The name that a run is kept by: another for everything that makes it another run. A longer plan continues the same run, so the
 * number of steps does not count.
 */
export async function runName({ mixing, steps: _, ...rest }: TrainingRequest): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(Object.entries(rest).toSorted()));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const digits = Array.from(hash.subarray(0, 6), (byte) => byte.toString(16).padStart(2, "0"));
  return `${mixing}-${digits.join("")}`;
}

/** Steps after which a model is validated and draws a sample. */
export function validationSteps(steps: number): number[] {
  const marks = [10, 20, 40, 60, 80, 100];
  for (let at = 150; at < steps; at += 50) marks.push(at);
  return marks.filter((at) => at < steps);
}
