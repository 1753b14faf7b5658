/** Adds numbers to those of an array of the same length, element by element. */
export function addInto(sum: Float32Array, values: Float32Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + values[i]!; // the same length
}
