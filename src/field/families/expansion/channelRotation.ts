/**
 * An orthogonal matrix that separates the mean of the channels from their differences, `[channels, channels]` row by row: the
 * DCT-II. Red, green and blue become their mean, red minus blue, and green against both; the two channels of a sound become
 * mid and side.
 */
export function channelRotation(channels: number): Float64Array<ArrayBuffer> {
  const rows = new Float64Array(channels * channels);
  for (let k = 0; k < channels; k++) {
    const norm = Math.sqrt((k === 0 ? 1 : 2) / channels);
    for (let c = 0; c < channels; c++) {
      rows[k * channels + c] = norm * Math.cos((Math.PI * k * (2 * c + 1)) / (2 * channels));
    }
  }
  return rows;
}

/** Multiplies the channels of values, `[…, channels]`, in place by such a matrix, or by its inverse, the transpose. */
export function rotateChannels(
  values: Float64Array,
  rotation: Float64Array,
  way: "forth" | "back",
): void {
  const channels = Math.sqrt(rotation.length);
  const [row, column] = way === "forth" ? [channels, 1] : [1, channels];
  const old = new Float64Array(channels);
  for (let from = 0; from < values.length; from += channels) {
    for (let c = 0; c < channels; c++) old[c] = values[from + c]!;
    for (let k = 0; k < channels; k++) {
      let sum = 0;
      for (let c = 0; c < channels; c++) sum += rotation[k * row + c * column]! * old[c]!;
      values[from + k] = sum;
    }
  }
}
