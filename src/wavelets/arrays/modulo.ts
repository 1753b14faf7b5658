/** i modulo n, 0 … n − 1 for i of either sign. */
export const modulo = (i: number, n: number): number => ((i % n) + n) % n;
