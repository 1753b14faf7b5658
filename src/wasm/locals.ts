/** Locals by name: parameters first, then integers, then vectors by number. */
export function locals<P extends string, I extends string>(
  parameters: readonly P[],
  integers: readonly I[],
): Readonly<Record<P | I, number>> & { readonly vector: (i: number) => number } {
  const names: readonly (P | I)[] = [...parameters, ...integers];
  const numbers = Object.fromEntries(names.map((name, i) => [name, i])) as Record<P | I, number>; // all of them
  return { ...numbers, vector: (i: number) => names.length + i };
}
