import { UserError } from "../errors/userError.ts";

/** A training whose loss, parameters or validation are NaN or infinite. What was saved before stays as it is. */
export class DivergedError extends UserError {
  /** Steps done. */
  readonly step: number;

  constructor(what: string, step: number) {
    super(
      `the training diverged: ${what} at step ${step}; checkpoints saved before that are kept; a lower learning rate may help`,
      "diverged",
    );
    this.step = step;
  }
}

/** Throws DivergedError where a number is NaN or infinite. */
export function requireFinite(value: number, what: string, step: number): void {
  if (!Number.isFinite(value)) throw new DivergedError(`${what} is ${value}`, step);
}

/** Whether all elements of an array are finite numbers. */
export function allFinite(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}
