/** `value` if it is a positive number; throws RangeError otherwise. */
export function checkPositive(what: string, value: number): number {
  if (!(value > 0 && Number.isFinite(value)))
    throw new RangeError(`${what} is a positive number, not ${value}`);
  return value;
}

/** A number as PyWavelets writes it in names: 1 is "1.0". */
export function decimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}
