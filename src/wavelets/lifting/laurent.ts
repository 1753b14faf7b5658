/** A Laurent polynomial `Σ_j coefficients[j] z^(first + j)`. Without coefficients it is 0. */
export interface Laurent {
  readonly first: number;
  readonly coefficients: readonly number[];
}

export const zero: Laurent = { first: 0, coefficients: [] };
export const monomial = (factor: number, power: number): Laurent => ({
  first: power,
  coefficients: [factor],
});

/** a + b. */
export function add(a: Laurent, b: Laurent): Laurent {
  if (a.coefficients.length === 0) return b;
  if (b.coefficients.length === 0) return a;
  const first = Math.min(a.first, b.first);
  const end = Math.max(a.first + a.coefficients.length, b.first + b.coefficients.length);
  const coefficients = new Array<number>(end - first).fill(0);
  for (const { first: from, coefficients: of } of [a, b]) {
    for (const [j, x] of of.entries()) coefficients[from - first + j]! += x;
  }
  return { first, coefficients };
}

/** a b. */
export function multiply(a: Laurent, b: Laurent): Laurent {
  const [m, n] = [a.coefficients.length, b.coefficients.length];
  if (m === 0 || n === 0) return zero;
  const coefficients = new Array<number>(m + n - 1).fill(0);
  for (const [i, x] of a.coefficients.entries()) {
    for (const [j, y] of b.coefficients.entries()) coefficients[i + j]! += x * y;
  }
  return { first: a.first + b.first, coefficients };
}

/** −a. */
export const negate = ({ first, coefficients }: Laurent): Laurent => ({
  first,
  coefficients: coefficients.map((x) => -x),
});

/** a(z^n) z^shift. */
export function spread({ first, coefficients }: Laurent, n: number, shift = 0): Laurent {
  const wide = new Array<number>(Math.max(0, (coefficients.length - 1) * n + 1)).fill(0);
  for (const [j, x] of coefficients.entries()) wide[j * n] = x;
  return { first: first * n + shift, coefficients: wide };
}

/** a without the coefficients of at most `tolerance` at both ends. */
export function trimmed({ first, coefficients }: Laurent, tolerance = 0): Laurent {
  let [from, to] = [0, coefficients.length];
  while (from < to && Math.abs(coefficients[from]!) <= tolerance) from++;
  while (to > from && Math.abs(coefficients[to - 1]!) <= tolerance) to--;
  return from === to ? zero : { first: first + from, coefficients: coefficients.slice(from, to) };
}

/** The even and the odd part: a(z) = even(z²) + z odd(z²). */
export function polyphase({ first, coefficients }: Laurent): { even: Laurent; odd: Laurent } {
  const part = (parity: number): Laurent => ({
    first: Math.ceil((first - parity) / 2),
    coefficients: coefficients.filter((_, j) => (first + j - parity) % 2 === 0),
  });
  return { even: part(0), odd: part(1) };
}

/** Σ |coefficients|: the largest amplification of a filter. */
export const norm1 = ({ coefficients }: Laurent): number =>
  coefficients.reduce((sum, x) => sum + Math.abs(x), 0);
