import { type Planes, planes } from "./planes.ts";

/** e^(−2πi k/n) for k = 0 … count − 1, each from an angle within an eighth of a turn, for full precision. */
export function roots(n: number, count: number): Planes {
  const table = planes(count);
  const { re, im } = table;
  // Where a quarter of a turn is a root, all roots have the values of the first quarter in another order.
  const own = n % 4 === 0 && count === n ? n / 4 : count;
  for (let k = 0; k < own; k++) {
    const quarters = Math.round((4 * (k % n)) / n);
    const angle = (2 * Math.PI * ((k % n) - (quarters * n) / 4)) / n;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const quarter = quarters % 4;
    const swapped = quarter % 2 === 1;
    re[k] = (quarter === 1 || quarter === 2 ? -1 : 1) * (swapped ? s : c);
    im[k] = (quarter === 3 ? 1 : quarter === 2 ? 1 : -1) * (swapped ? c : s);
  }
  for (let k = own; k < count; k++) {
    re[k] = im[k - own]!;
    im[k] = -re[k - own]!;
  }
  return table;
}
