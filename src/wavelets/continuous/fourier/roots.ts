/** e^(−2πi k/n) for k = 0 … count − 1, each from an angle within an eighth of a turn, for full precision. */
export function roots(n: number, count: number): { re: Float64Array; im: Float64Array } {
  const re = new Float64Array(count);
  const im = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const quarters = Math.round((4 * (k % n)) / n);
    const angle = (2 * Math.PI * ((k % n) - (quarters * n) / 4)) / n;
    const c = Math.cos(angle);
    const s = Math.sin(angle);
    const quarter = quarters % 4;
    const swapped = quarter % 2 === 1;
    re[k] = (quarter === 1 || quarter === 2 ? -1 : 1) * (swapped ? s : c);
    im[k] = (quarter === 3 ? 1 : quarter === 2 ? 1 : -1) * (swapped ? c : s);
  }
  return { re, im };
}
