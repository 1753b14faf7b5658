/** A number as PyWavelets writes it in names: 1 is "1.0". */
export function decimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}
